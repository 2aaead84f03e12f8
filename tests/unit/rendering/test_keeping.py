"""A chapter that is out is split again where it was, whatever its author has changed in it since."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.chapters import paragraph

from cliffhanger.manuscripts.model import Blocks, SceneBreak
from cliffhanger.rendering.keeping import Mark, find, mark
from cliffhanger.rendering.splitting import Seam


def story(layout: str) -> Blocks:
    """A paragraph for each letter, a scene break for each asterisk."""
    return tuple(SceneBreak() if letter == "*" else paragraph(letter) for letter in layout)


def marks_of(layout: str) -> list[Mark]:
    """Of a layout in which a stroke says where it was split."""
    blocks = story(layout.replace("|", ""))
    ends = [at - before for before, at in enumerate(at for at, letter in enumerate(layout) if letter == "|")]
    return [mark(blocks, Seam(end, end + (layout.replace("|", "")[end] == "*"))) for end in ends]


def again(old: str, new: str) -> str:
    found = find(story(new), marks_of(old))
    starts, ends = (0, *(seam.start for seam in found)), (*(seam.end for seam in found), len(new))
    return "|".join(new[start:end] for start, end in zip(starts, ends, strict=True))


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("abc|def", "abcdef", "abc|def"),
        ("abc|*def", "abc*def", "abc|def"),
        ("abc|def", "abXdef", "abX|def"),  # what was before it is rewritten
        ("abc|def", "abcXef", "abc|Xef"),  # what came after it is
        ("abc|def", "aYYbcdef", "aYYbc|def"),  # something new before it
        ("abc|def", "bcdef", "bc|def"),  # something gone
        ("abc|def", "abcXXdef", "abc|XXdef"),  # something new just there: who has the first part gets it too
        ("abc|def", "bcXXdef", "bc|XXdef"),
        ("abc|def", "abcdXXXef", "abc|dXXXef"),
        ("abc|def|ghi", "abcdefghi", "abc|def|ghi"),
        ("abc|def|ghi", "abXdYfghi", "abX|dYf|ghi"),
        ("xxx|xxx", "xxxxxx", "xxx|xxx"),  # all alike: where it was
        ("abc|def", "abXYef", "abX|Yef"),  # both rewritten: where it was
        ("abcdef|ghi", "cdeXYhi", "cdeX|Yhi"),  # and two gone before it: not later than it can be
        ("abc|*def", "abc*def*ghi", "abc|def*ghi"),
        ("abc|def", "a", "a"),  # too short for two parts
        ("abc|def|ghi", "ab", "a|b"),
    ],
)
def test_where_it_is_split_again(old: str, new: str, parts: str) -> None:
    assert again(old, new) == parts


@given(st.integers(1, 19), st.lists(st.integers(0, 19), max_size=6), st.lists(st.integers(0, 19), max_size=6))
@settings(deadline=None)
def test_whatever_is_rewritten_or_taken_out_no_sentence_after_the_seam_is_lost(
    split_at: int, rewritten: list[int], gone: list[int]
) -> None:
    letters = "abcdefghijklmnopqrst"
    new = "".join(letter.upper() if at in rewritten else letter for at, letter in enumerate(letters) if at not in gone)
    if len(new) < 2:
        return
    second = again(letters[:split_at] + "|" + letters[split_at:], new).partition("|")[2]
    for letter in letters[split_at:]:
        if letter in new and new.index(letter) > 0:
            assert letter in second
