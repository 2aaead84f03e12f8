"""A chapter file came, came again changed, was renamed, or went."""

from __future__ import annotations

import hashlib
from functools import partial
from itertools import groupby

from cliffhanger import catalogue, keys
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.read import read_all
from cliffhanger.manuscripts.typography import curl
from cliffhanger.ports import Object
from cliffhanger.publishing import answers, archive, chapters, farewell, identity, parts, writing
from cliffhanger.publishing.album import Album
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.identity import GONE
from cliffhanger.publishing.parts import Written
from cliffhanger.publishing.settings_file import default_series
from cliffhanger.series import Series

SEND_AGAIN = "resend"
"""The word of front matter by which a correction goes to everybody, as a new issue."""


def take(desk: Desk, slug: str, name: str, found: Object, *, again: bool = False) -> None:
    """Read a file and plan its chapter. `again` makes it anew though the file is the same; then nobody gets a second
    mail of a chapter that is out.

    Steps, each safe to repeat: the series, the issue and its sheet, the chapter, the word, the archive, and last the
    note on the file, which says that all this was done for its hash.
    """
    key = keys.file(slug, name)
    note = desk.table.get(key) or {}
    digest = hashlib.sha256(found.data).hexdigest()
    if note.get("hash") == digest and not again:
        return
    hand = archive.begin(desk, slug)
    try:
        read_chapters = read_all(name, found.data)
    except Refusal as refusal:
        desk.tally("ManuscriptRefused")
        answers.refused(desk, _known_series(desk, slug), name, found.version, refusal)
    else:
        known = note.get("chapters") or identity.renamed(desk.table, slug, name, digest)
        note["chapters"] = _publish_all(desk, slug, name, read_chapters, known, found, again=again)
        farewell.plan(desk, slug)
    archive.show(desk, slug, hand)
    desk.table.put(key, {**note, "hash": digest})


def take_back(desk: Desk, slug: str, name: str) -> None:
    """The file is gone: what is not out yet of it goes to nobody, what is out to nobody more.

    Steps: the chapters, the words, the archive, the note.
    """
    key = keys.file(slug, name)
    note = desk.table.get(key)
    if not note or note["hash"] == GONE:
        return
    hand = archive.begin(desk, slug)
    found = (chapters.find(desk.table, slug, chapter_id) for chapter_id in note.get("chapters", []))
    here = [chapter for chapter in found if chapter and chapter.file == name]  # else it lives on under another name
    for _, parts_of_one in groupby(here, key=lambda chapter: chapter.whole):
        _take_out(desk, slug, list(parts_of_one), note["hash"])
    archive.show(desk, slug, hand)
    desk.table.put(key, {**note, "hash": GONE, "was": note["hash"]})


def _take_out(desk: Desk, slug: str, found: list[ChapterRecord], digest: str) -> None:
    """All parts of one chapter, for which there is one word; two where only some were out."""
    series = _known_series(desk, slug)
    waiting = [chapter for chapter in found if writing.withdraw(desk.table, slug, chapter.id)]
    if waiting:
        answers.withdrawn(desk, series, waiting, digest)
    if out := [chapter for chapter in found if chapter not in waiting]:
        answers.recalled(desk, series, out, max(writing.recall(desk, slug, chapter.id) for chapter in out))


def _publish_all(
    desk: Desk, slug: str, name: str, told: tuple[Chapter, ...], known: list[str], found: Object, *, again: bool
) -> list[str]:
    """Publish each chapter of a file; what the file no longer holds is withdrawn. Returns the ids of all parts."""
    shelf, album = _shelf(desk, slug, told[0]), Album(desk, slug, name, found.data)
    ids: list[str] = []
    wholes = [chapter_id for chapter_id in known if not _is_further_part(desk, slug, chapter_id)]
    if shelf.series.typographic_quotes:
        told = tuple(curl(chapter, shelf.series.language) for chapter in told)
    for at, chapter in enumerate(told):
        chapter_id = wholes[at] if at < len(wholes) else identity.new_id(desk.table, slug, name, chapter)
        ids += _publish(desk, shelf.series, name, album.show(chapter), chapter_id, found.version, again=again)
    for chapter_id in known:
        if chapter_id not in ids:
            _drop(desk, slug, chapter_id)
    return _publish_all(desk, slug, name, told, ids, found, again=again) if album.is_stale() else ids


def _drop(desk: Desk, slug: str, chapter_id: str) -> None:
    """Its file says it no more."""
    if not writing.withdraw(desk.table, slug, chapter_id):
        writing.recall(desk, slug, chapter_id)


def _is_further_part(desk: Desk, slug: str, chapter_id: str) -> bool:
    record = chapters.find(desk.table, slug, chapter_id)
    return record is not None and record.place > 1


def _publish(
    desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str, version: str, *, again: bool
) -> list[str]:
    """Make the issues, write the chapter, answer the author. Returns the ids of its parts.

    What is made `again` of the same file is sent again to nobody.
    """
    made = _make(desk, series, name, chapter, chapter_id)
    for gone in made.gone:
        _drop(desk, series.slug, gone.id)
    resend = not again and chapter.tags.get(SEND_AGAIN, "").lower() in ("true", "yes")
    say = partial(_publish_part, desk, series, version=version, warnings=chapter.warnings, again=resend)
    planned = [record for one in made.records if (record := say(one))]
    if planned:
        answers.understood(desk, series.slug, chapter, planned, made.parted, version)
    return [record.id for record in made.records]


def _publish_part(
    desk: Desk, series: Series, record: ChapterRecord, *, version: str, warnings: tuple[str, ...], again: bool
) -> ChapterRecord | None:
    """The part, if it is still to go out. One that is out is corrected, or, if its author says so, goes out `again`."""
    if record.stage is not Stage.RELEASED:
        return record
    recalled = writing.is_recalled(desk.table, series.slug, record)
    if not recalled and not writing.is_correction(desk.table, series.slug, record):
        return None  # the same text under another name, or with other spaces
    if again:
        return writing.plan_again(desk, series.slug, record)
    answer = answers.shown_again if recalled else answers.corrected
    answer(desk, series, record, version, warnings)
    writing.correct(desk, series.slug, record)
    return None


def _make(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str) -> Written:
    """Make and write a chapter with the settings as they are once it stands.

    `series.yaml` may come meanwhile. Either it finds our chapter and makes it anew, or we find its settings.
    """
    written = parts.write(desk, series, name, chapter, chapter_id)
    now = _known_series(desk, series.slug)
    return written if now == series else _make(desk, now, name, chapter, chapter_id)


def _shelf(desk: Desk, slug: str, chapter: Chapter) -> Shelf:
    """The series, made from its first chapter if there is no `series.yaml` yet."""
    if shelf := catalogue.find(desk.table, slug):
        return shelf
    series = default_series(slug, title=chapter.series, author=chapter.tags.get("author"))
    if not catalogue.save(desk.table, series, from_file=False):
        return _shelf(desk, slug, chapter)
    answers.no_settings(desk, series)
    return Shelf(series)


def _known_series(desk: Desk, slug: str) -> Series:
    shelf = catalogue.find(desk.table, slug)
    return shelf.series if shelf else default_series(slug)
