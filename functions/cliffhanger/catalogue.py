"""Series in the store: their settings, and how far each has been released and sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import time

from cliffhanger import keys
from cliffhanger.errors import ConditionFailed
from cliffhanger.pictures import Cover, Picture
from cliffhanger.ports import ABSENT, Item, Table, When
from cliffhanger.series import SUBJECT, Feed, Immediately, InDoubt, LongChapters, Notes, Rule, Series, Status, Weekly


@dataclass(frozen=True, slots=True)
class Shelf:
    """A series with its state. `newest`: the last position released. `closed`: the last whose send is finished.

    `last_slot` is when the rule last gave a slot away (ms). `halted` says why this series is not sent now,
    and `halted_by` over which position.
    `owing`: positions that readers are still to be owed (delivery/breaker.py).
    `from_file` is False while there is no `series.yaml` and the series lives by defaults. `cover` is the picture that
    `series.cover` names, once the archive serves it.
    """

    series: Series
    newest: int = 0
    closed: int = 0
    last_slot: int = 0
    halted: str | None = None
    halted_by: int | None = None
    owing: frozenset[int] = frozenset()
    from_file: bool = False
    cover: Cover | None = None


def find(table: Table, slug: str) -> Shelf | None:
    item = table.get(keys.series_meta(slug))
    return _shelf(slug, item) if item else None


def every_series(table: Table) -> Iterator[Shelf]:
    for entry in table.query(keys.CATALOGUE):
        if shelf := find(table, entry["sk"]):
            yield shelf


def save(table: Table, series: Series, *, from_file: bool) -> bool:
    """Take over the settings; what has been released and sent is left alone. Written again at will.

    Defaults never replace what is there, for `series.yaml` may have come this very moment: then False.
    """
    table.put(keys.catalogue(series.slug), {})
    settings: Item = {
        "title": series.title,
        "author": series.author,
        "language": series.language,
        "blurb": series.blurb,
        "status": series.status.value,
        "rule": _rule_item(series.rule),
        "in_doubt": series.in_doubt.value,
        "typographic_quotes": series.typographic_quotes,
        "embed_origins": sorted(series.embed_origins),
        "subject": series.subject,
        "notes": series.notes.value,
        "long_chapters": series.long_chapters.value,
        "threaded": series.threaded,
        "feed": series.feed.value,
        "indexed": series.indexed,
        "book_notes": series.book_notes,
        "from_file": from_file,
    }
    optional = {"author_address": series.author_address, "colour": series.colour, "cover": series.cover}
    settings |= {name: value for name, value in optional.items() if value}
    remove = tuple(name for name, value in optional.items() if not value)
    when: When = {} if from_file else {"pk": ABSENT}
    try:
        table.update(keys.series_meta(series.slug), set=settings, remove=remove, when=when)
    except ConditionFailed:
        return False
    return True


def show_cover(table: Table, slug: str, cover: Cover | None) -> None:
    """The archive serves it already."""
    key = keys.series_meta(slug)
    if cover:
        table.update(key, set={"cover_shown": asdict(cover)})
    else:
        table.update(key, remove=("cover_shown",))


def _shelf(slug: str, item: Item) -> Shelf:
    return Shelf(
        _series(slug, item),
        newest=item.get("newest", 0),
        closed=item.get("closed", 0),
        last_slot=item.get("last_slot", 0),
        halted=item.get("halted"),
        halted_by=item.get("halted_by"),
        owing=item.get("owing", frozenset()),
        from_file=item["from_file"],
        cover=_cover(item.get("cover_shown")),
    )


def _cover(item: Item | None) -> Cover | None:
    return Cover(Picture(**item["full"]), Picture(**item["small"])) if item else None


def _series(slug: str, item: Item) -> Series:
    """What was saved before a setting existed has its default."""
    return Series(
        slug=slug,
        title=item["title"],
        author=item["author"],
        author_address=item.get("author_address"),
        language=item["language"],
        blurb=item["blurb"],
        status=Status(item["status"]),
        rule=_rule(item["rule"]),
        in_doubt=InDoubt(item["in_doubt"]),
        typographic_quotes=item["typographic_quotes"],
        embed_origins=frozenset(item.get("embed_origins", ())),
        colour=item.get("colour"),
        cover=item.get("cover"),
        subject=item.get("subject", SUBJECT),
        notes=Notes(item.get("notes", Notes.AFTER)),
        long_chapters=LongChapters(item.get("long_chapters", LongChapters.SPLIT)),
        threaded=item.get("threaded", False),
        feed=Feed(item.get("feed", Feed.FULL)),
        indexed=item.get("indexed", True),
        book_notes=item.get("book_notes", True),
    )


def _rule_item(rule: Rule) -> Item:
    match rule:
        case Immediately():
            return {}
        case Weekly():
            return {"weekdays": sorted(rule.weekdays), "at": rule.at.isoformat(), "zone": rule.zone}


def _rule(item: Item) -> Rule:
    if not item:
        return Immediately()
    return Weekly(frozenset(item["weekdays"]), time.fromisoformat(item["at"]), item["zone"])
