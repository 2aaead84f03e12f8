"""`make story`: who got what, each day. The last line is RESULT; the exit code is 1 unless all was as it should be."""

from __future__ import annotations

import sys

from tests.story.company import Company
from tests.story.telling import judge, tell


def main() -> int:
    company = Company()
    for line in tell(company):
        _say(line)
    verdict = judge(company)
    _say(str(verdict))
    return 1 if verdict.doubled or verdict.out_of_order or verdict.missing else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
