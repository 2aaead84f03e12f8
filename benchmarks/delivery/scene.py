"""One released chapter of our sample story and its readers, as every contender gets them."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cliffhanger import catalogue, keys
from cliffhanger.adapters.attributes import to_item
from cliffhanger.mailbody import MailBody
from cliffhanger.manuscripts.read import read
from cliffhanger.pace import LIVE
from cliffhanger.ports import Item
from cliffhanger.positions import Position
from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.issue import Sender, render_issue
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.series import Series
from local.memory_table import MemoryTable

ROOT = Path(__file__).resolve().parents[2]
MANUSCRIPT = ROOT / "stories" / "the-lantern-road" / "03-the-long-watch.md"
BASE_URL = "https://stories.example.org"
SERIES = Series("lantern", "The Lantern Road", "Mara Quill", author_address="mara@example.org")
ISSUE = "issues/lantern/chapter-3.json"
SHEET = "sheets/lantern/chapter-3.json"
GENERATION = "1:cliffhanger"
QUEUES = ("ISSUES_QUEUE", "LETTERS_QUEUE", "FEEDBACK_QUEUE", "FEEDBACK_DLQ")
UNLIMITED = 100_000
SHARDS = ("00", "01", "02", "03")


@cache
def issue() -> MailBody:
    """By the real renderer: 6,200 words, about 40 KB of HTML and as much text."""
    return render_issue(
        read(MANUSCRIPT.name, MANUSCRIPT.read_bytes()),
        series=SERIES,
        series_url=f"{BASE_URL}/read/lantern",
        chapter_url=f"{BASE_URL}/read/lantern/chapter-3",
        sender=Sender("Mara Quill", "1 Quiet Lane, Sometown"),
        environment=environment(ROOT / "templates"),
    )


def readers(count: int, shards: Sequence[str] = SHARDS) -> list[str]:
    """Their ids, as long as real ones, all in these shards: as thick as those of a series of many readers."""
    ids = (f"reader{number:010d}" for number in itertools.count())
    return list(itertools.islice((reader for reader in ids if keys.shard_of(reader) in shards), count))


def address(reader: str) -> str:
    return f"{reader}@example.org"


def environment_of(url: str) -> dict[str, str]:
    """What the template gives to every function, with the whole of AWS at `url`."""
    return {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_SESSION_TOKEN": "testing",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": url,
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "NO_PROXY": "127.0.0.1",
        "TABLE_NAME": "cliffhanger",
        "MANUSCRIPTS_BUCKET": "manuscripts",
        "CONTENT_BUCKET": "content",
        **{f"{queue}_URL": f"{url}/queue" for queue in QUEUES},
        "SITE_BUCKET": "site",
        "BASE_URL": BASE_URL,
        "SITE_URL": "https://read.example.org",
        "SENDER_DOMAIN": "stories.example.org",
        "POSTAL_ADDRESS": "1 Quiet Lane, Sometown",
        "GRACE_SECONDS": "600",
        "DAY_SECONDS": "86400",
        "DOUBT_SECONDS": "3600",
        "SPACING_SECONDS": "600",
        "WORKERS": "4",
        "THREADS": "32",
        "DELIVER_MEMORY": "256",
        "FIRST_DAY_LETTERS": "0",
        "TEMPLATES_FOLDER": str(ROOT / "templates"),
        "SECRET_NAME": "keys",
        "CONFIGURATION_SET": "cliffhanger",
        "GENERATION": GENERATION,
        "POWERTOOLS_SERVICE_NAME": "bench",
        "POWERTOOLS_METRICS_NAMESPACE": "Cliffhanger",
    }


def document(
    count: int, *, shards: Sequence[str] = SHARDS, ses: float = 0, store: float = 0, rate: int = UNLIMITED
) -> dict[str, Any]:
    """What the sink loads: the series with one position out and `count` readers behind it. Latencies in seconds, `rate`
    in letters a second.
    """
    return {
        "items": [to_item(item) for item in _items(readers(count, shards), rate)],
        "objects": {f"/content/{ISSUE}": issue().to_json().decode(), f"/content/{SHEET}": _sheet()},
        "latency": {"ses": ses, "store": store},
    }


def _sheet() -> str:
    return render_sheet(read(MANUSCRIPT.name, MANUSCRIPT.read_bytes()), series=SERIES).to_json().decode()


def _items(behind: list[str], rate: int) -> list[Item]:
    table, now = MemoryTable(), int(time.time() * 1000)
    catalogue.save(table, SERIES, from_file=True)
    table.update(keys.series_meta(SERIES.slug), set={"newest": 1})
    out = Position(1, "chapter-3", ISSUE, SHEET, "Chapter 3", "The Long Watch", now - 60_000, now - 60_000)
    pace = {"generation": GENERATION, "rate": rate * 1000, "ceiling": rate * 1000, "tat": now * 1000, "budget": 10**9}
    return [
        pace | keys.PACE._asdict(),
        out.to_item() | keys.position(SERIES.slug, 1)._asdict(),
        table.get(keys.catalogue(SERIES.slug)) or {},
        table.get(keys.series_meta(SERIES.slug)) or {},
        *(_subscription(reader) | keys.subscription(SERIES.slug, reader)._asdict() for reader in behind),
    ]


def _subscription(reader: str) -> Item:
    return {
        "series": SERIES.slug,
        "reader": reader,
        "state": "active",
        "pace": LIVE.to_item(),
        "address": address(reader),
        "bookmark": 0,
        "first": 1,
        "epoch": 1,
        "joined_by": "0" * 64,
        "joined_at": 1_800_000_000_000,
        "proof": {"asked_at": 1_800_000_000_000, "form": "web", "network": "0" * 64},
    }
