"""`python -m benchmarks.simulate.peak`: how much memory a worker takes, for each send kept, put in place of what was.

The deliver function walks a shard in a process of its own, with the threads of the send's size, as fast as it can so
that all are at work. AWS is a sink on the loopback (benchmarks/delivery/sink.py), in another process: each thread has
its own connections over TLS, and an answer takes as long as in the simulation.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.delivery import ours, scene
from benchmarks.delivery.contender import call
from benchmarks.delivery.processes import processes
from benchmarks.simulate import certificate
from benchmarks.simulate.report import KEPT
from benchmarks.simulate.send import sized_for
from benchmarks.stage.wires import LATENCY

from cliffhanger import keys
from cliffhanger.settings import Settings

SHARD = scene.SHARDS[0]
FUNCTION = str(Path(ours.__file__).with_name("first_call.py"))
WAITING = {"ses": LATENCY["ses.send"] / 1e6, "store": LATENCY["table.update"] / 1e6}


def measured(readers: int, settings: Settings) -> float:
    """MiB at most, of a worker so set that walks one of the shards of a series with so many readers."""
    of_a_shard = max(readers // len(keys.SHARDS), 1)
    with processes() as start, tempfile.TemporaryDirectory() as folder:
        shown, trusted = certificate.make(Path(folder))
        http, _, https = start("-m", "benchmarks.delivery.sink", str(shown)).line().split()
        sink = f"http://127.0.0.1:{http}"
        call(f"{sink}/-/load", scene.document(of_a_shard, shards=(SHARD,), **WAITING))
        worker = start(FUNCTION, "deliver", environment=_environment(https, trusted, settings))
        worker.ask(ours.event({"series": scene.SERIES.slug, "walk": [SHARD]}))
        if (came := call(f"{sink}/-/letters")) != of_a_shard:
            sys.exit(f"{came} of {of_a_shard} letters came")
        return round(_peak(worker.pid), 1)


def renew(kept: Path = KEPT, measure: Callable[[int, Settings], float] = measured) -> None:
    """Of each send there; the rest of what it found stays."""
    known = json.loads(kept.read_text())
    for send in known.values():
        settings = sized_for(send["rate"]).settings
        send["worker_peak_mib"] = measure(send["readers"], settings)
        size = f"{send['readers']:,} at {send['rate']:,}, {settings.threads} threads"
        print(f"{size}: {send['worker_peak_mib']} MiB", flush=True)
    kept.write_text(json.dumps(known, indent=1) + "\n")


def _environment(port: str, trusted: Path, settings: Settings) -> dict[str, str]:
    return scene.environment_of(f"https://127.0.0.1:{port}") | {
        "AWS_CA_BUNDLE": str(trusted),
        "WORKERS": str(settings.workers),
        "THREADS": str(settings.threads),
        "DELIVER_MEMORY": str(settings.memory),
    }


def _peak(process: int) -> float:
    """MiB. `getrusage` would tell the peak of the parent from before the exec."""
    found = re.search(r"^VmHWM:\s+(\d+) kB$", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
    assert found
    return int(found[1]) / 1024


if __name__ == "__main__":
    renew()
