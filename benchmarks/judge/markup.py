"""The W3C's Nu validator over mails, pages and style sheets. It does not see what stands in comments for Outlook."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.judge.verdict import Verdict, listing, table

from tools.judges import HOME

JAR = HOME / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
SECONDS = 300
ALLOWED_IN_MAILS = {
    r"CSS: “mso-[a-z-]+”: Property “mso-[a-z-]+” doesn't exist\.": "Word's own properties: to others they are nothing",
}
"""Errors that a mail for Outlook must have, and why. Of pages there are none."""


@dataclass(frozen=True, slots=True)
class Complaint:
    kind: str
    """error or warning"""
    file: str
    line: int
    message: str


def judge(mails: Mapping[str, Path], pages: Mapping[str, Path]) -> Verdict:
    """Files by what they are called; style sheets are among the pages."""
    names = {path.resolve(): name for name, path in (*mails.items(), *pages.items())}
    complaints = validate(list(names))
    of_mails = {str(path.resolve()) for path in mails.values()}
    errors = [one for one in complaints if one.kind == "error"]
    wrong = [one for one in errors if not (one.file in of_mails and allowed(one.message))]
    warnings = Counter(one.message for one in complaints if one.kind == "warning")
    filtered = Counter(why for one in errors if one not in wrong and (why := allowed(one.message)))
    report = [
        table(
            ("", "documents", "errors"),
            (
                ("mails", len(mails), sum(one.file in of_mails for one in wrong)),
                ("pages and style sheets", len(pages), sum(one.file not in of_mails for one in wrong)),
            ),
        ),
        "Errors that are none in a mail: " + (_told(filtered) or "there are none") + ".",
        listing(("warnings", "times"), warnings.most_common()),
    ]
    said = tuple(f"{names[Path(one.file)]}, line {one.line}: {one.message}" for one in wrong)
    return Verdict("HTML", "\n\n".join(report), {"html_errors": len(wrong)}, said)


def validate(paths: Sequence[Path]) -> list[Complaint]:
    """One run of the validator over files of HTML."""
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--also-check-css", *map(str, paths)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    messages = json.loads(ended.stderr)["messages"]
    if fatal := [message for message in messages if message["type"] == "non-document-error"]:
        raise RuntimeError(f"the validator could not read: {fatal[0]}")
    return [
        Complaint(
            kind="error" if message["type"] == "error" else "warning",
            file=message["url"].removeprefix("file:"),
            line=message.get("lastLine", 0),
            message=message["message"],
        )
        for message in messages
    ]


def allowed(message: str) -> str | None:
    """Why this is no error in a mail; None if it is one."""
    return next((why for pattern, why in ALLOWED_IN_MAILS.items() if re.fullmatch(pattern, message)), None)


def _told(counts: Counter[str]) -> str:
    return "; ".join(f"{why} ({times} times)" for why, times in counts.items())
