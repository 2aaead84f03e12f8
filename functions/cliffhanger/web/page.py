"""What the site answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Environment

from cliffhanger import catalogue, forms
from cliffhanger.catalogue import Shelf
from cliffhanger.links import Keys
from cliffhanger.ports import Clock, Content, Hints, Table
from cliffhanger.rendering.pages import render_page
from cliffhanger.settings import Settings

LONGEST_SLUG = 40


@dataclass(frozen=True, slots=True)
class Page:
    """`private`: behind a personal link, so neither stored, indexed nor told to the next site.

    `headers` stand besides those of every page; a Content-Type there says that `html` is none.
    """

    status: int
    html: str
    private: bool = True
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """The ports and settings of the pages."""

    table: Table
    content: Content
    hints: Hints
    clock: Clock
    keys: Keys
    templates: Environment
    settings: Settings

    def shelf(self, slug: str) -> Shelf | None:
        """A series by its name in a URL. No name is so long, and DynamoDB fails on a key of more than 2,048 bytes."""
        return catalogue.find(self.table, slug) if len(slug) <= LONGEST_SLUG else None

    def render(self, name: str, *, language: str = "en", **fields: object) -> str:
        return render_page(name, environment=self.templates, language=language, **fields)

    def url(self, *parts: str) -> str:
        return "/".join((self.settings.base_url, *parts))

    def series_url(self, slug: str) -> str:
        """In the archive."""
        return f"{self.settings.site_url}/{slug}"

    def not_found(self, language: str = "en") -> Page:
        return Page(404, self.render("not_found", language=language))

    def link_invalid(self, slug: str | None = None) -> Page:
        """In the language of the series that the link names, as far as there is one."""
        shelf = self.shelf(slug) if slug else None
        return Page(404, self.render("link_invalid", language=shelf.series.language if shelf else "en"))

    def seal(self, *bound: str) -> str:
        """For the hidden field of a form (forms.py)."""
        return forms.seal(*bound, keys=self.keys, now=self.clock())

    def age(self, sealed: str, *bound: str) -> int | None:
        return forms.age(sealed, *bound, keys=self.keys, now=self.clock())
