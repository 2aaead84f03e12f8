"""The subject by the pattern of the series."""

from urllib.parse import unquote

import pytest

from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.subjects import LONGEST_IN_ADDRESS, in_address, subject_of, subject_of_part

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


@pytest.mark.parametrize(
    ("pattern", "language", "subject"),
    [
        ("{series} #{number}: {title}", "en", "Lanterns #7, part 2 of 3: Lamp"),
        ("{title} ({series} {number})", "de", "Lamp (Lanterns 7, Teil 2 von 3)"),
        ("{series}: {title}", "fr", "Lanterns: Lamp, partie 2 sur 3"),
        ("{series} ({label})", "en", "Lanterns (Ch. 7)"),
        ("{series} · {heading} #{number}", "en", "Lanterns · Ch. 7: Lamp #7"),
    ],
)
def test_the_parts_of_a_chapter_are_told_apart(pattern: str, language: str, subject: str) -> None:
    assert subject_of_part(pattern, FULL, (2, 3), speaker(language)) == subject


def test_a_part_is_told_however_little_or_much_else_there_is_to_tell() -> None:
    bare, say = FULL | {"number": "", "title": ""}, speaker("en")

    assert subject_of_part("#{number}", bare, (1, 2), say) == "Lanterns, part 1 of 2"
    assert subject_of_part("{title}", FULL | {"title": "x" * 400}, (1, 2), say).endswith("x…, part 1 of 2")


@pytest.mark.parametrize("letter", ["a", "é", "灯", "🏮", "a灯"])
def test_a_subject_in_an_address_is_cut_after_a_whole_character(letter: str) -> None:
    short, long = letter * 10, letter * 600
    found = in_address(long)

    assert unquote(in_address(short)) == short
    assert LONGEST_IN_ADDRESS - 24 < len(found) <= LONGEST_IN_ADDRESS
    assert long.startswith(unquote(found, errors="strict").removesuffix("…"))
    assert found.endswith("%E2%80%A6")
