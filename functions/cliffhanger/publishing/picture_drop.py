"""A picture came beside the chapters, came again changed, or went."""

from __future__ import annotations

import hashlib
import re
from dataclasses import asdict

from cliffhanger import catalogue, keys
from cliffhanger.errors import Refusal
from cliffhanger.pictures import Picture
from cliffhanger.ports import Object
from cliffhanger.publishing import album, answers, archive, covers, darkroom, drop, settings_file
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.settings_file import default_series

GONE = ""
NAMED = re.compile(r".*\.(?:png|jpe?g|jfif|gif|webp|svg|heic|heif|avif|tiff?|bmp)", re.IGNORECASE | re.DOTALL)
MANUSCRIPT = re.compile(r".*\.(?:md|markdown|txt|docx?|odt|rtf|html?|zip)", re.IGNORECASE | re.DOTALL)


def is_picture(name: str, found: Object | None) -> bool:
    """By its name or by its content; a picture that is called a chapter is none, and its author should know."""
    if NAMED.fullmatch(name):
        return True
    return found is not None and not MANUSCRIPT.fullmatch(name) and darkroom.kind_of(found.data) is not None


def take(desk: Desk, slug: str, name: str, found: Object | None) -> None:
    """Make anew what shows it: chapters that wait, chapters that are out (nobody gets a second mail), the cover.

    Steps, each safe to repeat: the picture, what shows it, a word if it can't be shown, and last the note that all
    this was done for its version.
    """
    key, version = keys.file(slug, name), found.version if found else GONE
    if (desk.table.get(key) or {}).get("version") == version:
        return
    if found:
        _keep(desk, slug, name, found)
    else:
        desk.table.update(key, remove=("hash", "picture"))
    for file in sorted((desk.table.get(keys.shows(slug, name)) or {}).get("files", ())):
        _make_anew(desk, slug, file)
    desk.table.update(key, set={"version": version})


def _keep(desk: Desk, slug: str, name: str, found: Object) -> None:
    key, digest = keys.file(slug, name), hashlib.sha256(found.data).hexdigest()
    try:
        picture = _laid_down(desk, slug, found)
    except Refusal as refusal:
        desk.tally("PictureRefused")
        shelf = catalogue.find(desk.table, slug)
        told = Refusal(f"The file {refusal.message}.")
        answers.refused(desk, shelf.series if shelf else default_series(slug), name, found.version, told)
        desk.table.update(key, set={"hash": digest}, remove=("picture",))
    else:
        desk.table.update(key, set={"hash": digest, "picture": asdict(picture)})


def _laid_down(desk: Desk, slug: str, found: Object) -> Picture:
    (made,) = darkroom.develop(found.data, darkroom.COLUMN)
    return album.lay_down(desk, slug, made)


def _make_anew(desk: Desk, slug: str, file: str) -> None:
    if file == settings_file.FILE_NAME:
        if shelf := catalogue.find(desk.table, slug):
            hand = archive.begin(desk, slug, positions={0}, sweep=True)
            covers.show(desk, shelf.series)
            archive.show(desk, slug, hand)
    elif manuscript := desk.manuscripts.current(f"{slug}/{file}"):
        drop.take(desk, slug, file, manuscript, again=True)
