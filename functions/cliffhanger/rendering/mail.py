"""A mail from a folder of templates: subject.txt, body.txt, body.html."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from cliffhanger.mailbody import Block, MailBody, Part, Pieces, Place, fill
from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.strings import Say

# RFC 5322 allows 998 characters a line; a place is filled later, with a URL of its own length.
LONGEST_LINE = 700
LONGEST_SUBJECT = 300

BEGIN, END = "begin-", "end-"


def render_mail(folder: str, /, *, environment: Environment, say: Say, **fields: object) -> MailBody:
    def mailable(html: str) -> str:
        return _mailable(html, environment)

    shared: dict[str, Any] = {"environment": environment, "say": say, "fields": fields}
    return MailBody(
        subject=fill(render_pieces(f"{folder}/subject.txt", finish=_subject, **shared), {}),
        html=render_pieces(f"{folder}/body.html", finish=mailable, **shared),
        text=render_pieces(f"{folder}/body.txt", finish=lambda text: text.strip() + "\n", **shared),
    )


def render_span(name: str, /, *, environment: Environment, say: Say, **fields: object) -> Pieces:
    """The subject of a bundle; what its first and last chapter are called is filled in when it is sent."""
    return render_pieces(name, environment=environment, say=say, finish=_subject, fields=fields)


def render_pieces(
    name: str, /, *, environment: Environment, say: Say, finish: Callable[[str], str], fields: Mapping[str, object]
) -> Pieces:
    """Templates write a personal place as `{{ places.unsubscribe }}`, and a block from `{{ begin.story }}` to
    `{{ end.story }}`.

    Each stands for a random word, drawn here, when all the text is long written: so no text can hold it.
    What is rendered is parted at the word, and nothing of it is left.
    """
    nonce = secrets.token_hex(16)
    marks = {
        "places": {place.name.lower(): nonce + place for place in Place},
        "begin": {part.name.lower(): nonce + BEGIN + part for part in Part},
        "end": {part.name.lower(): nonce + END + part for part in Part},
    }
    rendered = environment.get_template(name).render(say=say, **marks, **fields)
    return _parted(finish(rendered), nonce)


def _subject(text: str) -> str:
    return one_line(text, longest=LONGEST_SUBJECT)


def _parted(body: str, nonce: str) -> Pieces:
    marks = [*Place, *(edge + part for edge in (BEGIN, END) for part in Part)]
    parts = iter(re.split(f"{nonce}({'|'.join(marks)})", body))
    return _pieces(parts, "")


def _pieces(parts: Iterator[str], until: str) -> Pieces:
    """Text and marks in turn, text first."""
    pieces: list[str | Place | Block] = []
    for text in parts:
        if text:
            pieces.append(text)
        if (mark := next(parts, until)) == until:
            return tuple(pieces)
        if mark.startswith(BEGIN):
            part = Part(mark.removeprefix(BEGIN))
            pieces.append(Block(part, _pieces(parts, END + part)))
        else:
            pieces.append(Place(mark))
    raise AssertionError("unreachable: a text stands after the last mark")


def _mailable(html: str, environment: Environment) -> str:
    """HTML that mail programs show and no relay has to encode again.

    inline.css goes into the elements, for the programs that throw <style> away. What would be repeated on every
    paragraph stays in head.css: without it, paragraphs just look as the program likes them.
    """
    inlined = _inliner(environment.get_template("mail/inline.css").render()).inline(html)
    return _short_lines(inlined.encode("ascii", "xmlcharrefreplace").decode())


@cache
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css)


def _short_lines(html: str) -> str:
    """Break long lines at spaces; in scripts without spaces inside a comment, which shows as nothing."""
    head, body, rest = html.partition("<body")
    unspaced = re.sub(r"((?:&#\d+;){60})", "\\1<!--\n-->", rest)
    lines = (head + body + unspaced).split("\n")
    return "\n".join(_broken(line) if len(line) > LONGEST_LINE else line for line in lines)


def _broken(line: str) -> str:
    """Broken at the last space before the limit; in one look along the line, also where it has hardly any."""
    kept: list[str] = []
    at = 0
    while len(line) - at > LONGEST_LINE:
        space = line.rfind(" ", at + 1, at + LONGEST_LINE + 1)
        space = space if space >= 0 else line.find(" ", at + LONGEST_LINE)
        if space < 0:
            break
        kept.append(line[at:space])
        at = space + 1
    return "\n".join((*kept, line[at:]))
