"""Which chapter a file is: the one it was before, one that only changed its file's name, or a new one."""

from __future__ import annotations

import re
import unicodedata
from itertools import count

from cliffhanger import keys
from cliffhanger.manuscripts.model import Chapter, Kind
from cliffhanger.ports import Item, Table
from cliffhanger.publishing import chapters
from cliffhanger.publishing.chapters import Stage

LONGEST_ID = 60
GONE = ""
"""The hash on the note of a file that was taken away; `was` then has the last one."""


def renamed(table: Table, slug: str, name: str, digest: str) -> list[str]:
    """The chapters of another file with the very same content: this is that file under another name."""
    for note in table.query(keys.series_pk(slug), prefix="FILE#"):
        same = digest in (note.get("hash"), note.get("was"))
        if same and note["sk"] != keys.file(slug, name).sk and note.get("chapters"):
            return list(note["chapters"])
    return []


def new_id(table: Table, slug: str, name: str, chapter: Chapter) -> str:
    """An id for a chapter, good in a URL: that of a chapter whose file is gone, or one that nobody has."""
    wanted = _wanted_id(name, chapter)
    every = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(candidate for candidate in every if _is_free(table, slug, name, candidate))


def part_id(table: Table, slug: str, whole: str, number: int) -> str:
    """An id for a further part of a chapter: that which it had, or one that no other chapter has."""
    wanted = f"{whole}-part-{number}"
    for candidate in (wanted if n == 1 else f"{wanted}-{n}" for n in count(1)):
        found = chapters.find(table, slug, candidate)
        if found is None or (found.whole == whole and found.place == number):
            return candidate
    raise AssertionError("unreachable: there is always a number that nobody has")


def clash(table: Table, slug: str, chapter_id: str, made: Item) -> str | None:
    """The file of another chapter at the same place in the story, if there is one. Parts of one chapter are none."""
    if "number" not in made and made["kind"] not in (Kind.PROLOGUE, Kind.EPILOGUE):
        return None
    place = (made["kind"], made.get("part"), made.get("number"))
    whole = made["portion"]["whole"] if "portion" in made else chapter_id
    others = (other for other in chapters.every_chapter(table, slug) if other.whole != whole)
    here = (other for other in others if other.stage in (Stage.PLANNED, Stage.RELEASED))
    return next((other.file for other in here if (other.kind, other.part, other.number) == place), None)


def _is_free(table: Table, slug: str, name: str, chapter_id: str) -> bool:
    found = chapters.find(table, slug, chapter_id)
    if found is None or found.stage is Stage.WITHDRAWN or (found.file == name and found.place == 1):
        return True
    note = table.get(keys.file(slug, found.file))
    return note is not None and note["hash"] == GONE


def _wanted_id(name: str, chapter: Chapter) -> str:
    if chapter.kind is Kind.CHAPTER and chapter.number is not None:
        part = f"{_plain(chapter.part)}-" if chapter.part else ""
        return f"{part}chapter-{chapter.number:g}".replace(".", "-")
    words = chapter.title if chapter.kind is not Kind.CHAPTER and chapter.title else name.rpartition(".")[0] or name
    prefix = "" if chapter.kind is Kind.CHAPTER else f"{chapter.kind.value}-"
    return f"{prefix}{_plain(words)}".strip("-") or "chapter"


def _plain(words: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:LONGEST_ID].strip("-")
