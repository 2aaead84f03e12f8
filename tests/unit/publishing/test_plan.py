from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest

from cliffhanger.clock import DAY, MINUTE, as_datetime, as_milliseconds
from cliffhanger.publishing.chapters import ChapterRecord, Portion, Stage
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


def parts(number: int, total: int, *, wait: int = 0, **more: Any) -> list[ChapterRecord]:
    whole = chapter(number, **more)
    return [
        replace(whole, id=f"chapter-{number}-{n}", portion=Portion(f"chapter-{number}-1", n, total, wait))
        for n in range(1, total + 1)
    ]


def test_the_parts_of_a_chapter_share_its_slot_and_the_next_chapter_has_its_own() -> None:
    first, second = parts(1, 2)
    days = [as_datetime(due).day for _, due in planned(chapter(2), second, first, rule=TUESDAYS_AND_FRIDAYS)]
    assert days == [24, 24, 27]


def test_parts_a_day_apart_leave_the_next_chapter_the_first_slot_after_them() -> None:
    slots = planned(chapter(2), *parts(1, 4, wait=DAY), rule=TUESDAYS_AND_FRIDAYS)
    assert [as_datetime(due).day for _, due in slots] == [24, 25, 26, 27, 1]
    assert [name for name, _ in slots] == [*(f"chapter-1-{n}" for n in (1, 2, 3, 4)), "chapter-2"]


def test_no_chapter_overtakes_a_part_that_is_still_to_come() -> None:
    assert [due - MONDAY for _, due in planned(chapter(2), *parts(1, 2, wait=DAY))] == [0, DAY, DAY]


def test_the_next_part_is_counted_from_when_the_one_before_went_out() -> None:
    first, second = parts(1, 2, wait=DAY)
    out = replace(first, stage=Stage.RELEASED, out_at=MONDAY + 5 * DAY)
    assert planned(out, second) == [("chapter-1-2", MONDAY + 6 * DAY)]


@pytest.mark.parametrize("stage", [None, Stage.HELD, Stage.WITHDRAWN])
def test_without_the_part_before_it_none_goes_out_nor_what_comes_after(stage: Stage | None) -> None:
    first, second = parts(1, 2)
    assert planned(*([replace(first, stage=stage)] if stage else []), second, chapter(2)) == []


def test_an_interlude_dropped_while_the_parts_were_written_does_not_come_between_them() -> None:
    first, second = parts(1, 2)
    interlude = replace(chapter(None, kind="interlude"), dropped_at=MONDAY - 1)
    names = [name for name, _ in planned(replace(second, dropped_at=MONDAY - 2), interlude, first)]
    assert names in (["chapter-1-1", "chapter-1-2", "interlude-None"], ["interlude-None", "chapter-1-1", "chapter-1-2"])


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
