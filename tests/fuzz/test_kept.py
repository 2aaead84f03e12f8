"""Files that once broke a reader: each is a sound chapter now, or one sentence."""

from pathlib import Path

import pytest
from benchmarks.corpus.fuzz import KEPT, target

FOUND = sorted(KEPT.glob("*.*"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_a_file_that_once_broke_a_reader_is_a_chapter_or_a_refusal(path: Path) -> None:
    assert target(path.name, path.read_bytes())[0] in {"chapter", "refusal"}
