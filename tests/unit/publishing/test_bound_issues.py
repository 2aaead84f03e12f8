"""An issue is bound into its series before anybody gets it, and anew when its neighbours change."""

from __future__ import annotations

import pytest
from tests.support.world import SERIES_YAML, World

from cliffhanger import positions
from cliffhanger.mailbody import Block, MailBody, Part, Place
from cliffhanger.publishing import bound_issues
from cliffhanger.rendering.binding import PLACE_OF

AT = "https://read.example.org/lantern/"
PLACES = (Place.PREVIOUS_URL, Place.NEXT_URL, Place.FIRST_URL, Place.PREVIOUSLY, Place.TOTAL)


@pytest.fixture
def told(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """Issues that show all that can be told of a series, each on a line."""
    blocks = tuple(
        Block(part, (f"{place.value}: ", place, "\n")) for part, place in PLACE_OF.items() if place in PLACES
    )
    read = MailBody.from_json

    class Told(MailBody):
        @classmethod
        def from_json(cls, data: bytes) -> MailBody:
            body = read(data)
            return MailBody(body.subject, body.html, blocks)

    monkeypatch.setattr(bound_issues, "MailBody", Told)
    world.series()
    for number in range(1, 4):
        world.drop(
            f"lantern/{number:02}.md", f"Summary: What came {number}.\n\n# Chapter {number}: Night\n\nIt was dark.\n"
        )
        world.time += 11 * 60_000
        world.tick()
    return world


def lines(world: World, number: int) -> dict[str, str]:
    position = positions.find(world.table, "lantern", number)
    assert position
    body = MailBody.from_json(world.content.objects[position.issue])
    text = "".join(piece for piece in body.text if isinstance(piece, str))
    return dict(line.split(": ", 1) for line in text.splitlines())  # type: ignore[arg-type]


def test_a_chapter_leads_back_and_tells_what_happened(told: World) -> None:
    assert lines(told, 3) == {
        "previous-url": f"{AT}chapter-2",
        "first-url": f"{AT}chapter-1",
        "previously": "What came 2.",
    }


def test_whoever_comes_late_is_led_on_too(told: World) -> None:
    assert lines(told, 1) == {"next-url": f"{AT}chapter-2"}
    assert lines(told, 2)["next-url"] == f"{AT}chapter-3"


def test_a_chapter_taken_back_is_led_past(told: World) -> None:
    told.delete("lantern/02.md")
    assert lines(told, 1) == {"next-url": f"{AT}chapter-3"}
    assert lines(told, 3) == {"previous-url": f"{AT}chapter-1", "previously": "What came 1."}


def test_a_complete_series_tells_how_many_chapters_it_has(told: World) -> None:
    told.series(yaml=SERIES_YAML + "status: complete\n")
    assert lines(told, 2)["total"] == "3"


def test_a_correction_is_bound_too_and_the_same_text_is_none(told: World) -> None:
    told.drop("lantern/02.md", "Summary: All else.\n\n# Chapter 2: Night\n\nIt was darker.\n")
    assert lines(told, 2)["next-url"] == f"{AT}chapter-3"
    assert lines(told, 3)["previously"] == "All else."
    before = dict(told.archive.objects)
    told.drop("lantern/02.md", "Summary: All else.\n\n# Chapter 2: Night\n\nIt was darker.\n\n")
    assert told.archive.objects == before


def test_every_block_that_a_binding_fills_is_gone_or_filled(told: World) -> None:
    assert Part.PREVIOUS in PLACE_OF
    assert not [piece for number in (1, 2, 3) for piece in told_pieces(told, number) if not isinstance(piece, str)]


def told_pieces(world: World, number: int) -> tuple[object, ...]:
    position = positions.find(world.table, "lantern", number)
    assert position
    return MailBody.from_json(world.content.objects[position.issue]).text
