"""`python -m benchmarks.judge`: every judge over mails, pages, feeds and books; installs what it needs.

The last line is RESULT. `--only NAME` asks one judge alone, `--write` puts the tables into docs/judges.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from benchmarks.judge import axe, books, clients, feeds, making, markup, sixty, sizes, spam
from benchmarks.judge.subjects import ROOT, Subjects, lay
from benchmarks.judge.verdict import Verdict

from tools.judges import install

RESULT = ROOT / ".bench" / "judge.json"
PAGE = ROOT / "docs" / "judges.md"
BEGIN, END = "<!-- begin: make judge -->", "<!-- end: make judge -->"
MOST_SHOWN = 40
JUDGES: Mapping[str, Callable[[Subjects], Verdict]] = {
    "html": lambda subjects: markup.judge(subjects.mails, subjects.pages | subjects.styles),
    "clients": lambda subjects: clients.judge(subjects.html()),
    "axe": lambda subjects: axe.judge(subjects.mails, subjects.pages, site=subjects.site, url=subjects.site_url),
    "spam": lambda subjects: spam.judge(subjects.letters),
    "sizes": lambda subjects: sizes.judge(subjects.told.mails),
    "books": lambda subjects: books.judge(_of_sixty(".epub") | subjects.archived(".epub")),
    "feeds": lambda subjects: feeds.judge(_of_sixty("feed.xml") | subjects.archived("feed.xml")),
    "making": lambda _: making.judge(),
}


def main() -> int:
    """0 if nothing is wrong."""
    asked = _arguments()
    if missing := install():
        print(f"Missing, and could not be installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    subjects = lay()
    verdicts = []
    for name in asked.only or JUDGES:
        verdict = JUDGES[name](subjects)
        print(f"\n## {verdict.title}\n\n{verdict.report}", flush=True)
        verdicts.append(verdict)
    for verdict in verdicts:
        _complain(verdict)
    if asked.write:
        _write(verdicts)
    result = {name: number for verdict in verdicts for name, number in verdict.numbers.items()}
    _keep(result, verdicts)
    seconds = round(time.monotonic() - began)
    print(f"\n{seconds} seconds\nRESULT " + json.dumps(result))
    return int(any(verdict.said for verdict in verdicts))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=__doc__)
    parser.add_argument("--only", action="append", choices=JUDGES, help="ask this judge alone (may be repeated)")
    parser.add_argument("--write", action="store_true", help="write the tables into docs/judges.md")
    return parser.parse_args()


def _of_sixty(ending: str) -> dict[str, bytes]:
    world = sixty.tell()
    return {
        f"{sixty.CHAPTERS} chapters: {path}": data
        for path, data in world.archive.objects.items()
        if path.endswith(ending)
    }


def _complain(verdict: Verdict) -> None:
    for sentence in verdict.said[:MOST_SHOWN]:
        print(f"FAILED {verdict.title}: {sentence[:300]}")
    if len(verdict.said) > MOST_SHOWN:
        print(f"and {len(verdict.said) - MOST_SHOWN} more")


def _keep(result: dict[str, float], verdicts: list[Verdict]) -> None:
    said = {verdict.title: verdict.said for verdict in verdicts if verdict.said}
    RESULT.parent.mkdir(exist_ok=True)
    kept = result | {"said": said, "at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}"}
    RESULT.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n")


def _write(verdicts: list[Verdict]) -> None:
    command = " ".join(("python -m benchmarks.judge", *sys.argv[1:]))
    title = f"`{command}`, {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}."
    page = "\n\n".join([title, *(f"### {verdict.title}\n\n{verdict.report}" for verdict in verdicts)])
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{page}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
