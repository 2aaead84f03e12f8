"""The leaves of the public archive: what lies at each path, and the style and script that all pages share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment

from cliffhanger.rendering.colours import accent
from cliffhanger.rendering.faces import UPRIGHT
from cliffhanger.series import Series

HTML = "text/html; charset=utf-8"
CSS = "text/css; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Leaf:
    """`lasting`: the path holds the hash of what lies there."""

    path: str
    data: bytes
    media_type: str = HTML
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Assets:
    """`colours` is the series' own, None where it has none; it says over again what `style` says."""

    style: Leaf
    script: Leaf
    colours: Leaf | None = None

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in (self.style, self.script, self.colours) if leaf)


def assets(environment: Environment, series: Series | None = None) -> Assets:
    colours = _colours(environment, series) if series and series.colour else None
    return replace(_assets(environment), colours=colours)


@cache
def _assets(environment: Environment) -> Assets:
    style = environment.get_template("site/style.css").render(upright=UPRIGHT)
    script = environment.get_template("site/reader.js").render()
    return Assets(_lasting("assets/style", "css", style, CSS), _lasting("assets/reader", "js", script, SCRIPT))


@cache
def template_sources(environment: Environment) -> tuple[str, ...]:
    """The text of every template that a leaf of the archive is made of, and the style's path: it tells of all else that
    the style is made of.
    """
    assert environment.loader
    names = environment.list_templates(
        filter_func=lambda name: name.startswith(("site/", "feed/", "book/", "pages/style.css"))
    )
    texts = (environment.loader.get_source(environment, name)[0] for name in names)
    return _assets(environment).style.path, *texts


def _colours(environment: Environment, series: Series) -> Leaf:
    style = environment.get_template("site/colours.css").render(accent=accent(series.colour))
    return _lasting(f"{series.slug}/colours", "css", style, CSS)


def _lasting(stem: str, suffix: str, text: str, media_type: str) -> Leaf:
    data = text.encode()
    return Leaf(f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}.{suffix}", data, media_type, lasting=True)
