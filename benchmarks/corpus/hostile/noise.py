"""Files that are no manuscripts, or whose bytes are broken."""

from __future__ import annotations

import random

from benchmarks.corpus.hostile.file import CHAPTER, STORY, Asked, HostileFile, binary, text

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\2\0\0\0"
_SCRIPTS = "海は返す — 바다, שלום עולם, مرحبا, 👩‍🚀🌊, cafe\u0301, ﬁn, नमस्ते"


def _random(seed: int, length: int = 20_000) -> bytes:
    return random.Random(seed).randbytes(length)


def _ole(*streams: str) -> bytes:
    """The head of an OLE container and a directory that names its streams."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams))
    return _OLE + bytes(16) + b"\x3e\0\3\0\xfe\xff\x09\0" + bytes(472) + entries.ljust(4096, b"\0")


NOISE: tuple[HostileFile, ...] = (
    binary("empty.txt", b"", Asked.REJECT, has=("empty",)),
    binary("blank.txt", b" \r\n\t\n\xc2\xa0\n" * 500, Asked.REJECT, has=("blank",)),
    binary("only_bom.txt", b"\xef\xbb\xbf", Asked.REJECT),
    binary("only_utf16_bom.txt", b"\xff\xfe", Asked.REJECT),
    binary("nuls.txt", bytes(5000), Asked.REJECT),
    binary("nuls_in_prose.txt", CHAPTER.encode().replace(b" ", b" \0", 9), Asked.ACCEPT, lacks=("\0", "\\u0000")),
    *(
        binary(f"random_{seed}{suffix}", _random(seed), Asked.REJECT)
        for seed, suffix in enumerate((".txt", ".md", ".docx", ".odt", ".rtf", ".html", ".zip", ""), start=1)
    ),
    binary("random_after_zip_mark.docx", b"PK\3\4" + _random(20), Asked.REJECT),
    binary("random_after_rtf_mark.rtf", b"{\\rtf1\\ansi " + _random(21), Asked.EITHER),
    binary("random_after_html_mark.html", b"<html><body>" + _random(22), Asked.EITHER),
    binary("random_after_utf16_bom.txt", b"\xff\xfe" + _random(23), Asked.EITHER),
    binary("picture_cut_off.txt", _PNG + _random(24, 300), Asked.REJECT, has=("picture",)),
    binary(
        "picture_called_word.docx", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + _random(25, 900), Asked.REJECT, has=("picture",)
    ),
    binary("picture_called_markdown.md", b"GIF89a\1\0\1\0\x80\0\0" + bytes(40), Asked.REJECT, has=("picture",)),
    binary(
        "portable.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n", Asked.REJECT, has=("PDF",)
    ),
    binary("packed.txt", b"\x1f\x8b\x08\0\0\0\0\0" + _random(26, 500), Asked.REJECT),
    binary("program.txt", b"\x7fELF\2\1\1" + bytes(400), Asked.REJECT),
    binary("old_word.doc", _ole("WordDocument", "1Table"), Asked.REJECT, has=(".doc",)),
    binary("old_word_called_new.docx", _ole("WordDocument"), Asked.REJECT, has=(".doc",)),
    binary("password.docx", _ole("EncryptionInfo", "EncryptedPackage"), Asked.REJECT, has=("password",)),
    binary("ole_cut_off.doc", _OLE, Asked.REJECT),
    binary(
        "two_encodings.txt",
        b"Chapter 3\n\n" + 40 * "“Ah!”—so… ".encode() + b"caf\xe9 \xff" + b" end",
        Asked.WARN,
    ),
    binary(
        "overlong_utf8.txt", b"Chapter 3\n\n\xc0\xbcscript\xc0\xbe " + STORY.encode(), Asked.EITHER, lacks=("<script",)
    ),
    binary("odd_utf16.txt", CHAPTER.encode("utf-16") + b"x", Asked.WARN, has=("The Lamp",)),
    binary("utf32.txt", CHAPTER.encode("utf-32"), Asked.ACCEPT, has=("The Lamp",)),
    binary("lone_surrogates.txt", b"\xff\xfe" + CHAPTER.encode("utf-16-le") + b"\0\xd8x\0\0\xdcy\0" * 9, Asked.EITHER),
    text("surrogates_in_utf8.txt", CHAPTER + "x\ud800y\udfffz", Asked.ACCEPT, has=("xyz",)),
    text("noncharacters.txt", CHAPTER + "a\ufffe\uffff\U0001fffe\u0085b", Asked.ACCEPT),
    text(
        "bidi.txt",
        CHAPTER.replace("Lamp", "La\u202emp\u2066") + "Go \u202dleft\u2069.",
        Asked.WARN,
        lacks=("\u202e", "\u2066"),
    ),
    text("controls.txt", CHAPTER + "Ring\x07 the\x1b[31m bell\x7f.", Asked.ACCEPT, lacks=("\x07", "\x1b", "\x7f")),
    text("every_script.txt", f"Chapter 2: 海 🌊\n\n{_SCRIPTS}\n\n{STORY}", Asked.ACCEPT, has=(_SCRIPTS,)),
    text("every_script.md", f"# Chapter 2: 海 🌊\n\n{_SCRIPTS}\n\n{STORY}", Asked.ACCEPT, has=(_SCRIPTS,)),
    text("marks_without_end.txt", CHAPTER + "a" + "\u0301" * 50_000, Asked.EITHER),
    text("line_of_10_mb.txt", "word " * 2_000_000, Asked.REJECT),
    text("line_of_10_mb.md", "x" * 10_000_000, Asked.REJECT),
    text("line_of_4_mb.md", "*word* " * 600_000, Asked.REJECT),
    text("line_of_190_kb.md", CHAPTER + "*word* [x] " * 17_000, Asked.EITHER),
    text("lines_100000.txt", "a\n" * 100_000, Asked.REJECT),
    text("lines_49000.md", "a b\n\n" * 24_500, Asked.EITHER),
    text("lines_49000.txt", "a b\n" * 49_000, Asked.EITHER),
    text("only_notes.txt", "A/N: Hi all! No chapter this week, exams.\n\nA/N: Sorry again!", Asked.WARN),
    text("only_heading.txt", "Chapter 12: The Storm\n", Asked.REJECT),
    text(
        "jinja.txt",
        f"Chapter 4: {{{{ 7*7 }}}} Reasons\n\n{{% for x in y %}} {{# no #}} ${{7*7}} {{{{ config }}}}\n\n{STORY}",
        Asked.ACCEPT,
        has=("{{ 7*7 }} Reasons", "{% for x in y %}", "{# no #}", "${7*7}"),
        lacks=("49",),
    ),
    text("name/../../etc/passwd.txt", CHAPTER, Asked.ACCEPT),
    text("n\r\nBcc: eve@example.org.txt", CHAPTER, Asked.ACCEPT),
    text("x" * 5000 + ".md", CHAPTER, Asked.ACCEPT),
)
