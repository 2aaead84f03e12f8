"""The bytes of a page -> its markup, without the parts that are no text and without what could keep a parser busy.

After `page_source` the markup holds tags and text only: no comments, no scripts, no style sheets, no declarations.
So a tag begins at each `<` that a letter follows, and a flood of attributes can be seen before it is parsed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.encoding import decode
from cliffhanger.manuscripts.html_embedded import named
from cliffhanger.manuscripts.layout import groups_of, is_wrapped

_HEAD = 4096
_MAX_TAGS = 300_000
_MAX_ENTITIES = 300_000
_MAX_TAG = 10_000
_MAX_ATTRIBUTES = 500
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
# As browsers do, Latin-1 is read as cp1252. What is not listed here is guessed from the bytes.
_LATIN = re.compile(r"iso-?8859-?1|latin-?1|us-ascii|ascii", re.I)
_MAC = re.compile(r"macintosh|x-mac-roman|mac_?roman", re.I)
_KNOWN = re.compile(
    r"windows-125\d|cp125\d|iso-8859-\d{1,2}|koi8-[ru]|gb2312|gbk|gb18030|big5|shift_jis|euc-(?:jp|kr)", re.I
)
_RAW = "script|style|title|textarea|xmp|iframe|noembed|noframes|plaintext"
_NO_TEXT = re.compile(
    rf"<!--.*?(?:-->|\Z)|<({_RAW})(?=[\s/>])([^>]*+>.*?)(?:</\1(?=[\s/>])[^>]*+>|\Z)|<[!?][^>]*+>|</[^a-z][^>]*+>",
    re.I | re.S,
)
# XHTML closes any element so; HTML would take it for one that goes on.
_CLOSED = re.compile(r"<(?!br|hr|img|wbr|col)(\w+)((?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+)\s*+/>", re.I)
_ATTRIBUTE = r"[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+|(?=>)))?+"
_TAG = re.compile(rf"</?[a-z][^\s/>]*+(?:[\s/]++|{_ATTRIBUTE})*+", re.I)
_PARAGRAPH = re.compile(r"<(?:p|br|div|td|li|pre)[\s/>]", re.I)
_OFFICE = re.compile(r"office:word|\bMso\w|content=[\"']?(?:Microsoft|LibreOffice|OpenOffice)", re.I)
_DOCS = re.compile(r"<body class=\"[\w ]{0,60}\bdoc-content\"")
_LANGUAGE = re.compile(r"<(?:html|body)\s[^>]*?\blang\s*=\s*[\"']?([\w-]{2,20})", re.I)


@dataclass(frozen=True, slots=True)
class Source:
    """`css` is what all `<style>` elements held; `language` is the page's own, "" where it has none.

    `by_office` says that Word or LibreOffice made it, which give a language to every run of words; `by_docs` that
    Google Docs did.
    """

    markup: str
    css: str
    language: str
    by_office: bool
    by_docs: bool
    warnings: tuple[str, ...]


def page_source(data: bytes) -> Source:
    decoded = decode(_as_utf8(data))
    language = _LANGUAGE.search(decoded.text)
    sheets: list[str] = []

    def without(noise: re.Match[str]) -> str:
        if (noise[1] or "").lower() == "style":
            sheets.append(noise[2].partition(">")[2])
        return " " if noise[1] else ""

    closed = _CLOSED.sub(r"<\1\2></\1>", named(decoded.text))
    # A second time, for what the first has brought together.
    markup = _NO_TEXT.sub(" ", _NO_TEXT.sub(without, closed))
    _refuse_floods(markup)
    return Source(
        markup=_with_paragraphs(markup),
        css="\n".join(sheets),
        language=language[1] if language else "",
        by_office=_OFFICE.search(decoded.text[:_HEAD]) is not None,
        by_docs=_DOCS.search(decoded.text) is not None,
        warnings=decoded.warnings,
    )


def _with_paragraphs(markup: str) -> str:
    """Where the author left paragraphs to the site, as LiveJournal's editor lets him, lines are what he typed."""
    if _PARAGRAPH.search(markup):
        return markup
    groups = [lines for _, lines in groups_of(markup)]
    joint = "\n" if is_wrapped(groups) else "<br>"
    return "".join(f"<p>{joint.join(lines)}</p>" for lines in groups)


def _as_utf8(data: bytes) -> bytes:
    """In the encoding that the page declares, where the bytes don't tell by themselves."""
    declared = _DECLARED.search(data[:_HEAD])
    if declared is None or data.startswith(_BOMS) or _is_utf8(data):
        return data
    name = declared[1].decode("ascii")
    codec = "cp1252" if _LATIN.fullmatch(name) else "mac_roman" if _MAC.fullmatch(name) else name
    if codec == name and not _KNOWN.fullmatch(name):
        return data
    try:
        return data.decode(codec, "replace").encode()
    except LookupError:
        return data


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refuse_floods(markup: str) -> None:
    if markup.count("<") > _MAX_TAGS or markup.count("&") > _MAX_ENTITIES:
        raise Refusal(f"The page has more than {_MAX_TAGS:,} tags or signs written as codes, which no chapter needs.")
    for tag in _TAG.finditer(markup):
        if len(tag[0]) > _MAX_TAG and len(re.findall(_ATTRIBUTE, tag[0])) > _MAX_ATTRIBUTES:
            raise Refusal(f"A tag of the page has more than {_MAX_ATTRIBUTES} attributes, which no program writes.")
