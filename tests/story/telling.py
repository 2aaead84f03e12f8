"""The story day by day as a table, and the judge over it, who knows the readers' mail and the positions, no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from tests.story.company import SLUG, Company
from tests.story.plot import FIRST_DAY, LAST_DAY, READERS, plot

from cliffhanger import positions
from cliffhanger.positions import Position
from local.post_office.letter import Letter

WIDTH = 9
AT_TEN = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """`doubled`: positions that somebody got twice in one stay; `out_of_order`: before an earlier one; `missing`: that
    somebody who had later ones, or was still there at the end, never got."""

    days: int
    readers: int
    letters: int
    doubled: int
    out_of_order: int
    missing: int

    def __str__(self) -> str:
        counts = (f"{name}={getattr(self, name)}" for name in self.__slots__)
        return f"RESULT {' '.join(counts)}"


def tell(company: Company) -> Iterator[str]:
    """The table, a line for each day on which a reader got something, with what people did that day below."""
    scenes = plot()
    yield "".join([f"{FIRST_DAY.year:<10}", *(f"{name:>{WIDTH}}" for name in READERS)])
    for number in range((LAST_DAY - FIRST_DAY).days):
        day = FIRST_DAY + timedelta(days=number)
        for hour in range(24):
            if hour == AT_TEN:
                for _, act in scenes[day]:
                    act(company)
            company.pass_hour()
        if line := _line(company, day):
            yield line
        for said, _ in scenes[day]:
            if said:
                yield f"{day:%a %d %b}    · {said}"


def _line(company: Company, day: date) -> str:
    got: dict[str, list[str]] = defaultdict(list)
    names = {position.number: _name(position) for position in positions.every_position(company.table, SLUG)}
    for letter in company.letters_of(day):
        got[_reader(letter)].append("+".join(names[number] for number in held(letter)))
    cells = (f"{','.join(got[name]):>{WIDTH}}" for name in READERS)
    return f"{day:%a %d %b}{''.join(cells)}".rstrip() if got else ""


def _name(position: Position) -> str:
    if position.kind != "chapter":
        return {positions.NOTICE: "note", positions.CLOSING: "end"}[position.kind]
    return position.chapter.removeprefix("chapter-")


def held(letter: Letter) -> list[int]:
    """The positions in a letter, by its tags."""
    tags = letter.request.tags
    return [*map(int, filter(None, tags.get("before", "").split("_"))), int(tags["position"])]


def _reader(letter: Letter) -> str:
    return letter.reader.partition("@")[0].capitalize()


def judge(company: Company) -> Verdict:
    stays: dict[tuple[str, int], list[int]] = defaultdict(list)
    issues = [letter for letter in company.office.letters if "epoch" in letter.request.tags]
    for letter in issues:
        stays[_reader(letter), int(letter.request.tags["epoch"])] += held(letter)
    last = {name: max(epoch for who, epoch in stays if who == name) for name in READERS}
    every = list(positions.every_position(company.table, SLUG))
    return Verdict(
        days=(LAST_DAY - FIRST_DAY).days,
        readers=len({name for name, _ in stays}),
        letters=len(issues),
        doubled=sum(len(got) - len(set(got)) for got in stays.values()),
        out_of_order=sum(later < earlier for got in stays.values() for earlier, later in pairwise(got)),
        missing=sum(_missing(got, every, to_the_end=last[name] == epoch) for (name, epoch), got in stays.items()),
    )


def _missing(got: list[int], every: list[Position], *, to_the_end: bool) -> int:
    """From the first of a stay on; a notice may be passed over, and what was withdrawn too."""
    end = every[-1].number if to_the_end else max(got)
    due = (p.number for p in every if got[0] <= p.number <= end and not p.withdrawn)
    return sum(number not in got for number in due if every[number - 1].kind != positions.NOTICE)
