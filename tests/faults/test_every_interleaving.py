"""The search itself, and a part of what `make faults` searches whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from benchmarks.faults.explorer import Choice, Player, explore, let_go, point
from benchmarks.faults.interleavings import PLOTS, Plot
from benchmarks.faults.search import search

MOST_STATES = 1_500
"""Of each plot, depth first: a few seconds."""


class Race:
    """Two players who each read a counter and write it back, raised by one: the textbook's lost update."""

    def __init__(self) -> None:
        self.counter = 0
        self.players = {name: Player(name, self._raise) for name in "AB"}

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


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.name)
def test_no_letter_is_lost_or_doubled_in_the_first_states_of(plot: Plot) -> None:
    found = search(plot, most_states=MOST_STATES)
    assert found.schedules > 10
    assert not found.wrong


def test_a_crash_anywhere_in_every_interleaving_for_a_reader_who_catches_up() -> None:
    plot = next(plot for plot in PLOTS if plot.catches_up)
    found = search(replace(plot, hints=("due", "due"), faults=("crash",)), most_states=4_000)
    assert not found.wrong
