"""`cliffhanger preview FILE`: the issue that a manuscript would become, as two files to open; two for each part of a
chapter that one mail can't hold. Offline, no AWS.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TypedDict

from jinja2 import Environment

from cliffhanger.errors import Refusal
from cliffhanger.mailbody import Pieces, Place, fill
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.manuscripts.read import read
from cliffhanger.publishing.length import length, part_ends
from cliffhanger.publishing.settings_file import default_series, parse
from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.issue import Sender, render_issue
from cliffhanger.rendering.parting import part
from cliffhanger.series import Series
from console.picturing import with_local_pictures

TEMPLATES = Path(__file__).parents[2] / "templates"
SENDER = Sender("The sender that the operator sets", "and the postal address")
NOWHERE = "https://stories.example/"


def preview_command(path: Path, *, out: Path | None) -> int:
    """Write `<stem>.html` and `<stem>.txt` into `out` (a new temporary folder, if None), print their paths, return 0.

    The second part of a chapter goes to `<stem>-part-2.html` and `.txt`.

    A `series.yaml` and pictures beside the manuscript are used as they would be in the bucket.
    """
    data = _bytes_of(path)
    chapter = read(path.name, data)
    series = _series(path.resolve(), chapter)
    folder = out or Path(tempfile.mkdtemp(prefix="cliffhanger-"))
    folder.mkdir(parents=True, exist_ok=True)
    chapter = with_local_pictures(chapter, data, path, slug=series.slug, out=folder)
    parted = part(chapter, **_setting(series))
    for number, one in enumerate(parted.parts, start=1):
        issue = render_issue(one, **_setting(series))
        stem = path.stem if number == 1 else f"{path.stem}-part-{number}"
        print(issue.subject)
        for suffix, pieces in ((".html", issue.html), (".txt", issue.text)):
            print(_write(folder / f"{stem}{suffix}", pieces, manuscript=path))
    for told in filter(None, (length(parted, series), *part_ends(parted))):
        print(told)
    for warning in chapter.warnings:
        print(f"Warning: {warning}")
    return 0


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f"The file {path} cannot be opened: {error.strerror}.") from None


def _series(path: Path, chapter: Chapter) -> Series:
    slug = re.sub(r"[^a-z0-9]+", "-", path.parent.name.lower()).strip("-") or "series"
    settings = path.with_name("series.yaml")
    if settings.exists():
        return parse(slug, settings.read_bytes())
    return default_series(slug, title=chapter.series, author=chapter.tags.get("author"))


class Setting(TypedDict):
    """What stands around the chapter."""

    series: Series
    series_url: str
    chapter_url: str
    sender: Sender
    environment: Environment


def _setting(series: Series) -> Setting:
    return Setting(
        series=series,
        series_url=NOWHERE,
        chapter_url=NOWHERE,
        sender=SENDER,
        environment=environment(TEMPLATES),
    )


def _write(target: Path, pieces: Pieces, *, manuscript: Path) -> Path:
    if target.resolve() == manuscript.resolve():
        raise Refusal(f"The preview would be written over {target.name} itself; name another folder with --out.")
    target.write_text(fill(pieces, {place: f"{NOWHERE}{place}" for place in Place}), encoding="utf-8")
    return target
