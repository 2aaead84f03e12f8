"""What cannot be read gets one sentence; what reads badly gets a warning."""

import io
import zipfile

import pytest
from tests.unit.manuscripts.prose import SENTENCE, STORY, read_text, texts

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.read import read


def zip_of(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # a fixed date: the bytes name the test
    return packed.getvalue()


NOISE = bytes((value * 7919 + value**2 // 3) % 256 for value in range(5000))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        (NOISE, "readable text"),
        (bytes(3000), "readable text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"%PDF-1.7\n", "PDF"),
        (rb"{\rtf1\ansi}", "no story"),
        (zip_of("[Content_Types].xml", "word/document.xml"), "damaged"),
        (zip_of("mimetype", "META-INF/manifest.xml", "content.xml"), "damaged"),
        (zip_of("Index/Document.iwa"), "Pages"),
        (zip_of("a.txt"), "no web page"),
        (zip_of("word/document.xml")[:40], "cut-off"),
        (OLE, "old Word .doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"Chapter 3: Rain\n", "no story"),
        (b"a" * 5_000_001, "5,000,000"),
        (b"word " * 50_000, "Line 1"),
        (b"a\n" * 60_000, "lines"),
    ],
)
def test_a_file_that_is_no_manuscript_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        read("chapter.txt", data)

    assert refused.value.message.endswith(".")
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "source",
    [
        "> " * 10_000 + "deep",
        ">" * 10_000 + " deep",
        "\n".join(f"{' ' * 4 * depth}- deep" for depth in range(500)),
        "[" * 100_000,
        "[^a]" * 40_000,
        "---\n" * 40_000,
    ],
)
def test_a_maze_of_markdown_is_refused(source: str) -> None:
    with pytest.raises(Refusal):
        read("chapter.md", source.encode())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize("start", ["TBC? ", "A/N: ", "Chapter 3: ", "~", "Please ", "**"])
def test_an_endless_word_is_read_at_once(name: str, start: str) -> None:
    chapter = read(name, f"{start}{'x-' * 50_000}\n\n{STORY}".encode())

    assert blocks_text(chapter.blocks).endswith(STORY)


def test_notes_without_a_story_are_a_notice_for_the_author_to_confirm() -> None:
    chapter = read_text("Chapter 9: Author’s Note\n\nA/N: Hi guys! This is no chapter, exams are on.")

    assert (chapter.kind, chapter.number, chapter.blocks) == (Kind.NOTICE, 9, ())
    assert texts(chapter.notes_before) == ["Hi guys! This is no chapter, exams are on."]
    assert "notice" in chapter.warnings[0]


def test_a_hiatus_without_any_label_is_a_notice_too() -> None:
    chapter = read_text("Hi guys! This is not a chapter, sorry.\n\nI am on hiatus. Thanks for reading!", "9.txt")

    assert (chapter.kind, chapter.blocks) == (Kind.NOTICE, ())


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("utf-8", "“Fête—naïve… 潮"),
        ("utf-16", "“Fête—naïve… 潮"),
        ("utf-16-le", "“Fête—naïve…"),
        ("cp1252", "“Fête—naïve…” ’twas École, Ó Briain’s"),
        ("mac_roman", "“Fête—naïve…” he couldn’t say"),
    ],
)
def test_encodings_are_told_apart(encoding: str, line: str) -> None:
    chapter = read("3.txt", f"{line}\n\n{SENTENCE}".encode(encoding))

    assert blocks_text(chapter.blocks).split("\n\n")[0] == line


def test_a_few_broken_bytes_are_shown_and_told() -> None:
    broken = f"Chapter 3\n\n{'“Ah!”—so… ' * 30}".encode() + b"\xff end"
    chapter = read("3.txt", broken)

    assert "\ufffd" in blocks_text(chapter.blocks)
    assert "UTF-8" in chapter.warnings[0]


def test_invisible_characters_are_taken_out() -> None:
    chapter = read_text(f"Chapter 3: Ra\u202ein\x00\x07\n\nOne\u2066 two.\x1b\ufeff\n\n{STORY}")

    assert chapter.title == "Rain"
    assert blocks_text(chapter.blocks).startswith("One two.\n\n")
    assert "direction" in chapter.warnings[0]


def test_lone_surrogates_are_taken_out() -> None:
    chapter = read("3.txt", f"One \ud800two.\n\n{STORY}".encode("utf-8", "surrogatepass"))

    assert blocks_text(chapter.blocks).startswith("One two.")
