"""How far the sends under way have come. The counts of a running send are rough; its closing makes them exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY, SECOND
from cliffhanger.ports import Item, Table


@dataclass(frozen=True, slots=True)
class Progress:
    """One open send. `audience` is about how many readers it goes to by itself: who catches up is in no hurry.

    `doubt` is how many letters fell into doubt, roughly; `in_doubt` how many still were, when their shards were last
    passed. `rate` is letters a second since the release. `behind_s` is how long ago that was, and `left_s` about how
    long the send will still take, as quota, warm-up and rate are now: None where nobody can say, as while sending is
    paused.
    """

    series: str
    position: int
    audience: int
    sent: int
    refused: int
    rejected: int
    doubt: int
    in_doubt: int
    rate: float
    behind_s: float
    left_s: float | None


def of(table: Table, shelf: Shelf, now: int, *, sharing: int = 1) -> list[Progress]:
    """A series' open sends, oldest first; withdrawn ones have nothing to send. `sharing` series share the rate."""
    if shelf.newest == shelf.closed:
        return []
    series = shelf.series.slug
    shards = list(table.query(keys.series_pk(series), prefix="SHARD#"))
    # A shard that no pass has counted yet knows only who joined.
    readers = sum(shard.get("readers", 0) - shard.get("late", 0) for shard in shards)
    pace = table.get(keys.PACE)
    waiting, sends = 0, []
    for number in range(shelf.closed + 1, shelf.newest + 1):
        position = positions.find(table, series, number)
        if not position or position.withdrawn:
            continue
        total = table.get(keys.send_total(series, number)) or {}
        in_doubt = sum(shard.get("doubtful", {}).get(str(number), 0) for shard in shards)
        decided = total.get("sent", 0) + total.get("rejected", 0)
        waiting += max(readers - decided, 0)  # a reader gets the earlier positions first
        left = None if shelf.halted or not pace else seconds_for(waiting, pace, sharing)
        total |= {"audience": max(readers, decided), "in_doubt": in_doubt}
        sends.append(_progress(series, number, total, now - position.released_at, left))
    return sends


def of_closed(table: Table, series: str, numbers: Iterable[int], now: int) -> list[Progress]:
    """Sends that were closed just now, by their exact counts."""
    found = ((number, positions.find(table, series, number)) for number in numbers)
    return [
        _progress(series, number, (table.get(keys.send_total(series, number)) or {}), now - position.released_at, 0)
        for number, position in found
        if position and not position.withdrawn
    ]


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


def _progress(series: str, position: int, total: Mapping[str, int], behind: int, left: float | None) -> Progress:
    sent, rejected, in_doubt = (total.get(name, 0) for name in ("sent", "rejected", "in_doubt"))
    return Progress(
        series=series,
        position=position,
        audience=total["audience"],
        sent=sent,
        refused=total.get("refused", 0),
        rejected=rejected,
        doubt=max(total.get("doubt", 0), in_doubt),  # a worker that dies counts none of his
        in_doubt=in_doubt,
        rate=(sent + rejected) * SECOND / behind if behind > 0 else 0.0,
        behind_s=behind / SECOND,
        left_s=left,
    )
