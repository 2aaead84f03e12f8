"""Who got how many copies, who got none and why: said from the post office's letters and the readers' own history.

It knows nothing of bookmarks, claims or walks. Of the service's own word it takes only what it is asked to check:
the records of misses and the counts of a send.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.faults.history import History, Membership
from benchmarks.faults.reasons import Records, told_of

from cliffhanger.clock import MINUTE, SECOND
from local.post_office.letter import Letter

LATEST_POST = 60 * SECOND
ON_THE_WAY = 30 * SECOND
"""A request may be under way for as long as the client waits; and clocks are wrong by a second."""

IN_THE_QUEUE = 31 * MINUTE
"""An event may lie in the feedback queue, hidden again and again behind workers that die, until it is laid aside."""


@dataclass(slots=True)
class Verdict:
    """`doubled_*` are copies beyond the first. `with_events`: an event of an earlier copy had come in time."""

    letters: int = 0
    lost: int = 0
    doubled_with_events: int = 0
    doubled_without_events: int = 0
    disorder: int = 0
    after_leaving: int = 0
    in_silence: int = 0
    missed: int = 0
    said: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        return not self.said


@dataclass(slots=True)
class Judge:
    """`heard` is when the first event of a letter came to the feedback queue (µs), by message id.

    `refused` are the addresses that SES never takes. `holds`: what is in doubt is held, so nothing may come twice.
    """

    history: History
    heard: Mapping[str, int]
    records: Records
    refused: frozenset[str] = frozenset()
    holds: frozenset[str] = frozenset()
    verdict: Verdict = field(default_factory=Verdict)

    def judge(self, letters: list[Letter]) -> Verdict:
        issues = [letter for letter in letters if letter.request.tags.get("kind") == "issue"]
        self.verdict.letters = len(issues)
        self._silence(issues)
        by_stay: dict[tuple[str, str, int], list[Letter]] = defaultdict(list)
        for letter in issues:
            tags = letter.request.tags
            by_stay[letter.reader, tags["series"], int(tags["epoch"])].append(letter)
        for stay in self.history.stays:
            self._stay(stay, by_stay.pop((stay.address, stay.series, stay.epoch), []))
        for (address, series, epoch), strays in by_stay.items():
            self._say(f"{address} was never on {series} in epoch {epoch}, and got {len(strays)} letters")
            self.verdict.after_leaving += len(strays)
        return self.verdict

    def _stay(self, stay: Membership, letters: list[Letter]) -> None:
        copies: dict[int, list[Letter]] = defaultdict(list)
        for letter in letters:
            copies[number_of(letter)].append(letter)
            if _ms(letter) > stay.left_at + LATEST_POST + ON_THE_WAY:
                self.verdict.after_leaving += 1
                self._say(f"{stay.address} left {stay.series} and got {number_of(letter)} afterwards")
        for position, same in copies.items():
            self._copies(stay, position, same)
        self._order(stay, copies)
        self._gaps(stay, set(copies))

    def _copies(self, stay: Membership, position: int, same: list[Letter]) -> None:
        for number, again in enumerate(same[1:], start=1):
            if self._forgotten(same[number - 1]):
                continue
            heard = [at // 1_000 for letter in same[:number] if (at := self.heard.get(letter.message_id)) is not None]
            if any(at + IN_THE_QUEUE < _ms(again) for at in heard):
                self.verdict.doubled_with_events += 1
                self._say(f"{stay.address} got {stay.series} {position} twice, though SES had told of the first")
            else:
                self.verdict.doubled_without_events += 1
            if stay.series in self.holds:
                self._say(f"{stay.address} got {stay.series} {position} twice, though doubtful letters are held")

    def _order(self, stay: Membership, copies: Mapping[int, list[Letter]]) -> None:
        first = sorted((_ms(same[0]), position) for position, same in copies.items() if not self._forgotten(same[0]))
        positions = [position for _, position in first]
        if positions != sorted(positions):
            self.verdict.disorder += 1
            self._say(f"{stay.address} got {stay.series} in the order {positions}")

    def _gaps(self, stay: Membership, got: set[int]) -> None:
        """A stay that lasts must have everything; one that ended, all up to its last letter."""
        lasts = stay.stays and stay.address not in self.history.suppressed
        low, high = stay.first
        if got and min(got) < low:
            self._say(f"{stay.address} got {stay.series} {min(got)}, which was out before he came")
        end = self.history.released[stay.series] if lasts else max(got, default=0)
        for position in range(high, end + 1):
            if position in got:
                continue
            if self._excused(stay, position):
                self.verdict.missed += 1
            else:
                self.verdict.lost += 1
                self._say(f"{stay.address} never got {stay.series} {position}")

    def _excused(self, stay: Membership, position: int) -> bool:
        record = told_of(stay, position, self.records)
        reason = record and record.reason
        if reason == "left":
            return not stay.stays or stay.address in self.history.suppressed
        if reason == "rejected":
            return stay.address in self.refused
        return reason == "held" and stay.series in self.holds

    def _silence(self, issues: list[Letter]) -> None:
        """After a restore nobody is mailed until an operator says so."""
        restore = self.history.restore
        for letter in issues if restore else ():
            if restore and restore.restored_at < _ms(letter) < restore.resumed_at:
                self.verdict.in_silence += 1
                self._say(f"{letter.reader} was mailed after a restore, before an operator said so")

    def _forgotten(self, letter: Letter) -> bool:
        restore = self.history.restore
        return restore is not None and restore.forgot(_ms(letter), letter.request.tags["claim"])

    def _say(self, sentence: str) -> None:
        self.verdict.said.append(sentence)


def number_of(letter: Letter) -> int:
    """The position, as the reader sees it: "Chapter 3" is the third."""
    return int(letter.subject.removeprefix("Chapter "))


def _ms(letter: Letter) -> int:
    return int(letter.at.timestamp() * 1_000)
