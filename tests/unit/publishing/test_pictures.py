"""A chapter's pictures and a series' cover: whatever comes first, readers get them from us alone."""

from __future__ import annotations

import re

import pytest
from tests.support import drawn
from tests.support.world import SERIES_YAML, World
from tests.unit.test_crashes import every_cut

from cliffhanger import catalogue
from cliffhanger.publishing import ingest
from cliffhanger.publishing.album import MOST, names_of

STORY = "# Chapter 1: Night 1\n\nThe lamp burned.\n\n![A lamp]({})\n\nIt was night 1.\n"
CHAPTER = STORY.format("lamp.png")
SERVED = re.compile(r'<img src="https://read\.example\.org/(lantern/pictures/[0-9a-f]{32}\.(?:png|jpg))"[^>]*>')


def served(world: World, html: str) -> list[bytes]:
    """What a browser gets for each picture of a page or a mail."""
    return [world.archive.objects[path] for path in SERVED.findall(html)]


def last_word(world: World) -> str:
    world.post_letters()
    return world.words()[-1].text


@pytest.mark.parametrize("order", [("picture", "chapter"), ("chapter", "picture")])
def test_a_picture_beside_the_chapter_is_in_the_mail_whatever_came_first(world: World, order: tuple[str, str]) -> None:
    drops = {"picture": ("lantern/lamp.png", drawn.png()), "chapter": ("lantern/01.md", CHAPTER)}
    world.series()
    world.join("ada")
    for what in order:
        world.drop(*drops[what])
    world.minutes(15)
    (mail,) = world.issues("ada")
    (picture,) = served(world, mail.html)
    assert drawn.opened(picture).size == (64, 48)
    assert 'width="64" height="48" alt="A lamp"' in mail.html
    assert "[Picture: A lamp]" in mail.text


def test_the_picture_lies_in_the_archive_before_anything_shows_it(world: World) -> None:
    world.series()
    world.drop("lantern/lamp.png", drawn.png())
    world.drop("lantern/01.md", CHAPTER)
    for data in (*world.content.objects.values(),):
        for path in re.findall(rb"lantern/pictures/[0-9a-f]{32}\.png", data):
            assert world.archive.kept[path.decode()] == "image/png"


def test_no_place_where_a_photograph_was_taken_reaches_the_archive(world: World) -> None:
    world.series()
    world.drop("lantern/lamp.png", drawn.photograph())
    world.drop("lantern/01.md", CHAPTER)
    pictures = [data for path, data in world.archive.objects.items() if "/pictures/" in path]
    assert pictures
    assert not any(b"Exif" in data for data in pictures)


