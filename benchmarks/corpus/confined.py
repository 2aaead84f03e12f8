"""A hostile file, read in a process of its own, and what it came to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus.cases import ROOT, Json
from benchmarks.corpus.harm import harm_in
from benchmarks.corpus.hostile.file import Asked, HostileFile

WALL = 20  # seconds for the reading, and as many for all that the process does
_ALLOWED = {
    Asked.REJECT: {"reject"},
    Asked.WARN: {"reject", "warn"},
    Asked.ACCEPT: {"accept", "warn"},
    Asked.EITHER: {"reject", "warn", "accept"},
}


@dataclass(frozen=True, slots=True)
class Ending:
    """`outcome` is reject, warn, accept, crash or timeout. `faults` says what is wrong; empty is right."""

    file: HostileFile
    outcome: str
    seconds: float
    peak: float
    message: str
    faults: tuple[str, ...]


def endings(files: Iterable[HostileFile], *, at_once: int = 2) -> Iterator[Ending]:
    with ThreadPoolExecutor(at_once) as pool:
        yield from pool.map(ending, files)


def ending(file: HostileFile) -> Ending:
    with tempfile.TemporaryDirectory(prefix="corpus-") as cell:
        Path(cell).chmod(0o500)
        told = _read_in(cell, file)
        written = [path.name for path in Path(cell).iterdir()]
    outcome = _outcome(told)
    faults = [*_faults(file, outcome, told), *(f"wrote {name}" for name in written)]
    message = str(told.get("error", ""))
    return Ending(file, outcome, told.get("seconds", WALL), told.get("peak", 0.0), message, tuple(faults))


def _read_in(cell: str, file: HostileFile) -> Json:
    # A name may be anything; a NUL cannot be passed on, and a long one is the system's own to refuse.
    command = [sys.executable, "-m", "benchmarks.corpus.child", file.name]
    paths = os.pathsep.join(str(path) for path in (ROOT, ROOT / "functions"))
    env = {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1", "HOME": cell, "TMPDIR": cell, "PATH": os.defpath}
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=cell,
        env=env,
        start_new_session=True,
    )
    try:
        out, err = child.communicate(file.make(), timeout=WALL)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.communicate()
        return {"failed": "timeout"}
    if child.returncode:
        last = err.decode(errors="replace").strip().rpartition("\n")[2]
        return {"failed": "crash", "error": f"exit {child.returncode}: {last}"}
    told: Json = json.loads(out)
    return told


def _outcome(told: Json) -> str:
    if "failed" in told:
        return str(told["failed"])
    if "error" in told:
        return "reject"
    return "warn" if told["document"]["warnings"] else "accept"


def _faults(file: HostileFile, outcome: str, told: Json) -> Iterator[str]:
    if outcome not in _ALLOWED[file.asked]:
        yield f"{file.asked} was asked"
    # A warning may name what was left out.
    warnings = "\n".join(told.get("document", {}).pop("warnings", ()))
    whole = _whole(told)
    yield from (f"{text!r} is missing" for text in file.has if text not in f"{whole}\n{warnings}")
    yield from (f"{text!r} is in it" for text in file.lacks if text in whole)
    yield from (f"tried {what}" for what in told.get("touched", ()))
    yield from harm_in(told)


def _whole(told: Json) -> str:
    """Everything that goes to readers, or the refusal."""
    document = json.dumps(told.get("document", {}), ensure_ascii=False)
    return "\n".join((document, *(str(told.get(key, "")) for key in ("error", "subject", "html", "text"))))
