"""The picture that `cover` of series.yaml names: laid into the archive, and noted on the series' shelf."""

from __future__ import annotations

from cliffhanger import catalogue, keys
from cliffhanger.errors import Refusal
from cliffhanger.pictures import Cover
from cliffhanger.ports import Object
from cliffhanger.publishing import darkroom, settings_file
from cliffhanger.publishing.album import lay_down
from cliffhanger.publishing.desk import Desk
from cliffhanger.series import Series


def show(desk: Desk, series: Series) -> str | None:
    """Show the picture as it is now, or none; safe to repeat. Returns a warning for the author, if there is one."""
    slug, name = series.slug, series.cover
    if not name:
        catalogue.show_cover(desk.table, slug, None)
        return None
    # Noted before we look: who drops it a moment later finds the note.
    desk.table.update(keys.shows(slug, name), add={"files": frozenset({settings_file.FILE_NAME})})
    found = desk.manuscripts.current(f"{slug}/{name}")
    made = _made(desk, slug, found)
    catalogue.show_cover(desk.table, slug, made if isinstance(made, Cover) else None)
    now = desk.manuscripts.current(f"{slug}/{name}")
    if (now and now.version) != (found and found.version):
        return show(desk, series)
    return f"The cover “{name}” {made.message}." if isinstance(made, Refusal) else None


def _made(desk: Desk, slug: str, found: Object | None) -> Cover | Refusal:
    if not found:
        return Refusal("is not there yet: drop it beside series.yaml")
    try:
        full, small = darkroom.develop(found.data, darkroom.FULL_COVER, darkroom.SMALL_COVER)
    except Refusal as refusal:
        return refusal
    return Cover(lay_down(desk, slug, full), lay_down(desk, slug, small))
