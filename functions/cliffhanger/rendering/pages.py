"""The web pages: whole documents, without script, their one style sheet inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.card import showing
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A released chapter in a table of contents. `label` or `title` may be empty, not both."""

    label: str
    title: str
    url: str
    released: date


@dataclass(frozen=True, slots=True)
class Beginning:
    """The chapter that the form offers to begin with."""

    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class JoinForm:
    """The form on the page of a series: where it posts, its seal (web/joining.py), and the choices of its pace."""

    url: str
    sealed: str
    week: Sequence[int]
    zones: Sequence[str]
    beginning: Beginning | None = None


def render_chapter_page(
    chapter: Chapter, *, series: Series, series_url: str, start_url: str, environment: Environment
) -> str:
    """The whole chapter, also where its mail was cut. `start_url` is the form that begins with it.

    It does not know its neighbours: it is made before its place in the order is. The series page leads to them.
    """
    shown = showing(chapter, series=series, minutes=figures(chapter).minutes)
    return render_page(
        "chapter",
        environment=environment,
        language=series.language,
        card=shown.html,
        series_url=series_url,
        start_url=start_url,
    )


def render_series_page(
    series: Series, *, chapters: Sequence[ChapterLink], form: JoinForm, environment: Environment
) -> str:
    """Contents in the order given, and the form to join by."""
    return render_page(
        "series",
        environment=environment,
        language=series.language,
        series=series,
        paragraphs=[part for part in series.blurb.split("\n\n") if part.strip()],
        chapters=chapters,
        form=form,
    )


def render_page(name: str, /, *, environment: Environment, language: str, **fields: object) -> str:
    """The page `templates/pages/<name>.html`. The README there lists its fields; a missing one is an error."""
    template = environment.get_template(f"pages/{name}.html")
    return template.render(say=speaker(language), language=language, direction=direction(language), **fields)


def style_source(environment: Environment) -> str:
    """What a Content-Security-Policy must allow in `style-src` for our pages: the hash of their style (CSP 3)."""
    style = environment.get_template("pages/style.css").render()
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
