"""A chapter's section of the book, set from its sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

from jinja2 import Environment
from markupsafe import Markup, escape

from cliffhanger.rendering.book import endnotes
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.xml import document, xhtml
from cliffhanger.series import Series

TEMPLATE = "book/section.xhtml"
ALWAYS_TOLD = ("tag_rating", "tag_warnings")
TYPES = {"prologue": "prologue", "epilogue": "epilogue"}

_LINK = re.compile(r'<a\b([^<>]*?)\s*href="([^"]*)"([^<>]*)>')
_AUTHORITY = re.compile(r"(https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?)(?=[/?#]|$)|mailto:")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


@dataclass(frozen=True, slots=True)
class Parts:
    """The HTML of a section. `footnotes` by their numbers, which have holes where a note was left out."""

    matter: tuple[tuple[str, str], ...]
    notes_before: tuple[Markup, ...]
    story: Markup
    notes_after: tuple[Markup, ...]
    footnotes: Mapping[int, Markup]


def render_section(sheet: Sheet, *, series: Series, pictures: Mapping[str, str], environment: Environment) -> bytes:
    """XHTML in UTF-8. `pictures` gives the path in the book of each picture's `src`; one without is told in words."""
    return document(
        environment.get_template(TEMPLATE).render(
            sheet=sheet,
            parts=_parts(sheet, series, pictures),
            series_title=series.title,
            kind=TYPES.get(sheet.kind, "chapter"),
            say=speaker(sheet.language),
        )
    )


def sources(sheet: Sheet, series: Series) -> tuple[str, ...]:
    """The `src` of each picture that the section shows, each once."""
    before, story, after, _ = _arranged(sheet, series)
    shown = "".join((*before, story, *after, *sheet.footnotes))
    return tuple(dict.fromkeys(re.findall(r'<img\b[^<>]*?\ssrc="([^"]*)"', shown)))


def _arranged(sheet: Sheet, series: Series) -> tuple[tuple[str, ...], str, tuple[str, ...], str]:
    """The notes before, the story, the notes after, and all that is left out: who reads a book has just read what a
    recap tells.
    """
    if not series.book_notes:
        return (), sheet.story, (), "".join((sheet.recap, *sheet.notes_before, *sheet.notes_after))
    before, after = sheet.notes(series)
    return before, sheet.story, after, sheet.recap


def _parts(sheet: Sheet, series: Series, pictures: Mapping[str, str]) -> Parts:
    before, story, after, left_out = _arranged(sheet, series)
    seam = "\0"  # no text holds one
    shown = seam.join((*before, story, *after))
    footnotes = endnotes.kept(shown, left_out, sheet.footnotes)
    pieces = endnotes.anchored(shown, footnotes).split(seam)
    setting = [_set(piece, pictures) for piece in pieces]
    say = speaker(sheet.language)
    told = {say(key) for key in ALWAYS_TOLD}
    return Parts(
        matter=tuple((name, text) for name, text in sheet.matter if series.book_notes or name in told),
        notes_before=tuple(setting[: len(before)]),
        story=setting[len(before)],
        notes_after=tuple(setting[len(before) + 1 :]),
        footnotes={number: _set(note, pictures) for number, note in footnotes.items()},
    )


def _set(fragment: str, pictures: Mapping[str, str]) -> Markup:
    linked = _LINK.sub(_link, fragment)
    return Markup(xhtml(_shown(linked, pictures)))  # noqa: S704  a sheet's fragments are nh3's output


def _link(link: re.Match[str]) -> str:
    """A link as readers of books know it: a note opens beside the text, what no browser could open is no link."""
    before, href, after = link.groups()
    if href.startswith("#note-"):
        return f'<a{before} epub:type="noteref" role="doc-noteref" href="{href}"{after}>'
    if href.startswith("#ref-"):
        return f'<a{before} role="doc-backlink" href="{href}"{after}>'
    strict = strict_url(unescape(href))
    return f'<a{before} href="{escape(strict)}"{after}>' if strict else f"<a{before}{after}>"


def strict_url(url: str) -> str | None:
    """`url` as RFC 3986 wants it; None where that can't be done."""
    if not (found := _AUTHORITY.match(url)):
        return None
    rest, mark, fragment = url[found.end() :].partition("#")
    return found[0] + _quoted(rest) + mark + _quoted(fragment)


def _quoted(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe="!$%&'()*+,/:;=?@~")


def _shown(fragment: str, pictures: Mapping[str, str]) -> str:
    def picture(found: re.Match[str]) -> str:
        attributes = dict(re.findall(r'\s([a-z-]+)="([^"]*)"', found[0]))
        if path := pictures.get(attributes.get("src", "")):
            attributes["src"] = path
            return "<img" + "".join(f' {name}="{value}"' for name, value in attributes.items()) + ">"
        return f"[{alt}]" if (alt := attributes.get("alt")) else ""

    return re.sub(r"<img\b[^<>]*>", picture, fragment)
