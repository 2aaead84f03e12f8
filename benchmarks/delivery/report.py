"""What a part of the benchmark found: printed, and kept beside as JSON."""

from __future__ import annotations

import json
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import botocore
from benchmarks.delivery.ratios import Spread
from benchmarks.delivery.scene import ROOT

RESULT = ROOT / "benchmarks" / "delivery" / "result.json"


@dataclass(frozen=True, slots=True)
class Part:
    """`found`: ratios, ours divided by theirs, and rates."""

    title: str
    table: str
    found: dict[str, Spread]


def run(*parts: Callable[[], Part], kept: Path = RESULT) -> None:
    """Measure each part and print its table as soon as it is there; the last line is RESULT with the medians."""
    print(f"{machine()}, {datetime.now(UTC):%Y-%m-%d}")
    found: dict[str, Spread] = {}
    for measure in parts:
        part = measure()
        print(f"\n{part.title}\n\n{part.table}", flush=True)
        found |= part.found
    keep(found, kept)
    print("\nRESULT " + json.dumps({name: spread.middle for name, spread in found.items()}))


def machine() -> str:
    return f"Python {platform.python_version()}, botocore {botocore.__version__}, {platform.machine()}"


def keep(found: dict[str, Spread], kept: Path) -> None:
    """As JSON, beside what other parts have kept before."""
    known: dict[str, Any] = json.loads(kept.read_text()) if kept.exists() else {}
    circumstances = {"at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}", "machine": machine()}
    known |= {name: asdict(spread) | circumstances for name, spread in found.items()}
    kept.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
