"""`cliffhanger readers`: who reads what, taken in, taken out, looked at and erased."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from cliffhanger import catalogue, keys, links
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import CliffhangerError, Refusal
from cliffhanger.links import Keys
from cliffhanger.ports import Item, Table
from cliffhanger.readers import addresses, cells, erasing, exporting, life, story
from cliffhanger.readers.exporting import Line
from cliffhanger.subscription import Subscription
from console.fate import moment


def export(table: Table, series: str | None, out: Path | None, keys_: Keys, *, as_json: bool) -> int:
    """To a file that only its owner may read, or to the standard output."""
    shelves = [find_shelf(table, series)] if series else list(catalogue.every_series(table))
    write: Callable[[Iterator[Line], TextIO], int] = exporting.write_json if as_json else exporting.write_csv
    with _opened(out) as file:
        count = write(exporting.lines(table, shelves, keys_), file)
    if out:
        print(f"{count:,} subscriptions are in {out.name}: addresses, so keep it well.")
    return 0


def show(table: Table, address: str, keys_: Keys, *, reveal: bool) -> int:
    """What we hold of somebody, his address masked unless it is asked for."""
    parsed = addresses.parse(address)
    found = _held(table, parsed, keys_)
    print(f"{parsed if reveal else addresses.mask(parsed)}  {found.get('reader', 'nobody any more')}")
    if "suppressed" in found:
        print(f"  suppressed: {found['suppressed']}, since {moment(found['suppressed_at'])}")
    if "confirmed_at" in found:
        print(f"  confirmed at {moment(found['confirmed_at'])}")
    for shelf, subscription in life.places(table, found["reader"]) if "reader" in found else ():
        item = table.get(subscription.key) or {}
        print("\n".join(_series(table, shelf, subscription, item)))
    return 0


def erase(table: Table, address: str, keys_: Keys, *, apply: bool) -> int:
    """Without `apply` it only says what would go."""
    parsed = addresses.parse(address)
    found = _held(table, parsed, keys_)
    if "reader" not in found:
        print(f"Nothing is left of {addresses.mask(parsed)} but a keyed hash, for the address is suppressed.")
        return 0
    series = sorted((table.get(keys.profile(found["reader"])) or {}).get("series", ()))
    kept = " A keyed hash stays, for the address is suppressed." if "suppressed" in found else ""
    what = f"{addresses.mask(parsed)} with {', '.join(series) or 'no series'}"
    if not apply:
        print(f"{what} would be erased, for good.{kept} With --apply it is done.")
        return 0
    erasing.erase(table, parsed, keys_)
    print(f"{what} is erased.{kept}")
    return 0


def find_shelf(table: Table, series: str) -> Shelf:
    if not (shelf := catalogue.find(table, series)):
        raise CliffhangerError(f"there is no series {series}", permanent=True)
    return shelf


def _held(table: Table, address: str, keys_: Keys) -> Item:
    found = table.get(keys.address(links.address_digest(address, keys_)))
    if not found:
        raise CliffhangerError("we hold nothing of that address", permanent=True)
    return found


def _series(table: Table, shelf: Shelf, subscription: Subscription, item: Item) -> Iterator[str]:
    out = story.of_series(table, subscription.series, shelf.newest)
    label = out.labels.get(subscription.bookmark)
    yield f"  {subscription.series}: {subscription.state.value}"
    yield f"    had {subscription.bookmark} of {shelf.newest}" + (f", the last one {label}" if label else "")
    yield f"    pace: {cells.pace_text(subscription.pace)}"
    if subscription.paused_until is not None:
        yield f"    paused until {moment(subscription.paused_until)}"
    yield f"    joined at {moment(exporting.joined_at(item))}: {exporting.consent(item) or 'no word of consent'}"
    if item.get("via") == "import":
        proof = item["proof"]
        told = f"line {proof['line']} of a file from {proof['source']} (SHA-256 {proof['file'][:12]}…)"
        yield f"    imported at {moment(proof['imported_at'])}: {told}"


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    if not out:
        yield sys.stdout
        return
    try:
        out.touch(mode=0o600)
        with out.open("w", encoding="utf-8", newline="") as file:
            yield file
    except OSError as error:
        raise Refusal(f"{out.name} cannot be written: {error.strerror}") from None
