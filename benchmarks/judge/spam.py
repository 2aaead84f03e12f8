"""SpamAssassin with Debian's rules over whole letters, as a receiver's server has them.

`-L`: nothing is asked of the network. So the rules of blocklists (DNSBL, URIBL), of SPF, DKIM and DMARC, of Razor,
Pyzor and DCC say nothing, and the classifier has learnt nothing; they judge senders and domains, not what we write.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path

from benchmarks.judge.subjects import NOON
from benchmarks.judge.verdict import Verdict, listing

MOST = 1.0
SECONDS = 120
RECEIVED = (
    "Return-Path: <010001a319380a00-000000@bounces.stories.example.org>\r\n"
    "Received: from a8-31.smtp-out.amazonses.com (a8-31.smtp-out.amazonses.com [54.240.8.31])\r\n"
    "\tby mx.example.org (Postfix) with ESMTPS id 4XyZ0k5m7Nz\r\n"
    f"\tfor <ada@example.org>; {format_datetime(NOON)}\r\n"
)
"""What the server that gets a letter from SES writes above it. There is no DKIM signature: nobody could check it."""

HIT = re.compile(r"^ ?(-?\d+\.\d) ([A-Z0-9_]+) +(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Hit:
    rule: str
    points: float
    about: str


def judge(letters: Mapping[str, Path]) -> Verdict:
    """.eml files by kind."""
    hits = {kind: list(_hits(path)) for kind, path in letters.items()}
    scores = {kind: round(sum(hit.points for hit in found), 1) for kind, found in hits.items()}
    of_rules: dict[Hit, list[str]] = {}
    for kind, found in hits.items():
        for hit in found:
            of_rules.setdefault(hit, []).append(kind)
    rows = ((hit.rule, hit.points, hit.about, _where(kinds, hits)) for hit, kinds in of_rules.items())
    worst = max(scores, key=lambda kind: scores[kind])
    report = [
        f"{len(letters)} letters, the worst ({worst}) with {scores[worst]} points of {MOST}. Every rule that hit:",
        listing(("rule", "points", "what it says", "in"), sorted(rows)),
    ]
    said = tuple(f"{kind} has {score} points, more than {MOST}" for kind, score in scores.items() if score > MOST)
    return Verdict("SpamAssassin", "\n\n".join(report), {"spamassassin": scores[worst]}, said)


def _hits(letter: Path) -> Iterator[Hit]:
    with tempfile.TemporaryDirectory() as home:
        ended = subprocess.run(
            ["spamassassin", "--local", "--test-mode", "--cf=use_bayes 0"],
            input=RECEIVED.encode() + letter.read_bytes(),
            env={**os.environ, "HOME": home, "LC_ALL": "C"},
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
    _, told, analysis = ended.stdout.decode(errors="replace").partition("Content analysis details:")
    assert told, ended.stderr.decode(errors="replace")
    for points, rule, about in HIT.findall(analysis):
        yield Hit(rule, float(points), about.removeprefix("BODY: ").strip())


def _where(kinds: list[str], every: Mapping[str, object]) -> str:
    return "all" if len(kinds) == len(every) else ", ".join(kinds)
