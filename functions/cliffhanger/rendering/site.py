"""The pages of the public archive: whole documents, static, their style and script beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from jinja2 import Environment
from markupsafe import Markup

from cliffhanger.pictures import Cover
from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.leaves import Assets, assets
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.series import Series

LONGEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class House:
    """Where the archive lies and where its forms post, both without a slash at the end; and our templates."""

    site_url: str
    base_url: str
    environment: Environment

    def url(self, *parts: str) -> str:
        return "/".join((self.site_url, *parts))


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """A released chapter, as others lead to it. `label` or `title` may be empty, not both; `path` has a slash first."""

    label: str
    title: str
    path: str
    released: date


@dataclass(frozen=True, slots=True)
class SeriesLink:
    """A series in the list of all. `newest` is its last chapter; `blurb` its first paragraph."""

    title: str
    author: str
    path: str
    language: str
    blurb: str
    cover: str | None
    newest: ChapterLink

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Offer:
    """What else there is of a series: `words` is a key of the strings, `relation` and `media_type` are for `<link>`."""

    words: str
    path: str
    relation: str
    media_type: str


def cover_path(cover: Cover | None) -> str | None:
    """Of the cover as pages show it."""
    return f"/{cover.small.path}" if cover else None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the chapters of one series, the same on each of its pages."""

    series: Series
    house: House
    cover: Cover | None = None
    offers: tuple[Offer, ...] = field(default=())

    def render(self, name: str, path: str, /, **fields: object) -> str:
        series = self.series
        return _render(
            name,
            self.house,
            assets(self.house.environment, series),
            series.language,
            series=series,
            canonical=f"{self.house.site_url}{path}",
            cover_url=self.cover.full.at(self.house.site_url).url if self.cover else None,
            cover=cover_path(self.cover),
            indexed=series.indexed,
            description=_description(series),
            offers=self.offers,
            series_path=f"/{series.slug}",
            **fields,
        )


def render_chapter(
    sheet: Sheet, link: ChapterLink, *, frame: Frame, before: ChapterLink | None, after: ChapterLink | None, start: str
) -> str:
    """The whole chapter. `start` is the form that begins with it; "" where there is nothing to begin with."""
    notes = dict(zip(("before", "after"), sheet.notes(frame.series), strict=True))
    return frame.render(
        "chapter",
        link.path,
        sheet=sheet,
        recap=Markup(sheet.recap),  # noqa: S704  a sheet's HTML went through our writer and nh3
        notes={where: tuple(map(Markup, texts)) for where, texts in notes.items()},
        story=Markup(sheet.story),  # noqa: S704
        footnotes=tuple(map(Markup, sheet.footnotes)),
        released=link.released,
        before=before,
        after=after,
        start=start,
    )


def render_contents(frame: Frame, chapters: Sequence[ChapterLink]) -> str:
    """The page of the series: what it is, its chapters in the order given, and the form to follow it by."""
    series = frame.series
    return frame.render(
        "series",
        f"/{series.slug}",
        paragraphs=[part for part in series.blurb.split("\n\n") if part.strip()],
        chapters=chapters,
        form_url=f"{frame.house.base_url}/subscribe/{series.slug}",
        choices_url=f"{frame.house.base_url}/join/{series.slug}",
    )


def render_list(house: House, series: Sequence[SeriesLink]) -> str:
    """All series that anybody can read. We speak their language, if all have one and the same."""
    render = partial(_render, "stories", house, assets(house.environment), _common([one.language for one in series]))
    return render(series=series, canonical=f"{house.site_url}/", indexed=True)


def render_not_found(house: House, languages: Sequence[str]) -> str:
    return _render("not_found", house, assets(house.environment), _common(languages), canonical=None, indexed=False)


def _render(name: str, house: House, shared: Assets, language: str, **fields: object) -> str:
    template = house.environment.get_template(f"site/{name}.html")
    say = speaker(language)
    return template.render(say=say, language=language, direction=direction(language), assets=shared, **fields)


def _common(languages: Sequence[str]) -> str:
    found = set(languages)
    return found.pop() if len(found) == 1 else "en"


def _description(series: Series) -> str:
    return one_line(series.blurb.partition("\n\n")[0], longest=LONGEST_DESCRIPTION)
