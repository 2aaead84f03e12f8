"""Each format's pictures: an Image whose source leads to the very bytes that the author put in."""

from __future__ import annotations

import base64

import pytest
from tests.support import drawn
from tests.unit.manuscripts.office_files import ODT_SPACES, wp, zip_with

from cliffhanger.manuscripts.contained import contained
from cliffhanger.manuscripts.model import Image, Paragraph
from cliffhanger.manuscripts.picturing import pictures
from cliffhanger.manuscripts.read import read

LAMP = drawn.png()
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def word(*, alt: str = "A lamp", relation: str = 'Id="p" Target="media/image1.png"', around: str = "") -> bytes:
    blip = f'<wp:docPr descr="{alt}"/><a:blip xmlns:a="{A}" r:embed="p"/>'
    drawing = f'<w:drawing><wp:inline xmlns:wp="{WP}">{blip}</wp:inline></w:drawing>'
    body = f"{around}<w:p><w:r><w:t>It burned.</w:t></w:r></w:p><w:p><w:r>{drawing}</w:r></w:p>{around}"
    return zip_with(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
            f'<Relationship Type="x/image" {relation}/></Relationships>',
            "word/media/image1.png": LAMP,
        }
    )


def opendocument(*, alt: str = "A lamp", source: str = "Pictures/1.png", around: str = "") -> bytes:
    spaces = (
        f'{ODT_SPACES} xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    frame = f'<draw:frame><draw:image xlink:href="{source}"/><svg:desc>{alt}</svg:desc></draw:frame>'
    body = f"{around}<text:p>It burned.</text:p><text:p>{frame}</text:p>{around}"
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:document-content {spaces}>{text}</office:document-content>"
    kind = "application/vnd.oasis.opendocument.text"
    return zip_with({"mimetype": kind, "content.xml": content, "Pictures/1.png": LAMP})


def zipped_page() -> bytes:
    page = '<html><body><p>It burned.</p><p><img src="images/image1.png" alt="A lamp"></p></body></html>'
    return zip_with({"Story.html": page, "images/image1.png": LAMP})


def page_that_holds_it() -> bytes:
    image = f'<img alt="A lamp" src="data:image/png;base64,{base64.b64encode(LAMP).decode()}">'
    return f"<html><body><p>It burned.</p><p>{image}</p></body></html>".encode()


def rich_text(digits: bytes) -> bytes:
    described = rb"{\*\picprop{\sp{\sn wzDescription}{\sv A lamp}}}"
    return rb"{\rtf1\ansi It burned.\par {\pict" + described + rb"\pngblip " + digits + rb"}\par Then not.\par}"


HEXADECIMAL = b"\r\n".join(LAMP.hex().encode()[at : at + 128] for at in range(0, 2 * len(LAMP), 128))
FILES = {
    "word.docx": word(),
    "writer.odt": opendocument(),
    "docs.zip": zipped_page(),
    "page.html": page_that_holds_it(),
    "word.rtf": rich_text(HEXADECIMAL),
    "binary.rtf": rich_text(b"\\bin%d " % len(LAMP) + LAMP),
}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_in_the_file_is_found_as_it_was_put_in(name: str) -> None:
    (picture,) = pictures(read(name, FILES[name]))
    assert picture.alt == "A lamp"
    assert contained(FILES[name])(picture.source) == LAMP


@pytest.mark.parametrize("name", FILES)
def test_what_the_file_does_not_hold_is_not_found(name: str) -> None:
    assert contained(FILES[name])("no such.png") is None


def test_a_picture_beside_a_text_is_not_in_it() -> None:
    source = b"# Chapter 1\n\nIt burned.\n\n![A lamp](lamp.png)\n"
    assert list(pictures(read("01.md", source))) == [Image("lamp.png", "A lamp")]
    assert contained(source)("lamp.png") is None


def test_pictures_that_unpack_to_very_much_are_not_unpacked() -> None:
    bombs: dict[str, str | bytes] = {f"images/{n}.png": bytes(30_000_000) for n in range(3)}
    find = contained(zip_with({"Story.html": "<html><p>It burned.</p></html>", **bombs}))
    found = [find(name) for name in bombs]
    assert [data is not None for data in found] == [True, False, False]


def test_digits_that_are_none_are_no_picture() -> None:
    data = rich_text(b"89504e470d0a1a0")
    (picture,) = pictures(read("word.rtf", data))
    assert contained(data)(picture.source) == b""


ELSEWHERE = "https://tracker.example/lamp.png"
LINES = ["The lamp burned low and nobody came to trim it."] * 6
IN_WORD = "".join(map(wp, LINES))
IN_WRITER = "".join(f"<text:p>{line}</text:p>" for line in LINES)
IN_RTF = "".join(rf"{line}\par " for line in LINES).encode()
LEFT_OUT = {
    "elsewhere.docx": word(relation=f'Id="p" Target="{ELSEWHERE}" TargetMode="External"', around=IN_WORD),
    "missing.docx": word(alt="", relation='Id="other" Target="media/image1.png"', around=IN_WORD),
    "elsewhere.odt": opendocument(alt="", source=ELSEWHERE, around=IN_WRITER),
    "metafile.rtf": rb"{\rtf1 " + IN_RTF + rb"It burned.\par {\pict\wmetafile8 01}\par " + IN_RTF + rb"}",
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_picture_that_is_left_out_is_told_and_leaves_no_scene_break(name: str) -> None:
    chapter = read(name, LEFT_OUT[name])

    assert [type(block) for block in chapter.blocks] == [Paragraph] * (2 * len(LINES) + 1)
    assert any("left out" in warning for warning in chapter.warnings)
