"""The public archive shows what the store says, before the mails that link to it, and writes only what says anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.support.world import SERIES_YAML, World

from cliffhanger import keys
from cliffhanger.clock import MINUTE
from cliffhanger.publishing import archive, release, stale, writing

LAMP = "# Chapter {0}: Night {0}\n\nThe lamp glowed. It was night {0}.\n"


@pytest.fixture
def out(world: World) -> World:
    """Five chapters are out."""
    world.series()
    for number in range(1, 6):
        world.release(number)
    world.minutes(3)
    world.archive.writes.clear()
    return world


def page(world: World, path: str) -> str:
    return world.archive.objects[path].decode()


def written(world: World) -> set[str]:
    """But for the feed and the book, which have tests of their own."""
    return {path for path, count in world.archive.writes.items() if count and not path.endswith(("feed.xml", ".epub"))}


def leads(world: World, chapter: str) -> list[str]:
    """Where one turns to from the page of a chapter: back, and on."""
    text = page(world, f"lantern/{chapter}")
    found = [text.partition(f'<link rel="{way}" href="/lantern/')[2].partition('"')[0] for way in ("prev", "next")]
    return [one for one in found if one]


def listed(world: World) -> list[str]:
    contents = page(world, "lantern").partition('<ol class="contents">')[2].partition("</ol>")[0]
    return [part.partition('"')[0] for part in contents.split('href="/lantern/')[1:]]


def everything_shown(world: World) -> dict[str, bytes]:
    """But for the book, which says when it was last changed."""
    return {path: data for path, data in world.archive.objects.items() if not path.endswith(".epub")}


# A release ----------------------------------------------------------------------------------------------


def test_the_pages_stand_before_newest_is_raised(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.series()
    world.chapter(1)
    world.time += 11 * MINUTE
    seen: list[tuple[bool, bool, bool]] = []
    update = world.table.update

    def watched(key: Any, **change: Any) -> Any:
        if "newest" in change.get("set", {}):
            shown = world.archive.objects
            seen.append(("lantern/chapter-1" in shown, "chapter-1" in page(world, "lantern"), "index.html" in shown))
        return update(key, **change)

    monkeypatch.setattr(world.table, "update", watched)
    world.tick()
    assert seen == [(True, True, True)]


def test_a_release_writes_its_page_the_one_before_and_what_lists_them_however_long_the_story_is(out: World) -> None:
    out.release(6)
    assert written(out) == {"lantern/chapter-6", "lantern/chapter-5", "lantern", "lantern/sitemap.xml", "index.html"}
    assert (leads(out, "chapter-5"), leads(out, "chapter-6")) == (["chapter-4", "chapter-6"], ["chapter-5"])


def test_a_minute_in_which_nothing_happens_writes_nothing(out: World) -> None:
    out.minutes(5)
    assert not out.archive.writes


def test_a_chapter_that_waits_is_shown_nowhere(out: World) -> None:
    out.chapter(6)
    assert not [path for path in out.archive.objects if "chapter-6" in path]
    assert "Night 6" not in page(out, "lantern") + page(out, "index.html")


def test_a_series_has_its_page_before_its_first_chapter_and_is_listed_from_then_on(world: World) -> None:
    world.series()
    assert "still to come" in page(world, "lantern")
    world.minutes(1)
    assert "Lantern" not in page(world, "index.html")
    world.release(1)
    assert "The Lantern Road" in page(world, "index.html")
    assert "https://read.example.org/lantern/sitemap.xml" in page(world, "sitemap.xml")
    assert "https://read.example.org/lantern/chapter-1" in page(world, "lantern/sitemap.xml")


def test_the_story_that_went_on_last_is_listed_first(world: World) -> None:
    for slug, title in (("lantern", "The Lantern Road"), ("quay", "The Quay")):
        world.series(slug, SERIES_YAML.replace("The Lantern Road", title))
        world.release(1, slug=slug)
    world.release(2)
    text = page(world, "index.html")
    assert text.index("The Lantern Road") < text.index("The Quay")


def test_neither_a_notice_nor_the_farewell_is_a_chapter_of_the_story(out: World) -> None:
    out.drop("lantern/hiatus.md", "A/N: I am ill. Back in May.\n")
    release.let_go(out.table, "lantern", out.time)
    out.minutes(2)
    out.series(yaml=SERIES_YAML + "status: complete\n")
    out.minutes(15)
    assert listed(out) == [f"chapter-{n}" for n in range(1, 6)]
    assert leads(out, "chapter-5") == ["chapter-4"]
    notice = next(path for path in out.archive.objects if path.startswith("lantern/notice"))
    assert "I am ill." in page(out, notice)
    assert 'rel="prev"' not in page(out, notice)
    assert notice not in page(out, "lantern/sitemap.xml")


# Corrections and withdrawals ----------------------------------------------------------------------------


def test_a_correction_shows_at_once_and_rewrites_its_page_alone(out: World) -> None:
    out.drop("lantern/03.md", LAMP.format(3))
    assert "glowed" in page(out, "lantern/chapter-3")
    assert written(out) == {"lantern/chapter-3"}


def test_another_title_is_shown_where_others_lead_to_it(out: World) -> None:
    out.drop("lantern/03.md", "# Chapter 3: Salt\n\nThe lamp burned. It was night 3.\n")
    assert written(out) == {"lantern/chapter-2", "lantern/chapter-3", "lantern/chapter-4", "lantern"}
    assert "Salt" in page(out, "lantern")


def test_a_chapter_taken_back_is_gone_and_its_neighbours_lead_past_it(out: World) -> None:
    out.delete("lantern/03.md")
    assert "lantern/chapter-3" not in out.archive.objects
    assert (leads(out, "chapter-2"), leads(out, "chapter-4")) == (
        ["chapter-1", "chapter-4"],
        ["chapter-2", "chapter-5"],
    )
    assert listed(out) == ["chapter-1", "chapter-2", "chapter-4", "chapter-5"]
    assert "chapter-3" not in page(out, "lantern/sitemap.xml")


def test_dropped_again_it_stands_where_it_stood(out: World) -> None:
    before = everything_shown(out)
    out.delete("lantern/03.md")
    out.chapter(3)
    assert everything_shown(out) == before


def test_a_chapter_sent_again_keeps_its_place_in_the_story(out: World) -> None:
    out.drop("lantern/02.md", f"---\nresend: true\n---\n{LAMP.format(2)}")
    out.minutes(15)
    assert listed(out) == [f"chapter-{n}" for n in range(1, 6)]
    assert leads(out, "chapter-2") == ["chapter-1", "chapter-3"]
    assert "glowed" in page(out, "lantern/chapter-2")


def test_a_series_whose_only_chapter_is_taken_back_is_listed_no_more(world: World) -> None:
    world.series()
    world.release(1)
    world.delete("lantern/01.md")
    assert "The Lantern Road" not in page(world, "index.html")
    assert "lantern" not in page(world, "sitemap.xml")


# Settings -----------------------------------------------------------------------------------------------


def test_another_title_of_the_series_is_on_each_of_its_pages(out: World) -> None:
    out.series(yaml=SERIES_YAML.replace("Lantern Road", "Lamp Road"))
    pages = [page(out, f"lantern/chapter-{n}") for n in range(1, 6)]
    assert all("The Lamp Road" in one for one in [*pages, page(out, "lantern"), page(out, "index.html")])


def test_a_status_rewrites_the_page_of_the_series_alone(out: World) -> None:
    out.series(yaml=SERIES_YAML + "status: hiatus\n")
    assert written(out) == {"lantern"}


def test_settings_that_no_page_shows_rewrite_nothing(out: World) -> None:
    out.series(yaml=SERIES_YAML + "in_doubt: hold\n")
    assert not written(out)


def test_a_series_that_is_not_to_be_indexed_is_in_no_map(out: World) -> None:
    out.series(yaml=SERIES_YAML + "indexed: false\n")
    assert "lantern/sitemap.xml" not in out.archive.objects
    assert "/lantern" not in page(out, "sitemap.xml")
    assert "noindex" in page(out, "lantern/chapter-1")


def test_a_long_story_is_swept_some_pages_a_minute_and_a_correction_does_not_wait_for_that(
    out: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "A_SWEEP", 2)
    out.series(yaml=SERIES_YAML.replace("Lantern Road", "Lamp Road"))

    def new() -> list[int]:
        return [n for n in range(1, 6) if "Lamp Road" in page(out, f"lantern/chapter-{n}")]

    assert new() == [1, 2]
    out.drop("lantern/05.md", LAMP.format(5))
    assert "glowed" in page(out, "lantern/chapter-5")
    out.minutes(3)
    assert new() == [1, 2, 3, 4, 5]
    out.archive.writes.clear()
    out.minutes(3)
    assert not written(out)


def test_after_a_deployment_that_changes_the_design_all_pages_have_the_new_one(
    out: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = {path: data for path, data in out.archive.objects.items() if path.startswith("assets/")}
    for module in ("press", "archive", "house"):
        monkeypatch.setattr(f"cliffhanger.publishing.{module}.design", lambda _: "new")
    out.archive.objects.clear()
    out.archive.objects |= kept
    out.minutes(1)
    assert {"lantern", "lantern/chapter-1", "lantern/chapter-5", "index.html", "404.html"} <= written(out)


# At the same time, and after a crash --------------------------------------------------------------------


def both(first: Callable[[], None], second: Callable[[], None], world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second happens after the first has read the store for its pages, and before it writes the first of them."""
    put = archive.put

    def slow(desk: Any, leaf: Any) -> None:
        monkeypatch.setattr(archive, "put", put)
        second()
        put(desk, leaf)

    monkeypatch.setattr(archive, "put", slow)
    first()


