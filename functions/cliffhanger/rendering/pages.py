"""The pages of accounts: whole documents, without script, their one style sheet inside."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment

from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.series import Series


@dataclass(frozen=True, slots=True)
class Beginning:
    """The chapter that the form offers to begin with."""

    id: str
    heading: str


@dataclass(frozen=True, slots=True)
class JoinForm:
    """The form to join a series by: where it posts, its seal (web/joining.py), and the choices of its pace."""

    url: str
    sealed: str
    week: Sequence[int]
    zones: Sequence[str]
    beginning: Beginning | None = None


def render_join_page(series: Series, *, form: JoinForm, series_url: str, environment: Environment) -> str:
    """Every choice that somebody who joins has; the page of the series in the archive offers the two usual ones."""
    return render_page(
        "join",
        environment=environment,
        language=series.language,
        series=series,
        form=form,
        series_url=series_url,
    )


def render_page(name: str, /, *, environment: Environment, language: str, **fields: object) -> str:
    """The page `templates/pages/<name>.html`. The README there lists its fields; a missing one is an error."""
    template = environment.get_template(f"pages/{name}.html")
    return template.render(say=speaker(language), language=language, direction=direction(language), **fields)


def style_source(environment: Environment) -> str:
    """What a Content-Security-Policy must allow in `style-src` for our pages: the hash of their style (CSP 3)."""
    style = environment.get_template("pages/style.css").render()
    return f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
