"""What all who write pages of the archive work with."""

from __future__ import annotations

import hashlib
from operator import attrgetter

from cliffhanger.clock import as_datetime
from cliffhanger.positions import Position
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.leaves import Leaf, template_sources
from cliffhanger.rendering.site import ChapterLink, Frame, House, Offer

looks = attrgetter("title", "author", "language", "blurb", "colour", "cover", "indexed", "notes", "status")
"""What each page of a series shows of its settings, or each issue that is read from now on."""


def put(desk: Desk, leaf: Leaf) -> None:
    """Only what says something new is written: the archive itself tells what it says now."""
    there = desk.archive.get(leaf.path)
    if there is None or (there != leaf.data and not leaf.lasting):
        desk.archive.put(leaf.path, leaf.data, media_type=leaf.media_type, lasting=leaf.lasting)


def house_of(desk: Desk) -> House:
    return House(desk.settings.site_url, desk.settings.base_url, desk.templates)


def frame_of(desk: Desk, story: Story) -> Frame:
    return Frame(story.series, house_of(desk), story.cover, offers=_offers(story))


def _offers(story: Story) -> tuple[Offer, ...]:
    """Neither is there before the first chapter is out."""
    if not story.chapters:
        return ()
    slug = story.series.slug
    return (
        Offer("book_get", f"/{slug}/{slug}.epub", "alternate", "application/epub+zip"),
        Offer("feed_name", f"/{slug}/feed.xml", "alternate", "application/atom+xml"),
    )


def link_to(slug: str, position: Position) -> ChapterLink:
    released = as_datetime(position.released_at).date()
    return ChapterLink(position.label, position.title, f"/{slug}/{position.chapter}", released)


def design(desk: Desk) -> str:
    """Another one, after a deployment or under another address, and every page is written anew."""
    parts = (desk.settings.site_url, desk.settings.base_url, *template_sources(desk.templates))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
