"""How far the sends under way have come. The counts of a running send are rough; its closing makes them exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY, SECOND
from cliffhanger.ports import Item, Table


@dataclass(frozen=True, slots=True)
class Progress:
    """One open send. `audience` is about how many readers the series has.

    `rate` is letters a second since the release. `behind_s` is how long ago that was, and `left_s` about how long the
    send will still take, as quota, warm-up and rate are now: None where nobody can say, as while sending is paused.
    """

    series: str
    position: int
    audience: int
    sent: int
    refused: int
    rejected: int
    doubt: int
    rate: float
    behind_s: float
    left_s: float | None


def of(table: Table, shelf: Shelf, now: int, *, sharing: int = 1) -> list[Progress]:
    """A series' open sends, oldest first; withdrawn ones have nothing to send. `sharing` series share the rate."""
    if shelf.newest == shelf.closed:
        return []
    series = shelf.series.slug
    readers = sum(item.get("readers", 0) for item in table.query(keys.series_pk(series), prefix="SHARD#"))
    pace = table.get(keys.PACE)
    waiting, sends = 0, []
    for number in range(shelf.closed + 1, shelf.newest + 1):
        position = positions.find(table, series, number)
        if not position or position.withdrawn:
            continue
        total = table.get(keys.send_total(series, number)) or {}
        decided = total.get("sent", 0) + total.get("rejected", 0)
        waiting += max(readers - decided, 0)  # a reader gets the earlier positions first
        left = None if shelf.halted or not pace else seconds_for(waiting, pace, sharing)
        sends.append(_progress(series, number, readers, total, now - position.released_at, left))
    return sends


def seconds_for(letters: int, pace: Item, sharing: int) -> float | None:
    """How long so many letters take one of `sharing` series, at the rate, quota and warm-up of the pacing item.

    A rate is of no use beyond what the workers carry.
    """
    if "paused" in pace:
        return None
    at_full_rate: float = letters * sharing / (min(pace["rate"], pace.get("carried", pace["rate"])) / 1000)
    tomorrow: int = letters * sharing - pace["budget"]
    if tomorrow <= 0:
        return at_full_rate
    days = _days(tomorrow, pace)
    return None if days is None else max(at_full_rate, days * DAY / SECOND)


def _days(letters: int, pace: Item) -> float | None:
    """How many days' quotas so many letters are; while a domain warms up, each day's is twice that of the last."""
    quota: int = pace.get("quota", 0)
    if not quota:
        return None
    a_day: int = min(2 * pace.get("warming", quota), quota)
    days = 0
    while a_day < min(letters, quota):
        letters -= a_day
        days += 1
        a_day = min(a_day * 2, quota)
    return days + letters / a_day


def _progress(
    series: str, position: int, readers: int, total: Mapping[str, int], behind: int, left: float | None
) -> Progress:
    sent, rejected = total.get("sent", 0), total.get("rejected", 0)
    return Progress(
        series=series,
        position=position,
        audience=readers,
        sent=sent,
        refused=total.get("refused", 0),
        rejected=rejected,
        doubt=total.get("doubt", 0),
        rate=(sent + rejected) * SECOND / behind if behind > 0 else 0.0,
        behind_s=behind / SECOND,
        left_s=left,
    )
