"""A series' feed and its book in the archive: they follow the store, and are written only where they say anew."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from tests.support.library import ATOM, opened
from tests.support.world import SERIES_YAML, World

from cliffhanger import catalogue
from cliffhanger.clock import DAY, MINUTE
from cliffhanger.pictures import Cover, Picture
from cliffhanger.publishing import archive, release, series_book

FEED, BOOK = "lantern/feed.xml", "lantern/lantern.epub"


@pytest.fixture
def out(world: World) -> World:
    """Three chapters are out."""
    world.series()
    for number in range(1, 4):
        world.release(number)
    world.minutes(3)
    world.archive.writes.clear()
    return world


def feed(world: World) -> ET.Element:
    return ET.fromstring(world.archive.objects[FEED])


def ids(world: World) -> list[str]:
    return [str(entry.findtext(f"{ATOM}id")).rpartition("/")[2] for entry in feed(world).findall(f"{ATOM}entry")]


def book(world: World) -> dict[str, str]:
    return opened(world.archive.objects[BOOK])


def sections(world: World) -> list[str]:
    return [name.removeprefix("EPUB/text/").removesuffix(".xhtml") for name in book(world) if "/text/" in name]


def correct(world: World, number: int, words: str) -> None:
    world.drop(f"lantern/{number:02}.md", f"# Chapter {number}: Night {number}\n\n{words}\n")


# What they say ------------------------------------------------------------------------------------------


def test_what_is_out_is_in_the_feed_and_in_the_book(out: World) -> None:
    assert ids(out) == ["chapter-3", "chapter-2", "chapter-1"]
    assert sections(out) == ["chapter-1", "chapter-2", "chapter-3"]
    assert "The lamp burned. It was night 2." in book(out)["EPUB/text/chapter-2.xhtml"]
    assert out.archive.kept[FEED] == "application/atom+xml; charset=utf-8"
    assert out.archive.kept[BOOK] == "application/epub+zip"


def test_nothing_is_offered_of_a_series_before_its_first_chapter(world: World) -> None:
    world.series()
    world.chapter(1)
    world.minutes(2)
    assert FEED not in world.archive.objects
    assert BOOK not in world.archive.objects
    assert "feed.xml" not in world.archive.objects["lantern"].decode()


def test_the_page_of_the_series_offers_both(out: World) -> None:
    page = out.archive.objects["lantern"].decode()
    assert '<link rel="alternate" type="application/atom+xml" href="/lantern/feed.xml"' in page
    assert 'href="/lantern/lantern.epub"' in page


def test_a_correction_is_in_both_and_moves_the_time_of_its_entry_alone(out: World) -> None:
    before = [entry.findtext(f"{ATOM}updated") for entry in feed(out).findall(f"{ATOM}entry")]
    out.time += DAY
    correct(out, 2, "The lamp did not burn.")

    entries = feed(out).findall(f"{ATOM}entry")
    assert "did not burn" in str(entries[1].findtext(f"{ATOM}content"))
    assert "did not burn" in book(out)["EPUB/text/chapter-2.xhtml"]
    changed = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert [old == new for old, new in zip(before, changed, strict=True)] == [True, False, True]
    assert feed(out).findtext(f"{ATOM}updated") == entries[1].findtext(f"{ATOM}updated")


def test_a_chapter_that_is_taken_back_vanishes_from_both(out: World) -> None:
    out.delete("lantern/02.md")
    assert ids(out) == ["chapter-3", "chapter-1"]
    assert sections(out) == ["chapter-1", "chapter-3"]


def test_of_a_series_that_was_taken_back_an_empty_feed_stays_and_no_book(out: World) -> None:
    for number in range(1, 4):
        out.delete(f"lantern/{number:02}.md")
    assert ids(out) == []
    assert BOOK not in out.archive.objects


def test_notices_and_the_farewell_are_in_the_feed_and_not_in_the_book(out: World) -> None:
    out.drop("lantern/hiatus.md", "A/N: I am ill. Back in May.\n")
    release.let_go(out.table, "lantern", out.time)
    out.minutes(2)
    out.series(yaml=SERIES_YAML + "status: complete\n")
    out.minutes(15)

    assert ids(out) == ["closing-1", "notice-hiatus", "chapter-3", "chapter-2", "chapter-1"]
    assert sections(out) == ["chapter-1", "chapter-2", "chapter-3"]
    assert "The story is complete." in book(out)["EPUB/title.xhtml"]


def test_what_the_series_says_of_its_feed_and_its_book_holds_at_once(out: World) -> None:
    out.series(yaml=SERIES_YAML + "feed: summary\nbook_notes: false\n")
    assert feed(out).find(f"{ATOM}entry/{ATOM}content") is None
    assert feed(out).find(f"{ATOM}entry/{ATOM}summary") is not None


def test_a_cover_is_in_both(out: World) -> None:
    path = f"lantern/pictures/{'0' * 32}.jpg"
    picture = Picture(path, 1200, 1800, "image/jpeg")
    out.archive.objects[path] = b"a cover"
    catalogue.show_cover(out.table, "lantern", Cover(picture, picture))
    archive.show(out.desk, "lantern", archive.begin(out.desk, "lantern", positions={0}))

    assert feed(out).findtext(f"{ATOM}logo") == f"https://read.example.org/{path}"
    assert 'properties="cover-image"' in book(out)["EPUB/package.opf"]
    assert book(out)["EPUB/cover.xhtml"]


# What they are called -----------------------------------------------------------------------------------


def test_names_stay_whatever_the_title_and_the_domain_become(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def names() -> list[str]:
        found = [str(element.text) for element in feed(out).iter(f"{ATOM}id")]
        return [*found, book(out)["EPUB/package.opf"].partition("urn:uuid:")[2][:36]]

    before = names()
    assert before[:2] == [
        "tag:stories.example.org,2027-01-15:lantern",
        "tag:stories.example.org,2027-01-15:lantern/chapter-3",
    ]
    monkeypatch.setattr(out.desk.settings.__class__, "site_url", "https://new.example.net", raising=False)
    out.time += 30 * DAY
    out.series(yaml=SERIES_YAML.replace("The Lantern Road", "The Long Road"))
    assert names() == before


# When they are written ----------------------------------------------------------------------------------


def test_a_release_sets_its_own_chapter_alone(out: World) -> None:
    asked: list[str] = []
    get = out.content.get
    out.content.get = lambda key: asked.append(key) or get(key)  # type: ignore[func-returns-value,method-assign]
    out.release(4)
    read = {key.removeprefix("sheets/lantern/").rpartition("-")[0] for key in asked if key.startswith("sheets/")}
    neighbours = {"chapter-2", "chapter-3"}  # the page before the new one leads to it now; its issue tells what came
    assert read == {*neighbours, "chapter-4"}


def test_a_minute_in_which_nothing_happens_writes_neither(out: World) -> None:
    etags = dict(out.archive.objects)
    out.minutes(5)
    archive.show(out.desk, "lantern", archive.begin(out.desk, "lantern", positions={0}))
    assert not out.archive.writes
    assert dict(out.archive.objects) == etags


def test_a_feed_is_there_before_the_mails(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.series()
    world.chapter(1)
    world.time += 11 * MINUTE
    seen: list[bool] = []
    update = world.table.update

    def watched(key: object, **change: object) -> object:
        if "newest" in change.get("set", {}):  # type: ignore[operator]
            seen.append(FEED in world.archive.objects)
        return update(key, **change)  # type: ignore[arg-type]

    monkeypatch.setattr(world.table, "update", watched)
    world.tick()
    assert seen == [True]


def test_a_book_that_cannot_be_made_holds_up_no_chapter_and_is_made_when_it_can(
    out: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    out.join("ada")
    grow = series_book.grow

    def broken(*_: object, **__: object) -> None:
        raise ValueError("the press is jammed")

    monkeypatch.setattr(series_book, "grow", broken)
    out.release(4)
    out.minutes(1)
    assert out.got("ada")[-1] == 4
    assert sections(out) == ["chapter-1", "chapter-2", "chapter-3"]

    monkeypatch.setattr(series_book, "grow", grow)
    out.minutes(1)
    assert sections(out)[-1] == "chapter-4"


def test_a_worker_that_dies_before_the_book_is_written_leaves_it_to_the_minute(
    out: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = out.archive.put

    class Died(BaseException):
        pass

    def dying(path: str, *rest: object, **more: object) -> None:
        if path == BOOK:
            raise Died
        put(path, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(out.archive, "put", dying)
    with pytest.raises(Died):
        out.release(4)
    monkeypatch.undo()
    out.minutes(4)
    assert sections(out)[-1] == "chapter-4"
    assert ids(out)[0] == "chapter-4"


def test_two_workers_at_once_lose_no_chapter(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A correction sets its book while a release comes between its reading and its writing."""
    put = out.archive.put

    def slow(path: str, *rest: object, **more: object) -> None:
        if path == BOOK:
            monkeypatch.undo()
            out.tick()
            assert out.meta()["newest"] == 4
        put(path, *rest, **more)  # type: ignore[arg-type]

    out.chapter(4)
    out.time += 11 * MINUTE
    monkeypatch.setattr(out.archive, "put", slow)
    correct(out, 2, "The lamp did not burn.")

    assert sections(out) == ["chapter-1", "chapter-2", "chapter-3", "chapter-4"]
    assert "did not burn" in book(out)["EPUB/text/chapter-2.xhtml"]


def test_each_release_makes_the_book_longer_by_its_chapter(world: World) -> None:
    world.series()
    sizes = []
    for number in range(1, 13):
        world.release(number)
        sizes.append(len(world.archive.objects[BOOK]))
    steps = [after - before for before, after in pairwise(sizes)]
    assert max(steps) < 1.3 * min(steps)
