"""`cliffhanger readers`: import, export, show and erase, as an operator sees them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rich.console import Console
from tests.support.golden import assert_golden
from tests.support.inline_pool import InlinePool
from tests.support.world import KEYS, World

from cliffhanger.errors import CliffhangerError, Refusal
from cliffhanger.readers import csv_file, leaving, sources, story
from cliffhanger.readers.importing import Import
from cliffhanger.readers.joining import Start
from console import main, readers
from console.readers_import import import_readers
from local.memory_faults import StoreFault

IMPORTS = Path(__file__).parents[2] / "imports"
Take = Callable[..., tuple[int, str]]


@pytest.fixture
def lantern(world: World) -> World:
    world.series()
    for number in (1, 2, 3):
        world.release(number)
        world.minutes(2)
    return world


@pytest.fixture
def take(lantern: World) -> Take:
    """Import a file; returns the exit code and what is said."""

    def taken(file: str | Path, *, apply: bool = True, report: Path | None = None) -> tuple[int, str]:
        found = csv_file.examine(IMPORTS / file)
        export = sources.recognise(found)
        out = story.of_series(lantern.table, "lantern", 3)
        into = Import(
            lantern.table, "lantern", out, export.source.value, found.digest, Start.NEWEST, KEYS, lantern.time
        )
        said = io.StringIO()
        console = Console(file=said, width=100)
        code = import_readers(export, into, InlinePool(), console, apply=apply, report=report)
        return code, said.getvalue()

    return taken


@pytest.mark.parametrize("file", sorted(path.name for path in IMPORTS.iterdir()))
def test_a_look_at_a_file_says_what_the_import_then_does(file: str, lantern: World, take: Take) -> None:
    looked, taken = take(file, apply=False), take(file)
    counts = looked[1].partition("Nothing has been changed")[0]
    assert (looked[0], counts) == (taken[0], taken[1])
    assert_golden(looked[1], f"console/import-{Path(file).stem}.txt")
    lantern.minutes(2)
    assert not [mail for mail in lantern.mailer.accepted if mail.tags["kind"] == "issue"]


def test_a_report_names_lines_and_no_addresses(take: Take, tmp_path: Path) -> None:
    assert take("substack.csv", report=tmp_path / "report.csv")[0] == 1
    assert (tmp_path / "report.csv").read_text().splitlines() == [
        "line,what",
        '2,"joins, and gets the next release"',
        '3,"joins, and gets the next release"',
        "4,is noted as having left",
        "5,skipped: the same address again (line 2)",
        "6,skipped: not an email address",
    ]


def test_a_report_that_cannot_be_written_stops_the_import_before_it_begins(take: Take, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"report\.csv cannot be written: No such file"):
        take("substack.csv", report=tmp_path / "nowhere" / "report.csv")


def test_an_import_that_the_table_broke_off_goes_on_when_it_is_done_again(lantern: World, take: Take) -> None:
    lantern.table.misbehave(StoreFault.BUSY, after=8)
    with pytest.raises(CliffhangerError, match="do it again, and it goes on where it stopped"):
        take("ghost.csv")
    code, said = take("ghost.csv")
    assert code == 1  # one line has no address
    assert "1  is on the series already" in said
    assert len(exported(lantern)) == 3


def test_many_lines_are_taken_at_once_and_each_once(lantern: World, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("email\n" + "".join(f"reader{n}@example.org\n" for n in range(300)))
    file = csv_file.examine(path)
    out = story.of_series(lantern.table, "lantern", 3)
    into = Import(lantern.table, "lantern", out, "a list", file.digest, Start.FIRST, KEYS, lantern.time)
    with ThreadPoolExecutor(8) as pool:
        console = Console(file=io.StringIO())
        assert import_readers(sources.recognise(file), into, pool, console, apply=True, report=None) == 0
    assert len({line["address"] for line in exported(lantern)}) == 300


def exported(world: World, series: str | None = None) -> list[dict[str, str]]:
    written = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", written)
        assert readers.export(world.table, series, None, KEYS, as_json=True) == 0
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_everybody_is_exported_with_his_place(lantern: World, take: Take) -> None:
    take("ours.csv")
    found = {line["address"]: line for line in exported(lantern)}
    assert found["+ben@example.org"] | {"joined_at": ""} == {
        "address": "+ben@example.org",
        "series": "lantern",
        "state": "active",
        "position": 1,
        "chapter": "Chapter 1",
        "pace": "mon,thu at 18:30 Europe/Berlin",
        "bundle": 1,
        "paused_until": "",
        "joined_at": "",
        "consent": "=SUM(1)",
        "suppressed": "",
        "suppressed_at": "",
    }
    assert {name: line["state"] for name, line in found.items()} == {
        "ada@example.org": "active",
        "+ben@example.org": "active",
        "cleo@example.org": "paused",
        "dora@example.org": "left",
        "emil@example.org": "suppressed",
    }


def test_an_export_lies_in_a_file_of_its_owner_alone(
    lantern: World, take: Take, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take("ours.csv")
    out = tmp_path / "out.csv"
    assert readers.export(lantern.table, "lantern", out, KEYS, as_json=False) == 0
    assert capsys.readouterr().out == "5 subscriptions are in out.csv: addresses, so keep it well.\n"
    assert out.stat().st_mode & 0o777 == 0o600
    assert '"\'+ben@example.org"' in out.read_text()
    with pytest.raises(Refusal, match=r"out\.csv cannot be written: No such file"):
        readers.export(lantern.table, None, tmp_path / "nowhere" / "out.csv", KEYS, as_json=False)
    with pytest.raises(CliffhangerError, match="there is no series harbour"):
        readers.export(lantern.table, "harbour", None, KEYS, as_json=False)


def test_what_we_hold_of_somebody_is_shown_without_his_address(
    lantern: World, take: Take, capsys: pytest.CaptureFixture[str]
) -> None:
    take("ours.csv")
    ids = {lantern.reader(name): name for name in ("cleo", "emil")}
    for name in ids.values():
        readers.show(lantern.table, f"{name}@example.org", KEYS, reveal=False)
    said = capsys.readouterr().out
    assert "cleo@example.org" not in said
    for reader, name in ids.items():
        said = said.replace(reader, f"id-of-{name}")
    assert_golden(said, "console/show.txt")
    readers.show(lantern.table, "cleo@example.org", KEYS, reveal=True)
    assert capsys.readouterr().out.startswith("cleo@example.org  ")


def test_erasing_says_first_what_would_go(lantern: World, take: Take, capsys: pytest.CaptureFixture[str]) -> None:
    take("ours.csv")
    readers.erase(lantern.table, "ada@example.org", KEYS, apply=False)
    assert len(exported(lantern)) == 5
    readers.erase(lantern.table, "ada@example.org", KEYS, apply=True)
    readers.erase(lantern.table, "emil@example.org", KEYS, apply=True)
    readers.erase(lantern.table, "emil@example.org", KEYS, apply=False)
    assert capsys.readouterr().out.splitlines() == [
        "a***@example.org with lantern would be erased, for good. With --apply it is done.",
        "a***@example.org with lantern is erased.",
        "e***@example.org with lantern is erased. A keyed hash stays, for the address is suppressed.",
        "Nothing is left of e***@example.org but a keyed hash, for the address is suppressed.",
    ]
    assert len(exported(lantern)) == 3
    readers.show(lantern.table, "emil@example.org", KEYS, reveal=False)
    assert "e***@example.org  nobody any more" in capsys.readouterr().out
    assert leaving.is_suppressed(lantern.table, "emil@example.org", KEYS)


def test_of_an_address_that_we_do_not_know_we_say_so(lantern: World) -> None:
    for ask in (readers.show, readers.erase):
        with pytest.raises(CliffhangerError, match="we hold nothing of that address"):
            ask(lantern.table, "nobody@example.org", KEYS, **{"reveal" if ask is readers.show else "apply": True})


@pytest.mark.parametrize("command", [["import", "x.csv"], ["import", "--series", "lantern"], ["show"], []])
def test_a_command_without_what_it_needs_is_refused(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main.main(["readers", *command])
    assert "required" in capsys.readouterr().err


class StackOfThisWorld:
    """What a stack gives to a command, of the world in memory."""

    def __init__(self, world: World) -> None:
        self.table = lambda: world.table
        self.keys = lambda: KEYS
        self.clock = lambda: world.clock


def test_the_command_line_does_all_of_it(
    lantern: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("console.stack.find", lambda _: StackOfThisWorld(lantern))
    file, out = str(IMPORTS / "ghost.csv"), str(tmp_path / "out.csv")
    assert main.main(["readers", "import", file, "--series", "lantern", "--start", "first"]) == 1
    assert "1  joins, and catches up" in capsys.readouterr().out
    assert exported(lantern) == []
    assert main.main(["readers", "import", file, "--series", "lantern", "--apply"]) == 1
    assert main.main(["readers", "export", "--series", "lantern", "--out", out]) == 0
    assert len(Path(out).read_text().splitlines()) == 4
    assert main.main(["readers", "erase", "ada@example.org", "--apply"]) == 0
    assert main.main(["readers", "show", "ada@example.org"]) == 1
    assert capsys.readouterr().err == "we hold nothing of that address\n"
    assert main.main(["readers", "import", str(tmp_path / "none.csv"), "--series", "lantern"]) == 1
    assert capsys.readouterr().err == "none.csv cannot be opened: No such file or directory\n"
