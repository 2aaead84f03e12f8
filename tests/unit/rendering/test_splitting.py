"""Where a long chapter is split: what each place costs, and what is made of the costs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.chapters import paragraph

from cliffhanger.manuscripts.model import Block, Blocks, Heading, Image, Quote, SceneBreak, Text, Verse
from cliffhanger.rendering.splitting import (
    AFTER_COLON,
    AFTER_HEADING,
    BESIDE_INSET,
    HEADING,
    IN_EXCHANGE,
    IN_LETTER,
    PARAGRAPH,
    SCENE_BREAK,
    STUB,
    Rooms,
    cost_between,
    seams,
    split,
)

PROSE = paragraph("The lamp burned.")
TURN = paragraph("“You might have said.”")
LETTER = Quote((paragraph("Do not cross tonight."),))
SONG = Verse(((Text("Light me a lamp"),),), (0,))
TITLE = Heading(3, (Text("The far side"),))
BREAK = SceneBreak("* * *")


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        (PROSE, PROSE, PARAGRAPH),
        (PROSE, TITLE, HEADING),
        (TITLE, PROSE, AFTER_HEADING),
        (PROSE, LETTER, PARAGRAPH + BESIDE_INSET),
        (SONG, PROSE, PARAGRAPH + BESIDE_INSET),
        (PROSE, Image("a.png", ""), PARAGRAPH + BESIDE_INSET),
        (LETTER, LETTER, PARAGRAPH + IN_LETTER),
        (LETTER, SONG, PARAGRAPH + IN_LETTER),
        (paragraph("She read it aloud:"), LETTER, PARAGRAPH + BESIDE_INSET + AFTER_COLON),
        (paragraph("She said: "), TURN, PARAGRAPH + AFTER_COLON),
        (TURN, TURN, PARAGRAPH + IN_EXCHANGE),
        (TURN, PROSE, PARAGRAPH),
        (paragraph("— Да."), paragraph("— Нет."), PARAGRAPH + IN_EXCHANGE),
        (paragraph("「はい」"), paragraph("「いいえ」"), PARAGRAPH + IN_EXCHANGE),
        (paragraph("«نعم»"), paragraph("«لا»"), PARAGRAPH + IN_EXCHANGE),
    ],
)
def test_what_a_place_costs(before: Block, after: Block, cost: int) -> None:
    assert cost_between(before, after, is_break=False) == cost


def test_a_scene_break_is_free_but_after_a_heading() -> None:
    assert cost_between(TURN, TURN, is_break=True) == SCENE_BREAK
    assert cost_between(TITLE, PROSE, is_break=True) == AFTER_HEADING


def test_a_seam_at_a_break_leaves_it_out_on_both_sides_and_none_stands_at_the_ends() -> None:
    blocks = (BREAK, PROSE, BREAK, BREAK, PROSE, BREAK)
    assert [(seam.end, seam.start) for seam in seams(blocks)] == [(2, 4)]


BLOCKS: dict[str, Block] = {"p": PROSE, "*": BREAK, "t": TURN, "h": TITLE, "q": LETTER, ":": paragraph("She sang:")}


def parted(layout: str, room: int, **more: int) -> list[str] | None:
    """A layout of blocks, each of weight 10 and a break of none, as the parts of it."""
    blocks = tuple(BLOCKS[mark] for mark in layout)
    rooms = Rooms(**{"first": room, "middle": room, "last": room} | more)
    found = split(blocks, [0 if mark == "*" else 10 for mark in layout], rooms)
    if found is None:
        return None
    starts, ends = (0, *(seam.start for seam in found)), (*(seam.end for seam in found), len(layout))
    return [layout[start:end] for start, end in zip(starts, ends, strict=True)]


@pytest.mark.parametrize(
    ("layout", "room", "parts"),
    [
        ("pppppppp", 50, ["pppp", "pppp"]),
        ("ppppp*ppp", 60, ["ppppp", "ppp"]),  # a scene break, though the parts are less even
        ("pppp*p*ppp", 60, ["pppp", "p*ppp"]),  # of two the more even one
        ("p*ppppppp", 70, ["p*ppp", "pppp"]),  # but never a stub
        ("ppphpppp", 60, ["ppp", "hpppp"]),
        ("ppptttpp", 60, ["ppp", "tttpp"]),  # not within a dialogue
        ("ttp:qppp", 60, ["ttp", ":qppp"]),  # what is announced stays with the letter
        ("ppqqpppp", 60, ["ppqqp", "ppp"]),  # nor at once after a letter
        ("tttttttt", 60, ["tttt", "tttt"]),  # where all is dialogue, it is in the middle
        ("pppp*pppp*pppp", 50, ["pppp", "pppp", "pppp"]),
        ("ppqqqqpp", 50, ["pp", "qqqq", "pp"]),  # a further part keeps the letter whole
    ],
)
def test_where_it_is_split(layout: str, room: int, parts: list[str]) -> None:
    assert parted(layout, room) == parts


def test_beside_long_notes_the_first_part_is_shorter() -> None:
    assert parted("pppppppp", 60, first=30) == ["ppp", "ppppp"]


def test_a_stub_is_better_than_none() -> None:
    blocks = (PROSE, paragraph("long"))
    (seam,) = split(blocks, [10, 95], Rooms(100, 100, 100)) or []
    assert seam.end == 1


def test_what_no_part_has_room_for_cannot_be_split() -> None:
    assert split((PROSE, PROSE), [10, 120], Rooms(100, 100, 100)) is None
    assert split((PROSE,), [120], Rooms(100, 100, 100)) is None


@st.composite
def stories(draw: st.DrawFn) -> tuple[Blocks, list[int]]:
    marks = draw(st.lists(st.sampled_from("pppppttt*qh:"), min_size=20, max_size=200))
    weights = [0 if mark == "*" else draw(st.integers(1, 12)) for mark in marks]
    return tuple(BLOCKS[mark] for mark in marks), weights


@given(stories(), st.integers(60, 400))
@settings(deadline=None)
def test_nothing_is_lost_every_part_fits_and_none_is_a_stub(story: tuple[Blocks, list[int]], room: int) -> None:
    blocks, weights = story
    if sum(weights) <= room or (found := split(blocks, weights, Rooms(room, room, room))) is None:
        return
    starts, ends = (0, *(seam.start for seam in found)), (*(seam.end for seam in found), len(blocks))
    parts = [sum(weights[start:end]) for start, end in zip(starts, ends, strict=True)]
    assert max(parts) <= room
    assert min(parts) >= STUB * max(parts)
    for seam in found:
        assert all(isinstance(block, SceneBreak) for block in blocks[seam.end : seam.start])
    assert len(parts) - 1 <= -(-sum(weights) // (room - 24)) + 1
