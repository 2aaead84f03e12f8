"""`series.yaml` came, before its chapters, after them, or anew."""

from __future__ import annotations

from cliffhanger import catalogue, keys
from cliffhanger.errors import Refusal
from cliffhanger.ports import Object
from cliffhanger.publishing import archive, chapters, covers, drop, farewell, settings_file, words
from cliffhanger.publishing.chapters import Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.press import looks
from cliffhanger.rendering.looks_told import looks_told
from cliffhanger.rendering.rules import rule_words
from cliffhanger.series import Series


def take(desk: Desk, slug: str, found: Object) -> None:
    """Steps: the settings, the cover, the chapters that wait (made anew with them), the word, the archive, the note
    that all this was done.
    """
    record = desk.table.get(keys.file(slug, settings_file.FILE_NAME))
    if record and record["version"] == found.version:
        return
    shelf = catalogue.find(desk.table, slug)
    try:
        series = settings_file.parse(slug, found.data)
    except Refusal as refusal:
        known = shelf.series if shelf else settings_file.default_series(slug)
        _refuse(desk, known, found, refusal)
    else:
        changed = shelf is None or looks(shelf.series) != looks(series)
        hand = archive.begin(desk, slug, positions={0}, sweep=changed)
        catalogue.save(desk.table, series, from_file=True)
        cover_warning = covers.show(desk, series)
        _make_anew(desk, slug)
        farewell.plan(desk, slug)
        _answer(desk, series, found, cover_warning)
        archive.show(desk, slug, hand)
    desk.table.put(keys.file(slug, settings_file.FILE_NAME), {"version": found.version})


def _make_anew(desk: Desk, slug: str) -> None:
    """Chapters that are not out yet show the new title, author and language."""
    waiting = [c for c in chapters.every_chapter(desk.table, slug) if c.stage in (Stage.PLANNED, Stage.HELD)]
    for name in dict.fromkeys(chapter.file for chapter in waiting):
        if manuscript := desk.manuscripts.current(f"{slug}/{name}"):
            drop.take(desk, slug, name, manuscript, again=True)


def _answer(desk: Desk, series: Series, found: Object, cover_warning: str | None) -> None:
    warnings = [] if series.author else ["It names no author; add “author: …”, for readers like to know."]
    warnings += [cover_warning] if cover_warning else []
    words.to_author(
        desk,
        series,
        "word-series",
        about=(found.version,),
        series=series,
        rule=rule_words(series.rule),
        looks=looks_told(series),
        warnings=warnings,
        series_url=desk.series_url(series.slug),
    )


def _refuse(desk: Desk, series: Series, found: Object, refusal: Refusal) -> None:
    desk.tally("ManuscriptRefused")
    words.to_author(
        desk,
        series,
        "word-series-refused",
        about=(found.version,),
        series=series.title,
        reason=refusal.message,
        line=refusal.line,
    )
