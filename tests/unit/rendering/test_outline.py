"""Levels of headings as who hears a page goes by them."""

import pytest

from cliffhanger.rendering.outline import Outline


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ([2, 3, 2], [2, 3, 2]),
        ([1, 2, 1], [2, 3, 2]),
        ([3, 3], [2, 2]),
        ([2, 4, 3, 2], [2, 3, 3, 2]),
        ([4, 2], [2, 2]),
        ([1, 2, 3, 4, 5, 6, 6], [2, 3, 4, 5, 6, 6, 6]),
    ],
)
def test_no_level_is_skipped_whatever_the_author_wrote(written: list[int], shown: list[int]) -> None:
    outline = Outline()

    assert [outline.level(level) for level in written] == shown
