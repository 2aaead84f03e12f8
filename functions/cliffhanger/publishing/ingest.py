"""An author put a file into the bucket, or took one away: read what is there now, whatever the event said.

Events come twice, late and out of order; so nothing is done that the key's current object does not ask for, and what
has been done for that very object already is not done again.
"""

from __future__ import annotations

import re

from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Object
from cliffhanger.publishing import drop, picture_drop, series_settings, settings_file
from cliffhanger.publishing.desk import Desk

TRIES = 5
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
NOT_FOR_US = re.compile(r"\.|~\$|(?:thumbs\.db|desktop\.ini)$", re.IGNORECASE)
"""What desktops and editors leave beside a file."""


def take(desk: Desk, key: str) -> None:
    """`key` is `<series>/<file>`; pictures may lie in folders of their own there. Anything else lies in no series: it
    is counted for the operator and left alone.
    """
    slug, _, name = key.partition("/")
    if not name or NOT_FOR_US.match(name):
        return
    if not SLUG.fullmatch(slug) or ("/" in name and not picture_drop.is_picture(name, None)):
        desk.tally("MisplacedFile")
        return
    for _ in range(TRIES):
        found = desk.manuscripts.current(key)
        _take(desk, slug, name, found)
        # A slow worker may have written an old version over what a quick one made of the newer: look again.
        now = desk.manuscripts.current(key)
        if (now and now.version) == (found and found.version):
            return
    raise CliffhangerError("a file changes faster than it can be read", permanent=False)


def _take(desk: Desk, slug: str, name: str, found: Object | None) -> None:
    if name == settings_file.FILE_NAME:
        if found:
            series_settings.take(desk, slug, found)
    elif picture_drop.is_picture(name, found):
        picture_drop.take(desk, slug, name, found)
    elif found:
        drop.take(desk, slug, name, found)
    else:
        drop.take_back(desk, slug, name)
