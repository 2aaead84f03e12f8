"""A chapter file came, came again changed, was renamed, or went."""

from __future__ import annotations

import hashlib

from cliffhanger import catalogue, keys
from cliffhanger.catalogue import Shelf
from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.read import read_all
from cliffhanger.manuscripts.typography import curl
from cliffhanger.ports import Object
from cliffhanger.publishing import answers, archive, chapters, farewell, identity, making, writing
from cliffhanger.publishing.chapters import ChapterRecord, Stage
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.identity import GONE
from cliffhanger.publishing.settings_file import default_series
from cliffhanger.series import Series

SEND_AGAIN = "resend"
"""The word of front matter by which a correction goes to everybody, as a new issue."""


def take(desk: Desk, slug: str, name: str, found: Object, *, again: bool = False) -> None:
    """Read a file and plan its chapter. `again` makes it anew though the file is the same.

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
        note["chapters"] = _publish_all(desk, slug, name, read_chapters, known, found.version)
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
    for chapter_id in note.get("chapters", []):
        chapter = chapters.find(desk.table, slug, chapter_id)
        if chapter and chapter.file == name:  # else it lives on under another name
            _take_out(desk, slug, chapter, note["hash"])
    archive.show(desk, slug, hand)
    desk.table.put(key, {**note, "hash": GONE, "was": note["hash"]})


def _take_out(desk: Desk, slug: str, chapter: ChapterRecord, digest: str) -> None:
    series = _known_series(desk, slug)
    if writing.withdraw(desk.table, slug, chapter.id):
        answers.withdrawn(desk, series, chapter, digest)
    else:
        answers.recalled(desk, series, chapter, writing.recall(desk, slug, chapter.id))


def _publish_all(
    desk: Desk, slug: str, name: str, found: tuple[Chapter, ...], known: list[str], version: str
) -> list[str]:
    """Publish each chapter of a file; one that the file no longer holds is withdrawn. Returns their ids."""
    shelf = _shelf(desk, slug, found[0])
    ids = []
    if shelf.series.typographic_quotes:
        found = tuple(curl(chapter, shelf.series.language) for chapter in found)
    for at, chapter in enumerate(found):
        chapter_id = known[at] if at < len(known) else identity.new_id(desk.table, slug, name, chapter)
        _publish(desk, shelf.series, name, chapter, chapter_id, version)
        ids.append(chapter_id)
    for chapter_id in known[len(found) :]:
        if not writing.withdraw(desk.table, slug, chapter_id):
            writing.recall(desk, slug, chapter_id)
    return ids


def _publish(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str, version: str) -> None:
    """Make the issue, write the chapter, answer the author."""
    record = _make(desk, series, name, chapter, chapter_id)
    if record.stage is Stage.RELEASED:
        recalled = writing.is_recalled(desk.table, series.slug, record)
        if not recalled and not writing.is_correction(desk.table, series.slug, record):
            return  # the same text under another name, or with other spaces
        if chapter.tags.get(SEND_AGAIN, "").lower() not in ("true", "yes"):
            answer = answers.shown_again if recalled else answers.corrected
            answer(desk, series, record, version)
            writing.correct(desk, series.slug, record)
            return
        record = writing.plan_again(desk, series.slug, record)
    answers.understood(desk, series.slug, chapter, record, version)


def _make(desk: Desk, series: Series, name: str, chapter: Chapter, chapter_id: str) -> ChapterRecord:
    """Make and write a chapter with the settings as they are once it stands.

    `series.yaml` may come meanwhile. Either it finds our chapter and makes it anew, or we find its settings.
    """
    made = making.make(desk, series, name, chapter, chapter_id)
    record = writing.write(desk, series.slug, chapter_id, made)
    now = _known_series(desk, series.slug)
    return record if now == series else _make(desk, now, name, chapter, chapter_id)


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
