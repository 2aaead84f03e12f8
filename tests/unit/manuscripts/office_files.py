"""Small Word, OpenDocument and RTF files, made for one test each."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.read import read

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODT_SPACES = " ".join(
    f'xmlns:{prefix}="{_OASIS}{name}:1.0"'
    for prefix, name in {
        "office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible"
    }.items()
)  # fmt: skip


def zip_with(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def word(*paragraphs: str, styles: str = "", before: str = "") -> bytes:
    """A .docx of paragraphs in Word's XML. `before` stands before the root element."""
    body = "".join(paragraphs)
    members: dict[str, str | bytes] = {
        "word/document.xml": f'{before}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/styles" Target="styles.xml"/></Relationships>',
    }
    return zip_with(members)


def wp(text: str, properties: str = "", run: str = "") -> str:
    """A Word paragraph of one run."""
    said = f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def odt(body: str, styles: str = "", automatic: str = "") -> bytes:
    """A .odt: the inside of office:text, of the style sheet, and of the automatic styles."""
    return zip_with(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODT_SPACES}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {ODT_SPACES}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
        }
    )


def op(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def read_word(*paragraphs: str, styles: str = "") -> Chapter:
    return read("chapter.docx", word(wp("Chapter 3: Rain"), *paragraphs, styles=styles))


def read_odt(body: str, styles: str = "", automatic: str = "") -> Chapter:
    return read("chapter.odt", odt(op("Chapter 3: Rain") + body, styles, automatic))


def read_rtf(body: str) -> Chapter:
    return read("chapter.rtf", rf"{{\rtf1\ansi\ansicpg1252 Chapter 3: Rain\par {body}\par}}".encode("latin-1"))
