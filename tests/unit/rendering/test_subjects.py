"""The subject by the pattern of the series."""

import pytest

from cliffhanger.rendering.subjects import subject_of

FULL = {
    "series": "Lanterns",
    "author": "Mina",
    "heading": "Ch. 7: Lamp",
    "label": "Ch. 7",
    "number": "7",
    "title": "Lamp",
}


@pytest.mark.parametrize(
    ("pattern", "whole", "untitled", "only_titled"),
    [
        ("{series} · {heading}", "Lanterns · Ch. 7: Lamp", "Lanterns · Ch. 7", "Lanterns · Lamp"),
        # whole, without a title, without label and number
        ("{series} · {label}: {title}", "Lanterns · Ch. 7: Lamp", "Lanterns · Ch. 7", "Lanterns: Lamp"),
        ("[{series}] {title}", "[Lanterns] Lamp", "[Lanterns]", "[Lanterns] Lamp"),
        ("{title} ({series} #{number})", "Lamp (Lanterns #7)", "(Lanterns #7)", "Lamp (Lanterns)"),
        ("{series} ({label}) [{title}]", "Lanterns (Ch. 7) [Lamp]", "Lanterns (Ch. 7)", "Lanterns [Lamp]"),
        ("{series} ({label})", "Lanterns (Ch. 7)", "Lanterns (Ch. 7)", "Lanterns"),
        ("New: {title}, by {author}!", "New: Lamp, by Mina!", "Mina!", "New: Lamp, by Mina!"),
        ("{title}", "Lamp", "", "Lamp"),
    ],
)  # fmt: skip
def test_an_empty_field_leaves_no_mark_behind(pattern: str, whole: str, untitled: str, only_titled: str) -> None:
    assert subject_of(pattern, FULL) == whole
    assert subject_of(pattern, FULL | {"title": "", "heading": "Ch. 7"}) == untitled
    assert subject_of(pattern, FULL | {"label": "", "number": "", "heading": "Lamp"}) == only_titled


def test_a_title_that_looks_like_a_pattern_stays_as_it_is() -> None:
    assert subject_of("{series} ({title})", FULL | {"title": "{author} [{0}] (x"}) == "Lanterns ({author} [{0}] (x)"
