"""A reader's one page: his stories, and what he may choose. Looking changes nothing; choices.py acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cliffhanger import keys, positions
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY
from cliffhanger.links import sign, verify
from cliffhanger.pace import Pace
from cliffhanger.readers import addresses, life
from cliffhanger.rendering.strings import direction, speaker
from cliffhanger.subscription import FOLLOWING, State, Subscription
from cliffhanger.web import standing
from cliffhanger.web.paces import WEEK, ZONES
from cliffhanger.web.page import Page, Site

COMES_BACK = 30 * DAY
"""So long after leaving a reader may come back by his page. Later he joins again, as anybody does."""

SEALED_FOR = "mine"


class Notice(StrEnum):
    """What was done, as the address of the page says it: a fixed list, so that nobody puts words into our mouth."""

    NEXT = "next"
    PACE = "pace"
    PAUSED = "paused"
    RESUMED = "resumed"
    MOVED = "moved"
    LEFT = "left"
    LEFT_ALL = "left_all"
    BACK = "back"
    MAILED = "mailed"
    NOTHING = "nothing"
    STALE = "stale"
    WRONG = "wrong"
    OFTEN = "often"
    FAR = "far"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Story:
    """One story on the page. `words` say how it stands; `can` are the acts of choices.py that make sense now."""

    slug: str
    title: str
    language: str
    direction: str
    url: str
    words: list[str]
    can: frozenset[str]
    chapters: int
    pace: Pace
    bundle: int


def show(site: Site, token: str, *, opened: str = "", said: str = "") -> Page:
    """`opened` is the story whose choices are unfolded: see `choose`. `said` is a Notice, or nothing."""
    reader = verify("preferences", "", token, site.keys)
    return _page(site, reader, opened, said) if reader else site.link_invalid()


def show_by_old_link(site: Site, slug: str, token: str) -> Page:
    """The links of mails from before all stories were on one page."""
    reader = verify("preferences", slug, token, site.keys)
    return _page(site, reader, slug, "") if reader else site.link_invalid(slug)


def url(site: Site, reader: str) -> str:
    return site.url("me", sign("preferences", "", reader, site.keys))


def _page(site: Site, reader: str, opened: str, said: str) -> Page:
    profile = site.table.get(keys.profile(reader))
    if not profile:
        return site.link_invalid(opened)
    places = life.places(site.table, reader)
    chosen = choose(places, opened)
    language = chosen.series.language if chosen else "en"
    stories = [_story(site, shelf, found, language) for shelf, found in places]
    html = site.render(
        "me",
        language=language,
        address=addresses.mask(profile["address"]),
        stories=stories,
        opened=next((story for story in stories if chosen and story.slug == chosen.series.slug), None),
        said=said if said in set(Notice) else "",
        action=url(site, reader),
        seal=lambda do, slug="": site.seal(SEALED_FOR, do, slug, reader),
        week=WEEK,
        zones=ZONES,
    )
    return Page(200, html)


def choose(places: list[tuple[Shelf, Subscription]], opened: str) -> Shelf | None:
    """The story that is opened, and whose language is spoken: the one named, else the first that he follows."""
    ranked = sorted(places, key=lambda place: (place[0].series.slug != opened, place[1].state not in FOLLOWING))
    return ranked[0][0] if ranked else None


def _story(site: Site, shelf: Shelf, found: Subscription, language: str) -> Story:
    series = shelf.series
    chapters = positions.chapters(site.table, series.slug, shelf.newest)
    return Story(
        slug=series.slug,
        title=series.title,
        language=series.language,
        direction=direction(series.language),
        url=site.series_url(series.slug),
        words=standing.words(speaker(language), chapters, found, site.clock()),
        can=_can(found, shelf.newest, positions.before_newest(site.table, series.slug, shelf.newest), site.clock()),
        chapters=len(chapters),
        pace=found.pace,
        bundle=found.bundle,
    )


def _can(found: Subscription, newest: int, before_newest: int, now: int) -> frozenset[str]:
    can: set[str] = set()
    if found.state in FOLLOWING:
        can |= {"pace", "pause", "leave"}
        if newest:
            can |= {"move"}
    if found.state is State.ACTIVE and not found.is_live and found.bookmark < newest:
        can |= {"next"}
    if found.state is State.PAUSED:
        can |= {"resume"}
    if found.state in FOLLOWING and found.bookmark < before_newest:
        can |= {"newest"}
    if found.state is State.LEFT and now - (found.left_at or 0) <= COMES_BACK:
        can |= {"back"}
    return frozenset(can)
