"""What the tests of rendering share: the templates, and what stands around every issue."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from cliffhanger.mailbody import MailBody, Part, Pieces, Place, fill
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.issue import LIMIT, Sender, render_issue
from cliffhanger.rendering.site import House
from cliffhanger.series import Series
from tests.support.chapters import LANTERN_ROAD

TEMPLATES = environment(Path(__file__).parent.parent.parent / "templates")
SERIES_URL = "https://stories.example/lantern-road/"
CHAPTER_URL = "https://stories.example/lantern-road/7"
HOUSE = House("https://read.example", "https://stories.example", TEMPLATES)
SENDER = Sender("Lantern Press", "12 Wharf Lane, Saltmouth")
PLACES = {place: f"https://stories.example/{place}/abc" for place in Place}


def issue(
    chapter: Chapter, *, series: Series = LANTERN_ROAD, limit: int = LIMIT, chapter_url: str = CHAPTER_URL
) -> MailBody:
    return render_issue(
        chapter,
        series=series,
        series_url=SERIES_URL,
        chapter_url=chapter_url,
        sender=SENDER,
        environment=TEMPLATES,
        limit=limit,
    )


def filled(pieces: Pieces) -> str:
    return fill(pieces, PLACES, show=Part)


class Outline(HTMLParser):
    """The elements of a document in order, each with its attributes, and its text without style sheets."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self._texts: list[str] = []
        self._inside_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        self._inside_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._inside_style = False

    def handle_data(self, data: str) -> None:
        if not self._inside_style:
            self._texts.append(data)

    @property
    def text(self) -> str:
        """All white space as single spaces."""
        return " ".join("".join(self._texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]
