"""The files of the corpus: a folder each, with the manuscript and what must come out of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import as_document
from cliffhanger.manuscripts.read import read

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
OURS = ROOT / "tests" / "corpus"
SAMPLES = ROOT.parent / "shared" / "samples" / "cases"


@dataclass(frozen=True, slots=True)
class Case:
    """One manuscript. `expected` is its expected.json, which tests/corpus/README.md describes."""

    path: Path
    expected: Json

    @property
    def name(self) -> str:
        return f"{self.path.parent.parent.name}/{self.path.parent.name}"

    @property
    def format(self) -> str:
        return self.path.suffix.removeprefix(".")

    def understood(self) -> Json:
        """The document that `cliffhanger read --json` prints; a refusal is {"error": …}."""
        try:
            return as_document(read(self.expected.get("filename", self.path.name), self.path.read_bytes()))
        except Refusal as refusal:
            return {"error": refusal.message}


def our_cases() -> Iterator[Case]:
    """The fixtures of this repository."""
    return _cases(OURS, "*/*/expected.json")


def shared_cases() -> Iterator[Case]:
    """The samples beside the repository, where they stand."""
    return _cases(SAMPLES, "*/expected.json")


def _cases(folder: Path, pattern: str) -> Iterator[Case]:
    for expected in sorted(folder.glob(pattern)):
        (manuscript,) = expected.parent.glob("input.*")
        yield Case(manuscript, json.loads(expected.read_text(encoding="utf-8")))
