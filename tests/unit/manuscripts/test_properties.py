"""Whatever comes in, a Chapter or a Refusal comes out, and nothing in it can break a header or a page."""

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import as_document, blocks_text
from cliffhanger.manuscripts.model import Chapter, SceneBreak
from cliffhanger.manuscripts.read import read

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
PIECES = [
    "A/N: hi", "A/N", "Summary: x", "Disclaimer: y", "Chapter 3: T", "CHAPTER IV", "Prologue", "12. T", "***",
    "~~~", "#", "# H", "## Chapter 2", "---", "To be continued…", "The End", "TBC? ok!", "Please review.",
    "> q", ">> r", "    v", "| l", "a  ", "* i", "1. n", "[1] n", "x[1]", "[^a]: f", "x[^a]", "title: t",
    "Rating: T | Genre: D", "“Hi,” she said.", "*a", "_b_ **c", "<b>", "&#2;", "\t", "\x00", "\u202e",
    "\r", "\\", "![p](q)", "[l](javascript:x)", "Notes:", "o0o", "",
]  # fmt: skip
names = st.sampled_from(["a.txt", "b.md", "ch 4.txt", "noname", "é.markdown"])
pages = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=25).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n", " "]).map(lambda gap: gap.join(pieces))
)


def read_or_refuse(name: str, data: bytes) -> Chapter | None:
    try:
        return read(name, data)
    except Refusal:
        return None


def assert_is_sound(chapter: Chapter) -> None:
    for line in (chapter.title, chapter.series, chapter.summary, chapter.disclaimer, chapter.part, chapter.closing):
        assert line is None or (line == " ".join(line.split()) and not CONTROL.search(line))
    assert not CONTROL.search(blocks_text(chapter.blocks))
    assert chapter.blocks or chapter.notes_before or chapter.notes_after
    assert not any(isinstance(block, SceneBreak) for block in (*chapter.blocks[:1], *chapter.blocks[-1:]))
    assert "\n" not in "".join(b.ornament for b in chapter.blocks if isinstance(b, SceneBreak))
    json.dumps(as_document(chapter)).encode()


@given(names, st.binary(max_size=400))
def test_any_bytes_are_a_chapter_or_a_refusal(name: str, data: bytes) -> None:
    chapter = read_or_refuse(name, data)
    assert chapter is None or isinstance(chapter, Chapter)


@settings(max_examples=300)
@given(names, pages)
def test_any_page_makes_a_sound_chapter(name: str, page: str) -> None:
    chapter = read_or_refuse(name, page.encode("utf-8", "surrogatepass"))
    if chapter:
        assert_is_sound(chapter)


WORDS = st.text(alphabet="abcdefghij klmn", min_size=1).map(str.split).filter(bool)
PROSE = st.lists(WORDS.map(lambda words: f"Then {' '.join(words)} fell."), min_size=1, max_size=12)


@given(PROSE, st.sampled_from(["x.txt", "x.md"]))
def test_plain_prose_under_a_heading_comes_out_word_for_word(paragraphs: list[str], name: str) -> None:
    story = "\n\n".join(paragraphs)
    chapter = read(name, f"Chapter 2: The Name\n\n{story}\n\nTo be continued…\n\nA/N: bye".encode())

    assert (chapter.number, chapter.title, chapter.closing) == (2, "The Name", "To be continued…")
    assert blocks_text(chapter.blocks) == story
