"""Readers taken out again, with their places in the story: as CSV, which the import understands, or as JSON lines."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import TextIO

from cliffhanger import keys, links
from cliffhanger.catalogue import Shelf
from cliffhanger.links import Keys
from cliffhanger.pace import Pace
from cliffhanger.ports import Item, Table
from cliffhanger.readers import cells, story
from cliffhanger.readers.story import Story
from cliffhanger.subscription import State

COLUMNS = (
    "address",
    "series",
    "state",
    "position",
    "chapter",
    "pace",
    "bundle",
    "paused_until",
    "joined_at",
    "consent",
    "suppressed",
    "suppressed_at",
)

Line = dict[str, str | int]
"""By COLUMNS. `position` is the last one decided, `chapter` its label; times are ISO 8601, or nothing."""


def lines(table: Table, shelves: Iterable[Shelf], keys_: Keys) -> Iterator[Line]:
    """A line for every subscription that there ever was, but of readers who were erased; streamed."""
    for shelf in shelves:
        out = story.of_series(table, shelf.series.slug, shelf.newest)
        for item in every_subscription(table, shelf.series.slug):
            yield _line(item, out, _suppression(table, item, keys_))


def every_subscription(table: Table, series: str) -> Iterator[Item]:
    """Only the shards that hold somebody are asked."""
    for shard in table.query(keys.series_pk(series), prefix="SHARD#"):
        yield from table.query(keys.shard_pk(series, shard["sk"].removeprefix("SHARD#")), prefix="READER#")


def write_csv(found: Iterable[Line], file: TextIO) -> int:
    """Every cell in quotes, and none that a spreadsheet would take for a formula. Returns how many lines there are."""
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    count = 0
    for line in found:
        writer.writerow([cells.harmless(str(line[name])) for name in COLUMNS])
        count += 1
    return count


def write_json(found: Iterable[Line], file: TextIO) -> int:
    count = 0
    for line in found:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def consent(item: Item) -> str:
    """How a reader agreed: in the words of the file that he came by, or our own."""
    proof = item["proof"]
    if "consent" in proof or "asked_at" not in proof:
        return str(proof.get("consent", ""))
    confirmed = cells.moment_text(proof.get("confirmed_at", item["joined_at"]))
    return f"asked {cells.moment_text(proof['asked_at'])} by {proof['form']}, confirmed {confirmed}"


def joined_at(item: Item) -> int:
    """There, where he came from, if the file told; else here."""
    return int(item["proof"].get("joined_at", item["joined_at"]))


def _line(item: Item, out: Story, suppression: Item) -> Line:
    return {
        "address": item["address"],
        "series": item["series"],
        "state": item["state"],
        "position": item["bookmark"],
        "chapter": out.labels.get(item["bookmark"], ""),
        "pace": cells.pace_text(Pace.from_item(item["pace"])),
        "bundle": item.get("bundle", 1),
        "paused_until": cells.moment_text(item.get("paused_until")),
        "joined_at": cells.moment_text(joined_at(item)),
        "consent": consent(item),
        "suppressed": suppression.get("suppressed", ""),
        "suppressed_at": cells.moment_text(suppression.get("suppressed_at")),
    }


def _suppression(table: Table, item: Item, keys_: Keys) -> Item:
    """Only of those who are: it is a read for each."""
    if item["state"] != State.SUPPRESSED:
        return {}
    return table.get(keys.address(links.address_digest(item["address"], keys_))) or {}
