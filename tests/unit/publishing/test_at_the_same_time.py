"""Two ingest workers, a release, an author who is quick: whoever is late must not undo what is newer."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support.world import World

from cliffhanger import keys
from cliffhanger.ports import Object
from cliffhanger.publishing import drop, ingest, release

FIRST = "# Chapter 1: Night 1\n\nThe lamp burned. It was night 1.\n"
CHANGED = FIRST.replace("burned", "glowed")


@pytest.fixture
def followed(world: World) -> World:
    world.series()
    world.join("ada")
    world.work()
    return world


def test_a_slow_worker_with_an_old_version_does_not_win(followed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = drop.take

    def slow(desk: Any, slug: str, name: str, found: Object) -> None:
        monkeypatch.setattr(drop, "take", taken)
        followed.drop("lantern/01.md", CHANGED)  # the quick one comes and goes
        taken(desk, slug, name, found)

    monkeypatch.setattr(drop, "take", slow)
    followed.drop("lantern/01.md", FIRST)
    followed.minutes(15)
    assert "glowed" in followed.issues("ada")[0].text


def test_a_file_deleted_while_it_is_read_is_not_sent(followed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = drop.take

    def slow(desk: Any, slug: str, name: str, found: Object) -> None:
        followed.delete("lantern/01.md")
        taken(desk, slug, name, found)

    monkeypatch.setattr(drop, "take", slow)
    followed.drop("lantern/01.md", FIRST)
    followed.minutes(15)
    assert followed.got("ada") == []


def test_a_correction_in_the_middle_of_a_release_is_the_one_that_stays(
    followed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed.chapter(1)
    followed.post_letters()
    shown = release._show_newest

    def corrected_just_before(*args: Any) -> None:
        monkeypatch.setattr(release, "_show_newest", shown)
        followed.drop("lantern/01.md", CHANGED)
        shown(*args)

    monkeypatch.setattr(release, "_show_newest", corrected_just_before)
    followed.minutes(15)
    assert "glowed" in followed.issues("ada")[0].text


def test_five_that_are_too_many_are_not_overtaken_by_a_sixth(followed: World) -> None:
    followed.release(1, 2, 3, 4, 5)
    followed.minutes(2)
    followed.chapter(6)
    followed.minutes(20)
    assert followed.got("ada") == []
    assert sum("/release/lantern/" in word.text for word in followed.words()) >= 1
    release.let_go(followed.table, "lantern", followed.time)
    followed.minutes(5)
    assert followed.got("ada") == [1, 2, 3, 4, 5, 6]


def test_a_resend_taken_back_leaves_the_chapter_out(followed: World) -> None:
    followed.release(1, 2)
    followed.minutes(2)
    followed.drop(
        "lantern/02.md", "---\nresend: true\n---\n# Chapter 2: Night 2\n\nThe lamp glowed in the second night.\n"
    )
    followed.delete("lantern/02.md")
    followed.chapter(3)
    followed.minutes(15)
    assert followed.got("ada") == [1, 2, 3]


def test_one_series_that_fails_stops_no_other(followed: World) -> None:
    followed.series("harbour")
    followed.join("ben", slug="harbour")
    followed.chapter(1, slug="harbour")
    followed.table.put(keys.position("lantern", 1), {"nonsense": True})
    followed.minutes(15)
    assert followed.got("ben") == [1]
    assert followed.tallied["TickStepFailed"]
    assert followed.told


def test_a_file_that_never_holds_still_comes_again_later(followed: World, monkeypatch: pytest.MonkeyPatch) -> None:
    versions = iter(range(100))
    monkeypatch.setattr(
        followed.manuscripts, "current", lambda _: Object(FIRST.encode(), f"new-{next(versions)}"), raising=True
    )
    with pytest.raises(Exception, match="changes faster"):
        ingest.take(followed.desk, "lantern/01.md")
