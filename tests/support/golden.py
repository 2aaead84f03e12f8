"""Golden files: whole mails and pages, compared with what a person once looked at and found right.

Where they differ, the new text is left beside as `<name>.actual` (git-ignored). `GOLDEN=write pytest …` takes
the new ones over; look at the diff before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "golden"


def assert_golden(actual: str, name: str) -> None:
    golden = FOLDER / name
    left_behind = FOLDER / f"{name}.actual"
    if os.environ.get("GOLDEN") == "write":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(actual, encoding="utf-8", newline="")
    expected = golden.read_bytes().decode() if golden.exists() else None
    if actual != expected:
        left_behind.parent.mkdir(parents=True, exist_ok=True)
        left_behind.write_text(actual, encoding="utf-8", newline="")
        raise AssertionError(f"{name} has changed: compare it with {left_behind.name} in tests/golden")
    left_behind.unlink(missing_ok=True)
