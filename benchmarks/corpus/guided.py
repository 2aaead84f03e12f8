"""The same target under coverage guidance, by libFuzzer. Needs `pip install atheris`, which is no dependency of ours.

`python -m benchmarks.corpus.guided -max_total_time=300 -max_len=8000 FOLDER` (libFuzzer's own flags). FOLDER keeps the
inputs that reach new code; where it is empty, the corpus is put there. The first byte of an input chooses its suffix.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["cliffhanger", "markdown"]):
    from benchmarks.corpus.fuzz import SUFFIXES, seed_inputs, target

_MAX_SEED = 8_000


def one_input(data: bytes) -> None:
    if data:
        target(f"fuzz{SUFFIXES[data[0] % len(SUFFIXES)]}", data[1:])


def fill(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    seeds = [(suffix, data) for suffix, data in seed_inputs() if suffix in SUFFIXES and len(data) < _MAX_SEED]
    for at, (suffix, data) in enumerate(seeds):
        (folder / f"seed{at}").write_bytes(bytes([SUFFIXES.index(suffix)]) + data)


if __name__ == "__main__":
    folder = Path(sys.argv[-1])
    if not any(folder.glob("*")):
        fill(folder)
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
