"""What stands around the chapters of a book: its package document, contents, title page and style."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mimetypes import types_map

from jinja2 import Environment

from cliffhanger.rendering.book.container import Member, member
from cliffhanger.rendering.book.outline import Outline
from cliffhanger.rendering.colours import accent
from cliffhanger.rendering.faces import face
from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.rendering.xml import document

FOLDER = "EPUB"
PACKAGE = f"{FOLDER}/package.opf"
MIMETYPE = b"application/epub+zip"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the book: its path there and its media type."""

    path: str
    media_type: str

    @classmethod
    def at(cls, path: str) -> Picture:
        return cls(path, types_map["." + path.rpartition(".")[2].lower()])


def first_members() -> tuple[Member, ...]:
    container = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
        f'<rootfiles><rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>\n'
        "</container>\n"
    )
    return member("mimetype", MIMETYPE, stored=True), member("META-INF/container.xml", container.encode())


def frame(
    outline: Outline, *, pictures: tuple[str, ...], cover: str | None, modified: str, environment: Environment
) -> Iterator[Member]:
    """All but the chapters and the pictures. `pictures` and `cover` are paths in the book; `modified` is as
    dcterms:modified wants it ("2026-11-26T10:00:00Z")."""
    series = outline.series
    fields = {
        "outline": outline,
        "series": series,
        "language": series.language,
        "direction": direction(series.language),
        "say": speaker(series.language),
        "pictures": [Picture.at(path) for path in pictures],
        "cover": Picture.at(cover) if cover else None,
        "modified": modified,
    }
    names = ["package.opf", "nav.xhtml", "toc.ncx", "title.xhtml", *(["cover.xhtml"] if cover else [])]
    for name in names:
        yield member(f"{FOLDER}/{name}", document(environment.get_template(f"book/{name}").render(fields)))
    look = {"accent": accent(series.colour), "face": face(series.language)}
    style = environment.get_template("book/style.css").render(look)
    yield member(f"{FOLDER}/style.css", style.encode())
