"""A mutating fuzzer over the readers: `python -m benchmarks.corpus.fuzz --seconds 60 --seed 1`.

It starts from every manuscript of the corpus. An input that comes to an end not seen before (another refusal, other
kinds of blocks, other warnings) joins the seeds. Anything but a sound chapter or a Refusal is kept under
tests/corpus/hostile, where a test reads it ever after.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import resource
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from benchmarks.corpus.cases import OURS, SAMPLES, Json
from benchmarks.corpus.child import MEMORY
from benchmarks.corpus.harm import harm_in
from benchmarks.corpus.hostile import ALL
from benchmarks.corpus.mutations import mutated

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import as_document
from cliffhanger.manuscripts.read import read, read_all

KEPT = OURS / "hostile"
LONGEST = 20  # seconds of one execution
_MAX_SEED = 20_000
SUFFIXES = ("", ".txt", ".md", ".html", ".docx", ".odt", ".rtf", ".zip")
Ending = tuple[str, ...]


@dataclass(slots=True)
class Log:
    ends: Counter[str] = field(default_factory=Counter)
    crashes: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_of: str = ""


def target(filename: str, data: bytes) -> Ending:
    """What reading came to, without the particulars. Raises whatever a reader should not."""
    try:
        documents = [as_document(chapter) for chapter in (read(filename, data), *read_all(filename, data))]
    except Refusal as refusal:
        return ("refusal", _general(refusal.message))
    for document in documents:
        for harm in harm_in({"document": document}):
            raise AssertionError(harm)
    whole: Json = documents[0]
    given = sorted(key for key, value in whole.items() if value)
    types = sorted({block["type"] for block in whole["blocks"]})
    return ("chapter", str(len(documents)), *given, *types, *sorted(set(map(_general, whole["warnings"]))))


def _general(sentence: str) -> str:
    return re.sub(r"\d+|“.*?”", "", sentence)


def fuzz(seconds: float, seed: int, keep: Path) -> Log:
    random, log = Random(seed), Log()
    seeds = seed_inputs()
    seen: set[Ending] = set()
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        suffix, data = random.choice(seeds)
        changed = mutated(data, random.choice(seeds)[1], random)
        name = f"fuzz{random.choice(SUFFIXES) if random.random() < 0.2 else suffix}"
        end = _execute(name, changed, log, keep)
        if end and end not in seen and len(changed) < 2 * _MAX_SEED:
            seen.add(end)
            seeds.append((suffix, changed))
    return log


def seed_inputs() -> list[tuple[str, bytes]]:
    """Suffix and bytes of every manuscript at hand, and of the small hostile ones."""
    paths = sorted([*OURS.glob("*/*/input.*"), *SAMPLES.glob("*/input.*"), *KEPT.glob("*.*")])
    found = [(path.suffix, path.read_bytes()) for path in paths]
    made = ((Path(file.name[-60:]).suffix, file.make()) for file in ALL if "bomb" not in file.name)
    return [(suffix, data) for suffix, data in (*found, *made) if len(data) < _MAX_SEED]


def _execute(name: str, data: bytes, log: Log, keep: Path) -> Ending | None:
    started = time.process_time()
    signal.alarm(LONGEST)
    try:
        end = target(name, data)
    except Exception as error:
        end = None
        log.ends["crash"] += 1
        log.crashes.append(_kept(name, data, error, keep))
    finally:
        signal.alarm(0)
    took = time.process_time() - started
    if end:
        log.ends[end[0]] += 1
    if took > log.slowest:
        log.slowest, log.slowest_of = took, f"{name}, {len(data):,} bytes"
    return end


def _kept(name: str, data: bytes, error: Exception, keep: Path) -> str:
    keep.mkdir(parents=True, exist_ok=True)
    path = keep / f"{hashlib.sha256(data).hexdigest()[:10]}{Path(name).suffix or '.bin'}"
    path.write_bytes(data)
    return f"{path.name}: {type(error).__name__}: {str(error)[:200]}"


def _too_slow(_signum: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"more than {LONGEST} seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=KEPT, help="where inputs that crash are kept")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, _too_slow)
    log = fuzz(chosen.seconds, chosen.seed, chosen.keep)
    for crash in log.crashes:
        print(f"CRASH {crash}")
    print(
        f"seed {chosen.seed}, {chosen.seconds:g} s: executions={log.ends.total()} chapters={log.ends['chapter']} "
        f"refusals={log.ends['refusal']} crashes={len(log.crashes)} slowest={log.slowest:.2f} s ({log.slowest_of})"
    )
    return int(bool(log.crashes))


if __name__ == "__main__":
    sys.exit(main())
