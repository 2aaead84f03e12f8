"""What the archive shows of all series together: their list, the map of the site, and the page that is not there.

Beside each series' note lies its entry in the list; the list is made of these alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cliffhanger import keys
from cliffhanger.clock import as_datetime
from cliffhanger.publishing import stale
from cliffhanger.publishing.desk import Desk
from cliffhanger.publishing.press import design, house_of, link_to, put
from cliffhanger.publishing.story import Story
from cliffhanger.rendering.leaves import TEXT, XML, Leaf, assets
from cliffhanger.rendering.site import ChapterLink, SeriesLink, cover_path, render_list, render_not_found

TRIES = 3


def entry(story: Story) -> str:
    """What the list says of a series; "" while nobody can read a chapter of it."""
    series = story.series
    if not story.chapters:
        return ""
    newest = max(story.chapters, key=lambda position: position.number)
    link = link_to(series.slug, newest)
    document = {
        "title": series.title,
        "author": series.author,
        "language": series.language,
        "blurb": series.blurb.partition("\n\n")[0],
        "cover": cover_path(story.cover),
        "indexed": series.indexed,
        "newest": {"label": link.label, "title": link.title, "path": link.path, "at": newest.released_at},
    }
    return json.dumps(document, ensure_ascii=False)


def show(desk: Desk, slug: str, new: str) -> None:
    """Keep the entry of a series and write the list, under a hand of the list's own."""
    hand = stale.lay(desk.table, keys.house(), now=desk.clock(), sweep=True)
    desk.table.update(keys.site(slug), set={"entry": new})
    _show(desk, hand)


def repair(desk: Desk) -> None:
    note = stale.read(desk.table, keys.house())
    if not note.is_clean or note.design != design(desk):
        _show(desk, stale.lay(desk.table, keys.house(), now=desk.clock(), sweep=True))


def _show(desk: Desk, hand: str) -> None:
    key = keys.house()
    for _ in range(TRIES):
        note = stale.read(desk.table, key)
        for leaf in _leaves(desk):
            put(desk, leaf)
        if stale.lift(desk.table, key, hand, note, now=desk.clock(), left=None, told={"design": design(desk)}):
            return
    stale.let_be(desk.table, key, hand)


def _leaves(desk: Desk) -> Iterator[Leaf]:
    house = house_of(desk)
    entries = dict(_entries(desk))
    newest_first = sorted(entries.items(), key=lambda one: one[1]["newest"]["at"], reverse=True)
    languages = [found["language"] for found in entries.values()]
    yield from assets(desk.templates).leaves
    yield Leaf("index.html", render_list(house, [_link(slug, found) for slug, found in newest_first]).encode())
    yield Leaf("404.html", render_not_found(house, languages).encode())
    maps = [f"/{slug}/sitemap.xml" for slug, found in entries.items() if found["indexed"]]
    for path, name, media_type in (("sitemap.xml", "site/maps.xml", XML), ("robots.txt", "site/robots.txt", TEXT)):
        text = desk.templates.get_template(name).render(site_url=house.site_url, paths=maps)
        yield Leaf(path, text.encode(), media_type)


def _entries(desk: Desk) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in desk.table.query(keys.SITE):
        if item.get("entry"):
            yield item["sk"], json.loads(item["entry"])


def _link(slug: str, found: dict[str, Any]) -> SeriesLink:
    newest = found["newest"]
    return SeriesLink(
        title=found["title"],
        author=found["author"],
        path=f"/{slug}",
        language=found["language"],
        blurb=found["blurb"],
        cover=found["cover"],
        newest=ChapterLink(newest["label"], newest["title"], newest["path"], as_datetime(newest["at"]).date()),
    )