def settled(world: World) -> None:
    """What is shown is what a sweep over everything would show, and nothing is left to be written."""
    world.minutes(1)
    before = everything_shown(world)
    archive.show(world.desk, "lantern", archive.begin(world.desk, "lantern", sweep=True))
    world.minutes(4)
    assert everything_shown(world) == before
    assert stale.read(world.table, keys.site("lantern")).is_clean
    assert stale.read(world.table, keys.house()).is_clean


def test_a_slow_worker_leaves_no_old_page_over_a_newer_one(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    both(
        lambda: out.drop("lantern/03.md", LAMP.format(3)),
        lambda: out.drop("lantern/03.md", LAMP.format(3).replace("glowed", "went out")),
        out,
        monkeypatch,
    )
    assert "went out" in page(out, "lantern/chapter-3")
    settled(out)


def test_a_release_and_a_correction_at_once_are_both_shown(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    out.chapter(6)
    out.time += 11 * MINUTE
    both(lambda: out.drop("lantern/05.md", LAMP.format(5)), out.tick, out, monkeypatch)
    assert leads(out, "chapter-5") == ["chapter-4", "chapter-6"]
    assert listed(out)[-1] == "chapter-6"
    settled(out)


def test_a_withdrawal_in_the_middle_of_a_release_is_shown(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    out.chapter(6)
    out.time += 11 * MINUTE
    both(out.tick, lambda: out.delete("lantern/06.md"), out, monkeypatch)
    assert "lantern/chapter-6" not in out.archive.objects
    assert listed(out)[-1] == "chapter-5"
    settled(out)


def test_who_dies_between_the_change_and_its_page_is_finished_within_a_minute(out: World) -> None:
    archive.begin(out.desk, "lantern")
    record = writing.chapters.find(out.table, "lantern", "chapter-3")
    assert record
    writing.recall(out.desk, "lantern", record.id)
    assert "lantern/chapter-3" in out.archive.objects
    out.minutes(1)
    assert "lantern/chapter-3" not in out.archive.objects
    out.minutes(4)
    settled(out)


def test_a_feed_that_cannot_be_made_holds_no_release_up(out: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError

    monkeypatch.setattr(archive, "EXTRAS", (broken,))
    out.release(6)
    assert (out.meta()["newest"], out.tallied["TickStepFailed"]) == (6, 2)
    monkeypatch.setattr(archive, "EXTRAS", ())
    out.minutes(4)
    settled(out)