def test_a_missing_picture_is_told_by_name_and_with_what_to_do(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", CHAPTER)
    told = last_word(world)
    assert "The picture “lamp.png” is not there yet: drop it beside the chapter, under this very name." in told
    assert "[Picture: A lamp]" in told
    world.drop("lantern/lamp.png", drawn.png())
    assert "not there yet" not in last_word(world)


def test_a_picture_by_itself_is_answered_by_nothing_and_is_no_chapter(world: World) -> None:
    world.series()
    world.post_letters()
    before = len(world.words())
    world.drop("lantern/lamp.png", drawn.png())
    world.drop("lantern/IMG_0001", drawn.png())
    world.post_letters()
    assert len(world.words()) == before
    assert not list(world.table.query("SERIES#lantern", prefix="CHAPTER#"))


def test_a_chapter_that_is_out_gets_its_picture_and_its_readers_no_second_mail(world: World) -> None:
    world.series()
    world.join("ada")
    world.drop("lantern/01.md", "---\nresend: true\n---\n" + CHAPTER)
    world.minutes(15)
    world.drop("lantern/lamp.png", drawn.png())
    world.minutes(15)
    assert len(world.issues("ada")) == 1
    world.join("ben")
    world.minutes(2)
    assert served(world, world.issues("ben")[0].html)


def test_a_picture_that_changes_is_shown_as_it_is_now(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", CHAPTER)
    world.drop("lantern/lamp.png", drawn.png())
    world.drop("lantern/lamp.png", drawn.png(80, 60))
    world.join("ada")
    world.minutes(15)
    assert drawn.opened(served(world, world.issues("ada")[0].html)[0]).size == (80, 60)


def test_a_picture_taken_away_is_shown_no_more(world: World) -> None:
    world.series()
    world.drop("lantern/lamp.png", drawn.png())
    world.drop("lantern/01.md", CHAPTER)
    world.delete("lantern/lamp.png")
    assert "not there yet" in last_word(world)
    world.join("ada")
    world.minutes(15)
    assert "<img" not in world.issues("ada")[0].html


def test_the_same_event_again_changes_nothing(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", CHAPTER)
    world.drop("lantern/lamp.png", drawn.png())
    world.post_letters()
    before, written = len(world.words()), world.archive.writes.copy()
    for key in ("lantern/lamp.png", "lantern/01.md", "lantern/lamp.png"):
        ingest.take(world.desk, key)
    world.post_letters()
    assert len(world.words()) == before
    assert world.archive.writes == written


@pytest.mark.parametrize(
    ("source", "key"),
    [
        ("images/lamp.png", "lantern/images/lamp.png"),
        ("images/lamp.png", "lantern/lamp.png"),
        ("my%20lamp.png", "lantern/my lamp.png"),
        ("./lamp.png", "lantern/lamp.png"),
        ("lampe-zündet.png", "lantern/lampe-zündet.png"),
    ],
)
def test_names_are_found_as_authors_write_them(world: World, source: str, key: str) -> None:
    world.series()
    world.drop("lantern/01.md", STORY.format(source))
    world.drop(key, drawn.png())
    assert "not there yet" not in last_word(world)


@pytest.mark.parametrize(
    "source", ["../other/lamp.png", "%2e%2e/other/lamp.png", "/etc/passwd", "a/%2e%2e/%2e%2e/x.png"]
)
def test_no_name_leads_out_of_the_series_folder(source: str) -> None:
    assert not any(name.startswith(("/", "..")) or ".." in name.split("/") for name in names_of(source))


def test_windows_folders_are_folders() -> None:
    assert names_of("images\\lamp.png") == ("images/lamp.png", "lamp.png")


def test_a_remote_picture_is_left_out_and_its_author_told(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", STORY.format("https://tracker.example/lamp.png"))
    assert "was left out" in last_word(world)
    assert not any(b"tracker.example" in data for key, data in world.content.objects.items() if key.startswith("issue"))


def test_a_drawing_that_could_hold_a_script_is_refused_with_what_to_do(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", CHAPTER)
    world.drop("lantern/lamp.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    world.post_letters()
    told = "\n".join(word.text for word in world.words())
    assert "The file is no picture that mails can show: save it as JPEG or PNG and drop it again." in told
    assert "The picture “lamp.png” is no picture that mails can show" in told
    assert not any("/pictures/" in path for path in world.archive.objects)


def test_a_picture_that_is_called_a_chapter_is_told_to_be_none(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", drawn.png())
    assert "picture file, which cannot be read" in last_word(world)


def test_a_thousand_pictures_are_not_looked_for(world: World) -> None:
    world.series()
    many = "\n\n".join(f"![A lamp](lamp{n}.png)" for n in range(1000))
    world.drop("lantern/01.md", f"# Chapter 1: Lamps\n\nMany.\n\n{many}\n")
    assert f"more than {MOST}" in last_word(world)
    assert len(list(world.table.query("SERIES#lantern", prefix="SHOWS#"))) == MOST


def test_a_picture_that_comes_while_its_chapter_is_made_is_in_it(world: World) -> None:
    world.series()
    put = world.content.put

    def put_and_drop(key: str, data: bytes) -> None:
        world.content.put = put  # type: ignore[method-assign]
        put(key, data)
        world.drop("lantern/lamp.png", drawn.png())

    world.content.put = put_and_drop  # type: ignore[method-assign]
    world.drop("lantern/01.md", CHAPTER)
    world.join("ada")
    world.minutes(15)
    assert served(world, world.issues("ada")[0].html)


def test_a_picture_cut_anywhere_is_in_the_chapter_once_its_event_comes_again() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.drop("lantern/01.md", CHAPTER)
        world.join("ada")
        world.post_letters()
        return world

    def act(world: World) -> None:
        world.drop("lantern/lamp.png", drawn.png())

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/lamp.png")
        world.minutes(15)
        assert served(world, world.issues("ada")[0].html)
        assert len(world.issues("ada")) == 1

    assert every_cut(prepare, act, recover) >= 5


def test_a_chapter_cut_anywhere_shows_its_picture_once_its_event_comes_again() -> None:
    def prepare() -> World:
        world = World()
        world.series()
        world.drop("lantern/lamp.png", drawn.png())
        world.join("ada")
        world.post_letters()
        return world

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/01.md")
        world.minutes(15)
        assert served(world, world.issues("ada")[0].html)

    assert every_cut(prepare, lambda world: world.drop("lantern/01.md", CHAPTER), recover) >= 5


# The cover ---------------------------------------------------------------------------------------------

WITH_COVER = SERIES_YAML + "cover: cover.jpg\n"


@pytest.mark.parametrize("order", [("cover", "settings"), ("settings", "cover")])
def test_a_cover_lies_on_the_shelf_whatever_came_first(world: World, order: tuple[str, str]) -> None:
    drops = {"cover": ("lantern/cover.jpg", drawn.photograph()), "settings": ("lantern/series.yaml", WITH_COVER)}
    for what in order:
        world.drop(*drops[what])
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert shelf.cover
    assert (shelf.cover.full.width, shelf.cover.full.media_type) == (64, "image/jpeg")
    assert b"Exif" not in world.archive.objects[shelf.cover.full.path]
    assert shelf.cover.small.path in world.archive.objects


def test_a_cover_that_is_missing_or_none_is_told_in_the_answer_to_the_settings(world: World) -> None:
    world.series(yaml=WITH_COVER)
    assert "The cover “cover.jpg” is not there yet: drop it beside series.yaml." in last_word(world)
    world.drop("lantern/cover.jpg", b"no picture")
    world.series(yaml=WITH_COVER + "blurb: A road.\n")
    assert "The cover “cover.jpg” is no picture that mails can show" in last_word(world)


def test_a_cover_that_the_settings_no_longer_name_is_gone(world: World) -> None:
    world.drop("lantern/cover.jpg", drawn.photograph())
    world.series(yaml=WITH_COVER)
    world.series()
    world.drop("lantern/cover.jpg", drawn.png())
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert shelf.cover is None


def test_a_cover_cut_anywhere_is_on_the_shelf_once_its_event_comes_again() -> None:
    def prepare() -> World:
        world = World()
        world.series(yaml=WITH_COVER)
        return world

    def recover(world: World) -> None:
        ingest.take(world.desk, "lantern/cover.jpg")
        shelf = catalogue.find(world.table, "lantern")
        assert shelf
        assert shelf.cover

    assert every_cut(prepare, lambda world: world.drop("lantern/cover.jpg", drawn.photograph()), recover) >= 3


def test_a_cover_that_comes_after_the_chapters_is_on_all_their_pages(world: World) -> None:
    world.series(yaml=WITH_COVER)
    world.release(1, 2)
    world.drop("lantern/cover.jpg", drawn.photograph())
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    assert shelf.cover
    for path in ("lantern", "lantern/chapter-1", "lantern/chapter-2"):
        assert f"https://read.example.org/{shelf.cover.full.path}".encode() in world.archive.objects[path]
    assert f'src="/{shelf.cover.small.path}"'.encode() in world.archive.objects["lantern"]
    assert f'src="/{shelf.cover.small.path}"'.encode() in world.archive.objects["index.html"]
    assert shelf.cover.full.path.rpartition("/")[2].encode() in world.archive.objects["lantern/lantern.epub"]


def test_the_page_the_feed_and_the_book_show_the_picture_too(world: World) -> None:
    world.series()
    world.drop("lantern/01.md", CHAPTER)
    world.minutes(15)
    world.drop("lantern/lamp.png", drawn.png())
    (path,) = set(SERVED.findall(world.archive.objects["lantern/chapter-1"].decode()))
    assert path.encode() in world.archive.objects["lantern/feed.xml"]
    assert path.rpartition("/")[2].encode() in world.archive.objects["lantern/lantern.epub"]


def test_a_correction_with_a_picture_that_is_missing_says_so(world: World) -> None:
    world.series()
    world.release(1)
    world.drop("lantern/01.md", CHAPTER)
    world.post_letters()
    word = world.words()[-1]
    assert "The picture “lamp.png” is not there yet" in word.text
    assert "The picture &#8220;lamp.png&#8221; is not there yet" in word.html
