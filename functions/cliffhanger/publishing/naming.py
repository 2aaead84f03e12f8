"""The name of a series in feeds and books, which stays whatever its title or its address becomes."""

from __future__ import annotations

from contextlib import suppress

from cliffhanger import keys
from cliffhanger.clock import as_datetime
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT
from cliffhanger.publishing.desk import Desk


def name_of(desk: Desk, slug: str) -> str:
    """A tag URI (RFC 4151): who holds the sender's domain on the day of the first call names the series by its slug."""
    key = keys.series_meta(slug)
    if not (found := (desk.table.get(key) or {}).get("name")):
        day = as_datetime(desk.clock()).date()
        with suppress(ConditionFailed):  # another worker was first
            name = f"tag:{desk.settings.sender_domain},{day}:{slug}"
            desk.table.update(key, set={"name": name}, when={"name": ABSENT})
        found = (desk.table.get(key) or {})["name"]
    return str(found)


def chapter_name(series_name: str, chapter: str) -> str:
    return f"{series_name}/{chapter}"
