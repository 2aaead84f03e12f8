"""The search itself, and a part of what `make faults` searches whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.faults.explorer import Choice, Player, explore, let_go, point
from benchmarks.faults.interleavings import PLOTS, Plot
from benchmarks.faults.search import search

MOST_STATES = 1_500
"""Of each plot, from all over it: a second."""


class Race:
    """Two players who each read a counter and write it back, raised by one: the textbook's lost update."""

    def __init__(self) -> None:
        self.counter = 0
        self.players = {name: Player(name, self._raise) for name in "AB"}
        for player in self.players.values():
            player.begin()

    def choices(self) -> list[Choice]:
        return [("step", player.name) for player in self.players.values() if player.is_ready]

    def do(self, choice: Choice) -> None:
        self.players[choice[1]].go_on("step")

    def digest(self) -> tuple[object, ...]:
        return self.counter, *(player.digest for player in self.players.values())

    def wrong(self) -> None: ...

    def end(self) -> str | None:
        return None if self.counter == 2 else f"the counter is {self.counter}"

    def close(self) -> None:
        let_go(list(self.players.values()))

    def _raise(self) -> None:
        seen = point("read", lambda: self.counter, TimeoutError)
        point("write", lambda: self._write(seen + 1), TimeoutError)

    def _write(self, value: int) -> None:
        self.counter = value


def test_the_search_finds_a_lost_update_and_the_way_to_it() -> None:
    found = explore(Race)
    assert found.complete
    assert {sentence for sentence, _ in found.wrong} == {"the counter is 1"}
    for _, path in found.wrong:
        race = Race()
        for choice in path:
            race.do(choice)
        assert race.end() == "the counter is 1"


class Echo:
    """One player makes another at his first step. They write down their names, two times each."""

    def __init__(self) -> None:
        self.said = ""
        self.players = {"A": Player("A", self._call)}
        self.players["A"].begin()

    def choices(self) -> list[Choice]:
        return [("step", player.name) for player in self.players.values() if player.is_ready]

    def do(self, choice: Choice) -> None:
        self.players[choice[1]].go_on("step")
        self.players["B"].begin()

    def digest(self) -> tuple[object, ...]:
        return self.said, *(player.digest for player in self.players.values())

    def wrong(self) -> None: ...

    def end(self) -> str | None:
        return self.said

    def close(self) -> None:
        let_go(list(self.players.values()))

    def _call(self) -> None:
        point("make", self._make, TimeoutError)
        self._say("a")

    def _make(self) -> None:
        self.players["B"] = Player("B", lambda: self._say("b"))

    def _say(self, name: str) -> None:
        for _ in range(2):
            point("say", lambda: self._write(name), TimeoutError)

    def _write(self, name: str) -> None:
        self.said += name


def test_a_player_whom_another_has_made_moves_apart_from_him() -> None:
    said = {sentence for sentence, _ in explore(Echo).wrong}
    assert said == {"aabb", "abab", "abba", "baab", "baba", "bbaa"}


class Detour:
    """Two ways to one state, and one of them leads over what must never be."""

    def __init__(self) -> None:
        self.at = "begin"
        self.fell = False

    def choices(self) -> list[Choice]:
        ways = {"begin": ["path", "cliff"], "path": ["end"], "cliff": ["end"]}
        return [(way, "") for way in ways.get(self.at, [])]

    def do(self, choice: Choice) -> None:
        self.fell = (self.at, choice[0]) == ("cliff", "end")
        self.at = choice[0]

    def digest(self) -> str:
        return self.at

    def wrong(self) -> str | None:
        return "fell" if self.fell else None

    def end(self) -> None: ...

    def close(self) -> None: ...


def test_what_is_wrong_on_one_of_two_ways_to_a_state_is_seen() -> None:
    assert explore(Detour).wrong == [("fell", (("cliff", ""), ("end", "")))]


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_no_letter_is_lost_or_doubled_in_some_states_of(plot: Plot) -> None:
    found = search(plot, most_states=MOST_STATES)
    assert found.schedules > 10
    assert not found.wrong


def test_a_crash_anywhere_in_every_interleaving_for_a_reader_who_catches_up() -> None:
    plot = next(plot for plot in PLOTS if plot.catches_up)
    found = search(replace(plot, hints=("due", "due"), faults=("crash",)), most_states=4_000)
    assert not found.wrong
