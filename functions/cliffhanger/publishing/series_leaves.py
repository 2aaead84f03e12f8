"""A series' own leaves in the archive: the pages of its chapters, its contents, its part of the site's map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from cliffhanger.positions import Position
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.press import frame_of, house_of, link_to
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.leaves import XML, Leaf, assets
from cliffhanger.rendering.sheet import Sheet
from cliffhanger.rendering.site import Frame, render_chapter, render_contents


def shared(desk: Desk, story: Story) -> Iterator[Leaf]:
    """What every page needs, so it is there before them."""
    yield from assets(desk.templates, story.series).leaves


def contents(desk: Desk, story: Story) -> Iterator[Leaf]:
    slug = story.series.slug
    links = [link_to(slug, position) for position in story.chapters]
    yield Leaf(slug, render_contents(frame_of(desk, story), links).encode())
    if story.series.indexed:
        paths = [f"/{slug}", *(link.path for link in links)]
        listed = desk.templates.get_template("site/map.xml").render(site_url=house_of(desk).site_url, paths=paths)
        yield Leaf(f"{slug}/sitemap.xml", listed.encode(), XML)


def pages(desk: Desk, story: Story, positions: Iterable[int]) -> Iterator[Leaf]:
    frame = frame_of(desk, story)
    for number in sorted(positions):
        position = story.shown(story.ids.get(number, ""))
        data = desk.content.get(position.sheet) if position else None
        if position and data:
            yield _page(frame, story, position, Sheet.from_json(data))


def gone(story: Story, positions: Iterable[int]) -> Iterator[str]:
    """The paths of what is shown no more."""
    slug = story.series.slug
    if not story.series.indexed:
        yield f"{slug}/sitemap.xml"
    for number in positions:
        chapter = story.ids.get(number)
        if chapter and not story.shown(chapter):
            yield f"{slug}/{chapter}"


def around(story: Story, positions: Iterable[int]) -> set[int]:
    """These positions and those whose pages lead to them."""
    known = [number for number in positions if number in story.ids]
    near = (story.neighbours(story.ids[number]) for number in known)
    return {*known, *(position.number for pair in near for position in pair if position)}


def _page(frame: Frame, story: Story, position: Position, sheet: Sheet) -> Leaf:
    """A notice is no part of the story: nobody turns the page from it."""
    slug = story.series.slug
    before, after = (None, None) if position.passes else story.neighbours(position.chapter)
    start = f"{frame.house.base_url}/join/{slug}?{urlencode({'start': position.chapter})}"
    page = render_chapter(
        sheet,
        link_to(slug, position),
        frame=frame,
        before=link_to(slug, before) if before else None,
        after=link_to(slug, after) if after else None,
        start="" if position.passes else start,
    )
    return Leaf(f"{slug}/{position.chapter}", page.encode())
