from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from cliffhanger.clock import MINUTE, as_datetime, as_milliseconds
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.plan import next_slot, plan
from cliffhanger.series import Immediately, Rule, Weekly

IMMEDIATELY = Immediately()
MONDAY = as_milliseconds(datetime(2026, 11, 23, 12, 0, tzinfo=UTC))
TUESDAYS_AND_FRIDAYS = Weekly(frozenset({1, 4}), time(18, 30), "Europe/Berlin")


def chapter(
    number: int | None, *, ready_at: int = MONDAY, kind: str = "chapter", stage: Stage = Stage.PLANNED
) -> ChapterRecord:
    return ChapterRecord(
        id=f"{kind}-{number}",
        file=f"{number}.md",
        stage=stage,
        kind=kind,
        label="",
        title="",
        issue="",
        sheet="",
        dropped_at=ready_at,
        ready_at=ready_at,
        number=None if number is None else number * 1000,
    )


def planned(*chapters: ChapterRecord, rule: Rule = IMMEDIATELY, last_slot: int = 0) -> list[tuple[str, int]]:
    return [(chapter.id, due) for chapter, due in plan(chapters, rule, last_slot=last_slot)]


def test_immediately_means_when_the_grace_is_over() -> None:
    assert planned(chapter(1)) == [("chapter-1", MONDAY)]


def test_chapter_three_dropped_before_chapter_one_waits_for_it() -> None:
    third, second, first = chapter(3), chapter(2), chapter(1, ready_at=MONDAY + 5 * MINUTE)
    assert planned(third, second, first) == [(f"chapter-{n}", MONDAY + 5 * MINUTE) for n in (1, 2, 3)]


def test_a_prologue_comes_first_and_an_epilogue_last() -> None:
    every = planned(chapter(None, kind="epilogue"), chapter(2), chapter(1), chapter(None, kind="prologue"))
    assert [name for name, _ in every] == ["prologue-None", "chapter-1", "chapter-2", "epilogue-None"]


def test_what_is_out_held_or_withdrawn_is_not_planned() -> None:
    others = [chapter(n, stage=stage) for n, stage in enumerate((Stage.RELEASED, Stage.HELD, Stage.WITHDRAWN))]
    assert planned(*others) == []


def test_the_next_free_slot_goes_to_the_next_chapter() -> None:
    slots = [as_datetime(due) for _, due in planned(chapter(2), chapter(1), chapter(3), rule=TUESDAYS_AND_FRIDAYS)]
    assert slots == [datetime(2026, 11, day, 17, 30, tzinfo=UTC) for day in (24, 27)] + [
        datetime(2026, 12, 1, 17, 30, tzinfo=UTC)
    ]


def test_a_slot_that_was_used_is_not_free() -> None:
    tuesday = as_milliseconds(datetime(2026, 11, 24, 17, 30, tzinfo=UTC))
    ((_, due),) = planned(chapter(1), rule=TUESDAYS_AND_FRIDAYS, last_slot=tuesday)
    assert as_datetime(due) == datetime(2026, 11, 27, 17, 30, tzinfo=UTC)


def test_a_chapter_ready_at_the_very_slot_still_gets_it() -> None:
    tuesday = as_milliseconds(datetime(2026, 11, 24, 17, 30, tzinfo=UTC))
    assert planned(chapter(1, ready_at=tuesday), rule=TUESDAYS_AND_FRIDAYS) == [("chapter-1", tuesday)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-03-28T12:00+00:00", "2026-03-29T01:30+00:00"),  # 02:30 is left out that night: it falls an hour later
        ("2026-10-24T12:00+00:00", "2026-10-25T00:30+00:00"),  # 02:30 comes twice: the first counts
        ("2026-06-01T12:00+00:00", "2026-06-02T00:30+00:00"),
        ("2026-12-01T12:00+00:00", "2026-12-02T01:30+00:00"),
    ],
)
def test_slots_keep_the_time_on_the_wall_over_a_change_of_clocks(after: str, expected: str) -> None:
    every_night = Weekly(frozenset(range(7)), time(2, 30), "Europe/Berlin")
    slot = next_slot(every_night, after=as_milliseconds(datetime.fromisoformat(after)))
    assert as_datetime(slot).isoformat(timespec="minutes") == expected
