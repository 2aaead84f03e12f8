"""What holds of the grammar for any blocks, whatever reader made them."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.draft import GAP, Draft
from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.grammar import understand
from cliffhanger.manuscripts.inlines import cut, plain_text, split_at, strip
from cliffhanger.manuscripts.model import (
    Block,
    Chapter,
    Emphasis,
    Heading,
    Inlines,
    ItemList,
    LineBreak,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    Strong,
    Text,
    Verse,
)

WORDS = st.one_of(
    st.sampled_from(
        ["A/N: hi", "Summary: x", "Chapter 3: T", "Chapter Four", "Prologue", "***", "o0o", "The End", "TBC", "Notes:",
         "Please review.", "by Ada", "[1] n", "x [1]", "Part Two", "12. T", "Next time: y", "“Hi,” she said.", "a\nb"]
    ),
    st.text(alphabet="ab .,:*[]“”\n1IX—", max_size=12),
)  # fmt: skip
LEAVES = st.one_of(WORDS.map(Text), st.just(LineBreak()), st.just(NoteReference("1")))
INLINES: st.SearchStrategy[Inlines] = st.recursive(
    st.lists(LEAVES, max_size=4).map(tuple),
    lambda inner: st.lists(
        st.one_of(LEAVES, inner.map(Emphasis), inner.map(Strong), inner.map(lambda of: Link("https://a.example", of))),
        max_size=3,
    ).map(tuple),
    max_leaves=5,
)
LINES = st.lists(INLINES, min_size=1, max_size=4).map(lambda lines: Verse(tuple(lines), (0,) * len(lines)))
FLAT: st.SearchStrategy[Block] = st.one_of(
    INLINES.map(Paragraph),
    WORDS.map(lambda text: Paragraph((Text(text),))),
    st.builds(Heading, st.integers(1, 6), INLINES),
    st.sampled_from([SceneBreak(), SceneBreak("***"), GAP]),
    LINES,
)
NESTED: st.SearchStrategy[Block] = st.recursive(
    FLAT,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda blocks: Quote(tuple(blocks))),
        st.lists(inner, max_size=2).map(lambda blocks: ItemList(True, (tuple(blocks),))),
    ),
    max_leaves=4,
)


def understood(blocks: list[Block]) -> Chapter | None:
    try:
        return understand(Draft(tuple(blocks)), "chapter 3.txt", ENGLISH)
    except Refusal:
        return None


def letters(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


@settings(max_examples=150)
@given(st.lists(NESTED, max_size=14))
def test_no_break_stands_at_an_end_of_the_story_or_beside_another(blocks: list[Block]) -> None:
    chapter = understood(blocks)
    if chapter and chapter.blocks:
        breaks = [isinstance(block, SceneBreak) for block in (SceneBreak(), *chapter.blocks, SceneBreak())]
        assert not any(first and second for first, second in pairwise(breaks))


@settings(max_examples=150)
@given(st.lists(NESTED, max_size=14))
def test_the_story_holds_no_word_that_the_author_did_not_write(blocks: list[Block]) -> None:
    chapter = understood(blocks)
    written = letters(blocks_text(tuple(blocks)))
    for block in chapter.blocks if chapter else ():
        assert letters(blocks_text((block,))) in written


@given(INLINES, st.lists(st.integers(0, 60), max_size=5, unique=True).map(sorted))
def test_a_paragraph_cut_at_many_places_is_as_if_cut_one_by_one(inlines: Inlines, offsets: list[int]) -> None:
    length = len(plain_text(inlines))
    inside = [offset for offset in offsets if offset < length]
    edges = [0, *inside, length]
    one_by_one = [strip(cut(inlines, low, high)) for low, high in pairwise(edges)]

    assert [plain_text(piece) for piece in split_at(inlines, inside) if plain_text(piece)] == [
        plain_text(piece) for piece in one_by_one if plain_text(piece)
    ]
