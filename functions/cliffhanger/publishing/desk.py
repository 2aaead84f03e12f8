"""What publishing works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from jinja2 import Environment

from cliffhanger.links import Keys
from cliffhanger.ports import Archive, Clock, Content, Each, Hints, Manuscripts, Table
from cliffhanger.rendering.issue import Sender
from cliffhanger.series import Series
from cliffhanger.settings import Settings

Tally = Callable[[str], None]
"""Counts one more of a metric."""

Measure = Callable[[str, Mapping[str, float]], None]
"""Notes numbers of a series, by their metrics' names, as they are this minute."""

Tell = Callable[[Exception], None]
"""Logs the kind of an error and where it arose, and the reason of one of ours; another's text may hold an address."""


AT_ONCE = 8
"""Questions to the table: on a quarter of a processor more of them are not answered sooner."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports and settings of `ingest` and `tick`. `each` is for what is asked of every shard."""

    table: Table
    manuscripts: Manuscripts
    content: Content
    archive: Archive
    hints: Hints
    clock: Clock
    tally: Tally
    measure: Measure
    tell: Tell
    keys: Keys
    templates: Environment
    settings: Settings
    each: Each = map

    def sender(self, series: Series) -> Sender:
        return Sender(series.author or series.title, self.settings.postal_address)

    def series_url(self, slug: str) -> str:
        return f"{self.settings.site_url}/{slug}"

    def chapter_url(self, slug: str, chapter_id: str) -> str:
        return f"{self.settings.site_url}/{slug}/{chapter_id}"

    def book_url(self, slug: str) -> str:
        return f"{self.settings.site_url}/{slug}/{slug}.epub"
