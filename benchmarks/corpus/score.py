"""The score table: fields right of fields asked, per format, and each field that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.corpus.cases import Case
from benchmarks.corpus.judge import Verdict, judge

_SHOWN = 200


@dataclass(slots=True)
class Score:
    """`wrong` holds the case's name with each wrong field."""

    files: int = 0
    fields: int = 0
    right: int = 0
    wrong: list[tuple[str, Verdict]] = field(default_factory=list)

    def add(self, case: Case) -> None:
        self.files += 1
        for verdict in judge(case.understood(), case.expected):
            self.fields += 1
            self.right += verdict.right
            if not verdict.right:
                self.wrong.append((case.name, verdict))


def score(cases: Iterable[Case]) -> dict[str, Score]:
    """Per format, in the order of the formats' names, and "all" at the end."""
    scores: dict[str, Score] = {}
    total = Score()
    for case in cases:
        for one in (scores.setdefault(case.format, Score()), total):
            one.add(case)
    return dict(sorted(scores.items())) | {"all": total}


def print_scores(scores: dict[str, Score]) -> None:
    print(f"{'format':<8}{'files':>7}{'fields':>8}{'right':>8}")
    for name, one in scores.items():
        print(f"{name:<8}{one.files:>7}{one.fields:>8}{one.right:>8}")
    for name, verdict in scores["all"].wrong:
        print(f"wrong: {name}: {verdict.field}\n  wanted {verdict.wanted!r}\n  got    {_short(verdict.got)}")


def _short(got: object) -> str:
    shown = repr(got)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN // 2]} … {shown[-_SHOWN // 2 :]}"
