"""`python -m benchmarks.faults`: a send cut at every step, every interleaving for one reader, and random runs.

The last line is RESULT. `--seed N` runs one seed alone, `--cut N KIND` one cut, and tells what the judge says.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from benchmarks.faults import cuts, seeds, tables
from benchmarks.faults.explorer import Found
from benchmarks.faults.interleavings import PLOTS
from benchmarks.faults.search import search_of

ROOT = Path(__file__).parents[2]
RESULT = ROOT / ".bench" / "faults.json"
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- begin: make faults -->", "<!-- end: make faults -->"
MOST_SHOWN = 20


def main() -> int:
    """0 if nothing was lost, doubled against evidence, out of order or wrongly counted."""
    asked = _arguments()
    if asked.seed is not None:
        return _told(seeds.run(asked.seed).said)
    if asked.cut:
        at, kind = asked.cut
        return _told(list(cuts.cut(asked.readers, int(at), kind).said))
    began = time.monotonic()
    print(f"Python {sys.version.split()[0]}, {datetime.now(UTC):%Y-%m-%d}, {asked.jobs} processes")
    with multiprocessing.get_context("spawn").Pool(asked.jobs) as pool:
        run = partial(pool.imap_unordered, chunksize=1)
        searches = run(partial(search_of, most_states=asked.states), PLOTS)
        sends = run(partial(cuts.cut_at, asked.readers), _all_cuts(asked.readers))
        worlds = run(seeds.run, range(asked.seeds))  # all are begun at once: no processor waits for the longest search
        found = dict(map(_tell, searches))
        recoveries = sorted(sends, key=_place)
        outcomes = sorted(worlds, key=lambda outcome: outcome.seed)
    found = {plot.name: found[plot.name] for plot in PLOTS}
    page = _page(asked, recoveries, found, outcomes)
    print("\n" + page)
    wrong = _failures(recoveries, found, outcomes, asked.readers)
    result = tables.result(recoveries, found, outcomes) | {"seconds": round(time.monotonic() - began)}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result | {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}"}, indent=1) + "\n")
    if asked.write:
        _write(page)
    print("RESULT " + json.dumps(result))
    return int(wrong > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--seeds", type=int, default=3_000, help="random runs (%(default)s)")
    parser.add_argument("--readers", type=int, default=200, help="readers of the send that is cut (%(default)s)")
    parser.add_argument("--states", type=int, help="states of each interleaving at most (all)")
    parser.add_argument("--jobs", type=int, default=multiprocessing.cpu_count(), help="processes (%(default)s)")
    parser.add_argument("--seed", type=int, help="run this seed alone")
    parser.add_argument("--cut", nargs=2, metavar=("STEP", "KIND"), help="make this cut alone")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/reliability.md")
    asked = parser.parse_args()
    if asked.cut and not (asked.cut[0].isdigit() and asked.cut[1] in cuts.KINDS):
        parser.error(f"--cut wants the number of a step and one of: {', '.join(map(repr, cuts.KINDS))}")
    return asked


def _tell(search: tuple[str, Found]) -> tuple[str, Found]:
    """A whole search takes long: a line for each."""
    name, found = search
    print(f"searched: {name}, {found.states} states, {len(found.wrong)} wrong", flush=True)
    return search


def _all_cuts(readers: int) -> list[tuple[int, str]]:
    return [(at, kind) for at in range(cuts.steps(readers)) for kind in cuts.KINDS]


def _place(recovery: cuts.Recovery) -> tuple[int, str]:
    return recovery.at, recovery.kind


def _page(
    asked: argparse.Namespace,
    recoveries: list[cuts.Recovery],
    found: dict[str, Found],
    outcomes: list[seeds.Outcome],
) -> str:
    command = " ".join(("python -m benchmarks.faults", *sys.argv[1:]))
    title = f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}."
    parts = [
        title,
        f"**A send to {asked.readers} readers, cut at every call** (seconds: least / median / most)",
        tables.of_cuts(recoveries),
        "**Every interleaving of two workers, two releases and one fault, for one reader**",
        tables.of_interleavings(found),
        "**Random runs**",
        tables.of_seeds(outcomes),
        tables.of_faults(outcomes),
    ]
    return "\n\n".join(parts) + "\n"


def _failures(
    recoveries: list[cuts.Recovery], found: dict[str, Found], outcomes: list[seeds.Outcome], readers: int
) -> int:
    """Print each failure with the way to see it alone; how many there are."""
    said = [
        *(f"--readers {readers} --cut {r.at} '{r.kind}' ({r.call}): {'; '.join(r.said)}" for r in recoveries if r.said),
        *(f"{name}: {sentence}: {_path(path)}" for name, one in found.items() for sentence, path in one.wrong),
        *(f"--seed {outcome.seed}: {'; '.join(outcome.said)}" for outcome in outcomes if outcome.said),
    ]
    for sentence in said[:MOST_SHOWN]:
        print(f"FAILED {sentence[:600]}")
    if len(said) > MOST_SHOWN:
        print(f"and {len(said) - MOST_SHOWN} more")
    return len(said)


def _path(path: tuple[tuple[str, str], ...]) -> str:
    return " ".join(f"{what}:{who}" for what, who in path)


def _told(said: list[str]) -> int:
    print("\n".join(said) or "everything is right")
    return int(bool(said))


def _write(page: str) -> None:
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{page}\n{END}{after}")


if __name__ == "__main__":
    sys.exit(main())
