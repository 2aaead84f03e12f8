"""What the site answers with."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from cliffhanger.links import Keys
from cliffhanger.ports import Clock, Content, Hints, Table
from cliffhanger.rendering.pages import render_page
from cliffhanger.settings import Settings


@dataclass(frozen=True, slots=True)
class Page:
    """`private`: behind a personal link, so neither stored, indexed nor told to the next site."""

    status: int
    html: str
    private: bool = True


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

    def render(self, name: str, *, language: str = "en", **fields: object) -> str:
        return render_page(name, environment=self.templates, language=language, **fields)

    def url(self, *parts: str) -> str:
        return "/".join((self.settings.base_url, *parts))

    def not_found(self) -> Page:
        return Page(404, self.render("not_found"))

    def link_invalid(self) -> Page:
        return Page(404, self.render("link_invalid"))
