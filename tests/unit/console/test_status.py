"""`cliffhanger status`: the whole picture, as it stands in a terminal of 80 and of 120 columns, and narrower."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console
from tests.support.golden import assert_golden
from tests.support.world import SETTINGS, World, refuse

from cliffhanger import keys
from cliffhanger.catalogue import Shelf
from cliffhanger.delivery import pacing
from cliffhanger.delivery.progress import Progress
from cliffhanger.errors import CliffhangerError, StoreBusy
from cliffhanger.series import Series
from console import overview, reasons, status
from console.overview import Overview

PACE = {"generation": "1:table", "rate": 12_600, "ceiling": 12_600, "budget": 48_213}
RUNNING = Progress(
    series="the-lantern-road",
    position=4,
    audience=40_000,
    sent=24_480,
    refused=0,
    rejected=3,
    doubt=2,
    in_doubt=1,
    rate=12.6,
    behind_s=1943,
    left_s=1231,
)


def shelf(slug: str, newest: int, closed: int, halted: str | None = None) -> Shelf:
    return Shelf(Series(slug, slug.title(), "Mara Quill"), newest=newest, closed=closed, halted=halted)


BUSY = Overview(
    pace=PACE,
    generation="1:table",
    shelves=(
        shelf("the-lantern-road", 4, 3),
        shelf("a-night-ferry-with-a-name-as-long-as-can", 12, 11, "rejected"),
        shelf("the-quay", 7, 7),
        shelf("salt", 0, 0),
    ),
    totals={"the-quay": {"audience": 1210, "sent": 1204, "rejected": 4, "held": 2, "skipped": 0, "closed_at": 1}},
    sends=(RUNNING,),
    dead={"ingest": 0, "letters": 3, "tick": 0},
)


def seen(overview: Overview, *, width: int = 80) -> str:
    """What stands in a file or a pipe of this width, without the spaces at the ends of lines."""
    console = Console(file=io.StringIO(), width=width, highlight=False)
    status.status(lambda: overview, console=console)
    printed: Any = console.file
    return "".join(f"{line.rstrip()}\n" for line in printed.getvalue().splitlines())


@pytest.mark.parametrize("width", [80, 120])
def test_the_whole_picture(width: int) -> None:
    assert_golden(seen(BUSY, width=width), f"console/status-{width}.txt")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal_but_a_command_to_copy(width: int) -> None:
    lines = seen(BUSY, width=width).splitlines()
    assert all(len(line) <= width or line.startswith("  cliffhanger ") for line in lines)
    assert "  cliffhanger letters a-night-ferry-with-a-name-as-long-as-can 12 --rejected" in lines


def test_plain_text_where_nobody_sees_colours_and_colours_where_somebody_does() -> None:
    assert "\x1b" not in seen(BUSY)
    console = Console(file=io.StringIO(), width=80, force_terminal=True, color_system="standard")
    status.status(lambda: BUSY, console=console)
    printed: Any = console.file
    assert "\x1b[" in printed.getvalue()


@pytest.mark.parametrize("reason", sorted(reasons.PAUSED))
def test_a_pause_says_why_and_what_to_do(reason: str) -> None:
    paused = replace(BUSY, pace=PACE | {"paused": reason}, sends=())
    why, what = reasons.PAUSED[reason]
    said = " ".join(seen(paused).split())
    assert said.startswith(f"PAUSED: {why}. {what}")
    assert "the-lantern-road 4 3 paused" in said


def test_a_pause_that_nobody_foresaw_tells_what_ses_said() -> None:
    assert "SES said Teapot." in seen(replace(BUSY, pace=PACE | {"paused": "Teapot"}))


def test_another_generation_is_a_pause_before_the_minute_says_so() -> None:
    assert replace(BUSY, generation="2:table").paused == "restored"


@pytest.mark.parametrize(
    ("pace", "line"),
    [
        ({"budget": 10**9}, "Sending at 12.6 of 12.6 letters a second."),
        ({"budget": 0}, "Sending at 12.6 of 12.6 letters a second; the day's quota is spent (it goes on by itself)."),
        ({"rate": 900}, "Sending at 0.9 of 12.6 letters a second; 48,213 more today."),
    ],
)
def test_the_first_line_tells_the_pace(pace: dict[str, int], line: str) -> None:
    assert seen(replace(BUSY, pace=PACE | pace), width=120).splitlines()[0] == line


def test_a_new_domain_warms_up() -> None:
    lines = seen(replace(BUSY, pace=PACE | {"warming": 2000})).splitlines()
    assert lines[1] == "The domain is new and warms up: 2,000 letters today, then more."


def test_workers_too_few_or_too_small_for_the_rate_are_told_of() -> None:
    lines = seen(replace(BUSY, pace=PACE | {"carried": PACE["rate"] - 1_000})).splitlines()
    assert lines[1].startswith("The workers carry no more than ")
    assert "docs/deploy.md" in lines[1]
    assert "The workers" not in seen(replace(BUSY, pace=PACE | {"carried": PACE["rate"]}))


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0 s"), (119, "119 s"), (1231, "21 min"), (9000, "2 h"), (1_728_000, "20.0 days")]
)
def test_times_are_told_as_people_say_them(seconds: int, said: str) -> None:
    assert f" · {said} left · " in seen(replace(BUSY, sends=(replace(RUNNING, left_s=seconds),)))


def test_a_send_that_nobody_can_foresee_has_no_time_left() -> None:
    assert " left" not in seen(replace(BUSY, sends=(replace(RUNNING, left_s=None, audience=0),)))


def test_before_the_first_minute_there_is_nothing(world: World) -> None:
    nothing = overview.look(world.table, SETTINGS.generation, {}, world.time)
    assert seen(nothing) == "Nothing has run yet: the first minute begins it.\n"
    assert nothing.document()["state"] == "not begun"


def test_what_the_store_says_is_what_is_seen(world: World) -> None:
    world.series()
    world.minutes(1)
    world.join("ada")
    world.join("ben")
    world.release(1)
    world.minutes(2)
    world.mailer.always = refuse(None, "NoAnswer")
    world.release(2)
    pacing.pause(world.table, "operator")
    document = overview.look(world.table, SETTINGS.generation, {"issues": 1}, world.time).document()
    assert (document["state"], document["paused"], document["rate"]) == ("paused", "operator", 90.0)
    assert document["series"] == [
        {"series": "lantern", "newest": 2, "closed": 1, "state": "paused", "halted": None, "total": {}},
    ]
    assert [(send["series"], send["position"], send["sent"]) for send in document["sends"]] == [("lantern", 2, 0)]
    assert document["dead_letters"] == {"issues": 1}


def test_a_look_asks_nothing_of_the_readers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.series()
    world.release(1)
    world.join("ada")
    asked: list[str] = []
    query = world.table.query

    def remembering(pk: str, **more: str) -> Any:
        asked.append(pk)
        return query(pk, **more)

    monkeypatch.setattr(world.table, "query", remembering)
    overview.look(world.table, SETTINGS.generation, {}, world.time)
    assert not [pk for pk in asked if pk.startswith(keys.series_pk("lantern") + "#")]


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    status.status(lambda: BUSY, as_json=True)
    document = json.loads(capsys.readouterr().out)
    assert document["sends"][0]["left_s"] == 1231
    assert [line["state"] for line in document["series"]] == ["sending", "halted", "sent", "nothing out yet"]


@pytest.mark.parametrize("terminal", [False, True])
def test_watching_goes_on_until_somebody_stops_it(terminal: bool) -> None:
    console = Console(file=io.StringIO(), width=80, highlight=False, force_terminal=terminal)
    looks: list[Overview] = []

    def look() -> Overview:
        looks.append(replace(BUSY, pace=PACE | {"budget": len(looks)}))
        return looks[-1]

    def sleep(_: float) -> None:
        if len(looks) == 3:
            raise KeyboardInterrupt

    assert status.watch(look, console=console, sleep=sleep) == 0
    printed: Any = console.file
    assert len(looks) == 3
    assert "2 more today" in printed.getvalue()


def watched(look: Callable[[], Overview], *, looks: int, height: int = 25) -> str:
    """What a terminal of so many lines is shown while somebody watches, and then presses Ctrl-C."""
    slept: list[float] = []
    console = Console(file=io.StringIO(), width=80, height=height, force_terminal=True, color_system=None)

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == looks:
            raise KeyboardInterrupt

    assert status.watch(look, console=console, sleep=sleep) == 0
    printed: Any = console.file
    return str(printed.getvalue())


def test_in_a_low_terminal_what_matters_is_not_cut_off() -> None:
    many = replace(BUSY, shelves=(*BUSY.shelves, *(shelf(f"tale-{n}", 1, 1) for n in range(40))))
    # The picture that is left standing at the end is a whole one.
    shown = watched(lambda: many, looks=2).partition("tale-39")[0]
    assert "the-lantern-road, position 4" in shown
    assert "is halted: too many" in shown
    assert "Messages that failed too often" in shown


def test_a_store_that_is_busy_for_a_moment_ends_no_watch() -> None:
    looks: list[Overview | StoreBusy] = [BUSY, StoreBusy(), replace(BUSY, pace=PACE | {"budget": 1})]

    def look() -> Overview:
        if isinstance(found := looks.pop(0), StoreBusy):
            raise found
        return found

    shown = watched(look, looks=3, height=60)
    assert "the table can't answer now" in shown
    assert "1 more today" in shown.partition("can't answer now")[2]


def test_what_can_never_be_right_ends_a_watch() -> None:
    def look() -> Overview:
        raise CliffhangerError("there is no such stack", permanent=True)

    with pytest.raises(CliffhangerError, match="no such stack"):
        watched(look, looks=3)


@pytest.mark.parametrize(
    ("dead", "commands"),
    [
        ({"letters": 3, "tick": 0}, ["redrive"]),
        ({"letters": 0, "tick": 2}, ["redrive tick"]),
        ({"letters": 3, "tick": 2}, ["redrive", "redrive tick"]),
    ],
)
def test_minutes_that_failed_are_put_away_by_their_own_command(dead: dict[str, int], commands: list[str]) -> None:
    lines = seen(replace(BUSY, shelves=(), dead=dead)).splitlines()
    assert [line.removeprefix("  cliffhanger ") for line in lines if "  cliffhanger redrive" in line] == commands


def test_a_letter_in_doubt_is_told_with_the_way_to_see_whose_it_is() -> None:
    assert "--in-doubt" not in seen(replace(BUSY, sends=(replace(RUNNING, in_doubt=0),)))
    assert "\n12 in doubt wait for SES's events" in seen(replace(BUSY, sends=(replace(RUNNING, in_doubt=12),)))


def test_a_halted_series_names_the_position_that_was_rejected() -> None:
    halted = replace(shelf("lantern", 12, 9, halted="rejected"), halted_by=10)
    assert "  cliffhanger letters lantern 10 --rejected\n" in seen(replace(BUSY, shelves=(halted,)))
