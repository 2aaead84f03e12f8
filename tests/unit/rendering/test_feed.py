"""A series as a feed."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from benchmarks.judge.feeds import errors
from tests.support.chapters import LANTERN_ROAD, everything, long, placed, prologue, recalled
from tests.support.golden import assert_golden
from tests.support.library import ATOM, NAME, SITE, Shelf, shelf

from cliffhanger.clock import DAY
from cliffhanger.rendering.feed import LARGEST, MOST_ENTRIES, excerpt
from cliffhanger.series import Feed, Notes, Series

SUMMARIES = replace(LANTERN_ROAD, feed=Feed.SUMMARY)


def entries(feed: bytes) -> list[ET.Element]:
    return ET.fromstring(feed).findall(f"{ATOM}entry")


def text(element: ET.Element, name: str) -> str:
    found = element.findtext(f"{ATOM}{name}")
    assert found is not None, name
    return found


@pytest.mark.parametrize(("name", "series"), [("full", LANTERN_ROAD), ("summary", SUMMARIES)])
def test_a_feed_looks_as_we_wrote_it(name: str, series: Series) -> None:
    assert_golden(shelf(prologue(), everything(), series=series).feed().decode(), f"feed/{name}.xml")


@pytest.mark.parametrize("series", [LANTERN_ROAD, SUMMARIES, replace(LANTERN_ROAD, language="ar", author="", blurb="")])
def test_a_feed_of_sixty_chapters_is_valid(series: Series) -> None:
    kinds = (everything(), prologue(), long(6))

    assert list(errors(shelf(*(kinds[n % 3] for n in range(60)), series=series).feed())) == []


def test_the_newest_chapter_is_the_first() -> None:
    assert [text(entry, "id") for entry in entries(shelf(prologue(), everything()).feed())] == [
        f"{NAME}/chapter-2",
        f"{NAME}/chapter-1",
    ]


def test_a_corrected_chapter_is_updated_and_keeps_its_name_and_its_day() -> None:
    made = shelf(prologue(), everything())
    before = entries(made.feed())[1]
    first = made.entries[1]
    made.add(replace(prologue(), title="Behind"), "chapter-1")
    corrected = replace(first, sheet=made.sections[0].sheet, title="Prologue: Behind", updated=first.updated + 9 * DAY)

    feed = made.feed(entries=[made.entries[0], corrected])

    after = entries(feed)[1]
    assert text(after, "id") == text(before, "id")
    assert text(after, "published") == text(before, "published")
    assert text(after, "updated") > text(before, "updated")
    assert ET.fromstring(feed).findtext(f"{ATOM}updated") == text(after, "updated")


def test_only_what_is_new_is_set_and_the_same_feed_has_the_same_bytes() -> None:
    made = shelf(prologue(), everything())
    old = made.feed()
    assert made.feed(old) == old

    made.read.clear()
    assert made.feed(old) == old
    assert made.read == []

    made.add(long(3), "chapter-3")
    assert made.feed(old) == made.feed()
    assert made.read[0] == made.sections[-1].sheet


def test_what_decides_how_an_entry_is_set_sets_it_anew() -> None:
    made = shelf(prologue(), everything())
    old = made.feed()

    made.series = SUMMARIES
    assert made.feed(old) == made.feed()
    made.series = replace(LANTERN_ROAD, notes=Notes.BEFORE)
    assert made.feed(old) == made.feed()


def test_a_feed_holds_the_newest_chapters_alone() -> None:
    made = shelf(*[prologue()] * (MOST_ENTRIES + 5))

    assert len(entries(made.feed())) == MOST_ENTRIES


def test_a_feed_of_long_chapters_holds_as_many_as_a_reader_of_feeds_takes() -> None:
    made = shelf(*[long(30)] * 12)

    assert 1 < len(entries(made.feed())) < 12
    assert len(made.feed()) < LARGEST + 2_000


def test_the_newest_chapter_is_there_however_long_it_is() -> None:
    assert len(entries(shelf(long(1000)).feed())) == 1


def test_the_content_stands_for_itself() -> None:
    """No anchors that other entries have too, no styles, no script; the author's notes apart, after the story."""
    content = text(entries(shelf(everything()).feed())[0], "content")

    assert ' id="' not in content
    assert f'href="{SITE}/chapter-1#note-2"' in content
    assert "style" not in content
    assert "script" not in content
    assert content.index("The road ended") < content.index("Sorry for the wait")


def test_the_authors_own_recap_is_in_the_feed_whose_readers_too_wait_for_each_chapter() -> None:
    content = text(entries(shelf(recalled()).feed())[0], "content")

    assert content.index("Previously") < content.index("Nell") < content.index("A bell")
    assert set(re.findall(r'href="([^"]*)"', content)) == {f"{SITE}/chapter-1#note-{number}" for number in (1, 2, 3)}


def test_the_notes_of_a_chapter_that_wants_them_before_the_story_stand_there() -> None:
    content = text(entries(shelf(placed(everything(), "before")).feed())[0], "content")

    assert content.index("Sorry for the wait") < content.index("The road ended")


def test_a_summary_is_the_authors_or_the_beginning_of_the_story() -> None:
    first, second = entries(shelf(everything(), prologue(), series=SUMMARIES).feed())

    assert text(first, "summary") == "Who lights the lamps on the Lantern Road must never look behind."
    assert text(second, "summary") == "Tamsin reaches the river, and the river has an opinion."
    assert first.find(f"{ATOM}content") is None


def test_an_excerpt_ends_with_a_word() -> None:
    assert excerpt("<p>a&amp;b</p>\n<p>" + "word " * 200) == "a&b " + "word " * 78 + "word …"


def test_hostile_words_are_text() -> None:
    made = Shelf(replace(LANTERN_ROAD, title="</title><script>", blurb="]]>&nbsp;<b>", author="\"><a href='x'>"))
    made.add(replace(prologue(), title="<img src=x onerror=alert(1)>"), "chapter-1")

    feed = ET.fromstring(made.feed())

    assert feed.findtext(f"{ATOM}title") == "</title><script>"
    assert feed.findtext(f"{ATOM}subtitle") == "]]>&nbsp;<b>"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "\"><a href='x'>"
    assert "<img" in str(feed.findtext(f"{ATOM}entry/{ATOM}title"))
    assert "<img" not in str(feed.findtext(f"{ATOM}entry/{ATOM}content"))


def test_a_series_without_an_author_is_its_own() -> None:
    feed = ET.fromstring(shelf(prologue(), series=replace(LANTERN_ROAD, author="")).feed())

    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Lantern Road"
