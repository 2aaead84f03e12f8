"""Blocks and inlines to HTML. Every character of the author's passes through markupsafe, all of it through nh3."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import (
    Block,
    Blocks,
    Emphasis,
    Footnote,
    Foreign,
    Heading,
    Image,
    Inline,
    Inlines,
    ItemList,
    LineBreak,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from cliffhanger.pictures import Shown
from cliffhanger.rendering.cleaning import SCHEMES, cleaned
from cliffhanger.rendering.faces import BOOK, Face
from cliffhanger.rendering.outline import Outline
from cliffhanger.rendering.setting import is_telegram, ornament, with_lead
from cliffhanger.rendering.strings import Say
from cliffhanger.rendering.turning import turned

DEEPEST_INDENT = 40
WIDEST_PICTURE = 600
"""CSS pixels: as wide as the mail's column."""
_NOTHING = Markup("")


class HtmlWriter:
    """Writes the parts of one document, whose footnotes are numbered in the order of the chapter. `way` is HTML's `dir`
    of the story, if that is known: a paragraph that reads the other way has its own.
    """

    def __init__(self, footnotes: tuple[Footnote, ...], *, say: Say, face: Face = BOOK, way: str = "") -> None:
        self._face = face
        self._way = way
        self._footnotes = footnotes
        self._say = say
        self._numbers = {note.label: number for number, note in enumerate(footnotes, start=1)}
        self._referred: set[int] = set()
        self._outline = Outline()

    def blocks(self, blocks: Blocks) -> Markup:
        self._outline = Outline()
        return cleaned(self._blocks(blocks))

    def story(self, blocks: Blocks) -> Markup:
        """The blocks of a story, which begins with a few words in small capitals, as a book's chapter does."""
        return self.blocks(with_lead(blocks) if self._face.cased else blocks)

    def footnotes(self) -> tuple[Markup, ...]:
        """One for each `<li>`. Ask last: only a note that the text refers to gets a link back."""
        return tuple(cleaned(self._footnote(number, note)) for number, note in enumerate(self._footnotes, start=1))

    def _blocks(self, blocks: Blocks) -> Markup:
        return Markup("\n".join(self._block(block) for block in blocks))  # noqa: S704  of markup alone

    def _block(self, block: Block) -> Markup:  # noqa: PLR0911  one row a kind
        match block:
            case Paragraph(inlines):
                return self._paragraph(self._turned(inlines), self._inlines(inlines))
            case SceneBreak(typed):
                return Markup('<p class="break" role="separator">{}</p>').format(ornament(typed, self._face))
            case Quote(children):
                kind = Markup(' class="telegram"') if is_telegram(block) else _NOTHING
                return Markup("<blockquote{}>\n{}\n</blockquote>").format(kind, self._blocks(children))
            case Verse():
                return self._verse(block)
            case Heading(level, inlines):
                name, way = f"h{self._outline.level(level)}", self._turned(inlines)
                return Markup("<{0}{1}>{2}</{0}>").format(name, way, self._inlines(inlines))
            case ItemList():
                return self._list(block)
            case Image(_, alt, shown):
                return Markup('<p class="picture">{}</p>').format(self._picture(alt, shown))

    @staticmethod
    def _paragraph(way: Markup, words: Markup) -> Markup:
        """Of markup alone, which `Markup.format` would look through: a chapter has hundreds of them."""
        return Markup(f"<p{way}>{words}</p>")  # noqa: S704

    def _list(self, block: ItemList) -> Markup:
        rows = Markup("\n").join(Markup("<li>{}</li>").format(self._blocks(item)) for item in block.items)
        if not block.ordered:
            return Markup("<ul>\n{}\n</ul>").format(rows)
        start = Markup(' start="{}"').format(block.start) if block.start > 1 else _NOTHING
        return Markup("<ol{}>\n{}\n</ol>").format(start, rows)

    def _picture(self, alt: str, shown: Shown | None) -> Markup:
        """At twice its resolution on a fine screen, where it has that many pixels; its size spares the page a jump."""
        if not shown:
            return Markup("[{}]").format(picture_words(alt, say=self._say))
        width = min(shown.width, WIDEST_PICTURE)
        height = max(1, round(shown.height * width / shown.width))
        image = Markup('<img src="{}" width="{}" height="{}" alt="{}">')
        return image.format(shown.url, width, height, alt or self._say("picture_without_words"))

    def _verse(self, verse: Verse) -> Markup:
        """Each line a `div`: lines hold without any style, and a long one can hang."""
        stanzas: list[list[Markup]] = [[]]
        for line, indent in zip(verse.lines, verse.indents, strict=True):
            if line:
                spaces = Markup("&nbsp;") * min(indent, DEEPEST_INDENT)
                words = Markup("{}{}").format(spaces, self._inlines(line))
                stanzas[-1].append(Markup('<div class="line"{}>{}</div>\n').format(self._turned(line), words))
            else:
                stanzas.append([])
        parts = (Markup('<div class="stanza">\n{}</div>').format(_NOTHING.join(stanza)) for stanza in stanzas if stanza)
        return Markup('<div class="verse">\n{}\n</div>').format(Markup("\n").join(parts))

    def _turned(self, inlines: Inlines) -> Markup:
        way = turned(plain_text(inlines), self._way) if self._way else ""
        return Markup(' dir="{}"').format(way) if way else _NOTHING

    def _inlines(self, inlines: Inlines) -> Markup:
        if len(inlines) == 1:  # most paragraphs
            return self._inline(inlines[0])
        return _NOTHING.join(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Markup:  # noqa: PLR0911  one row a kind
        match inline:
            case Text(text):
                return escape(text)
            case Emphasis(children):
                return Markup("<em>{}</em>").format(self._inlines(children))
            case Strong(children):
                return Markup("<strong>{}</strong>").format(self._inlines(children))
            case SmallCaps(children):
                return Markup('<span class="caps">{}</span>').format(self._inlines(children))
            case Foreign(language, children):
                return Markup('<i lang="{}">{}</i>').format(language, self._inlines(children))
            case Link(url, children):
                return self._link(url, self._inlines(children))
            case NoteReference(label):
                return self._reference(label)
            case LineBreak():
                return Markup("<br>\n")

    def _link(self, url: str, words: Markup) -> Markup:
        href = safe_url(url)
        return Markup('<a href="{}">{}</a>').format(href, words) if href else words

    def _reference(self, label: str) -> Markup:
        if (number := self._numbers.get(label)) is None:
            return Markup("[{}]").format(label)
        anchor = _NOTHING if number in self._referred else Markup(' id="ref-{}"').format(number)
        self._referred.add(number)
        return Markup('<sup><a href="#note-{0}"{1}>{0}</a></sup>').format(number, anchor)

    def _footnote(self, number: int, note: Footnote) -> Markup:
        back = _NOTHING
        if number in self._referred:
            link = Markup(' <a href="#ref-{}" aria-label="{}">\u21a9\ufe0e</a>')
            back = link.format(number, self._say("back"))
        *rest, last = note.blocks or (Paragraph(()),)
        if isinstance(last, Paragraph):  # the link stands at the end of the last line, not below it
            words = self._inlines(last.inlines) + back
            return self._blocks(tuple(rest)) + self._paragraph(self._turned(last.inlines), words)
        return self._blocks(note.blocks) + Markup("<p>{}</p>").format(back)


def picture_words(alt: str, *, say: Say) -> str:
    """What stands for a picture in plain text, and for one that the author has not given us."""
    return say("picture", alt=alt) if alt else say("picture_without_words")


def safe_url(url: str) -> str | None:
    """The URL in ASCII, None unless it is http, https or mailto. Existing percent signs stay as they are."""
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:  # "http://[": no address at all
        return None
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~") if scheme in SCHEMES else None
