"""The words that we say to readers."""

import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from cliffhanger.manuscripts.model import Kind
from cliffhanger.readers.addresses import Fault
from cliffhanger.rendering.card import SHOWN_TAGS
from cliffhanger.rendering.strings import FALLBACK, TABLES, direction, speaker
from cliffhanger.series import Status
from cliffhanger.web.asking import BUTTONS
from cliffhanger.web.leaving import REASONS
from cliffhanger.web.mine import Notice
from cliffhanger.web.once import Once
from cliffhanger.web.paces import WEEK

ROOT = Path(__file__).parent.parent.parent.parent
ENGLISH = TABLES[FALLBACK]
LIKE_ENGLISH = {
    "de": {"colon", "first_of_month", "month_4", "month_8", "month_9", "month_11", "links", "tag_fandom", "tag_genre"}
    | {"size_normal"},
    "fr": {"prologue", "interlude", "day", "footnotes", "tag_fandom", "tag_genre"},
    "es": {"colon", "first_of_month", "size_normal", "tag_fandom"},
    "pt": {"colon", "links", "size_normal", "tag_fandom"},
}

SIZES, THEMES = ("small", "normal", "large", "largest"), ("system", "day", "night")
"""The reading settings of templates/site/settings.html."""

TOLD_BY_NAME = {"change_sent", "change_sent_title", "changed", "changed_title", "taken", "taken_title"} | {
    "erased",
    "erased_title",
    "reason_thanks",
    "book_get",
    "feed_name",
}
"""What web/once.py and web/leaving.py say with the page `said`, and the offers of publishing/press.py."""


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def keys_in_use() -> set[str]:
    sources = [path for path in (ROOT / "templates").rglob("*.*") if path.suffix != ".css"]
    sources += [path for room in ("rendering", "web") for path in (ROOT / "functions/cliffhanger" / room).rglob("*.py")]
    called = {key for source in sources for key in re.findall(r'\b(?:say|self|_say)\("(\w+)"[,)]', source.read_text())}
    built = {f"status_{status}" for status in Status} | {f"said_{notice}" for notice in Notice}
    built |= {f"bad_address_{fault}" for fault in Fault} | {f"reason_{reason}" for reason in REASONS}
    built |= {f"once_{part}_{kind.key}" for part in ("subject", "hello") for kind in Once} | TOLD_BY_NAME
    built |= {f"{wish}_{part}" for part in ("title", "ask") for wish in BUTTONS} | set(BUTTONS.values())
    built |= {f"weekday_{day}" for day in WEEK}
    built |= {f"size_{size}" for size in SIZES} | {f"theme_{theme}" for theme in THEMES}
    built |= {f"month_{month}" for month in range(1, 13)} | {f"tag_{tag}" for tag in SHOWN_TAGS}
    return called | built | {kind.value for kind in Kind}


@pytest.mark.parametrize("language", TABLES)
def test_no_language_lacks_a_string_or_has_one_too_many(language: str) -> None:
    assert TABLES[language].keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", LIKE_ENGLISH)
def test_no_string_is_left_in_english(language: str) -> None:
    same = {key for key, text in TABLES[language].items() if text == ENGLISH[key]}

    assert same == LIKE_ENGLISH[language]


@pytest.mark.parametrize("language", TABLES)
def test_every_language_tells_the_same_facts(language: str) -> None:
    assert {key: fields(text) for key, text in TABLES[language].items()} == {
        key: fields(text) for key, text in ENGLISH.items()
    }


def test_every_string_is_said_somewhere_and_none_is_missing() -> None:
    assert keys_in_use() == ENGLISH.keys()


@pytest.mark.parametrize(
    ("language", "spoken"), [("en-GB", "en"), ("de-AT", "de"), ("DE", "de"), ("pt-BR", "pt"), ("ja", "en"), ("", "en")]
)
def test_a_language_without_a_table_is_answered_in_english(language: str, spoken: str) -> None:
    assert speaker(language).language == spoken


@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        # French parts : ; ! ? « and » from the words by a space that does not break, never by one that does, or none.
        ("fr", r"(?<![\u00a0\u202f])[:;!?»]|«(?!\u202f)"),
        ("es", r"[“”„]|« | »|^[^¿]*\?|^[^¡]*!"),
        ("pt", r"[«»„]"),
        ("de", r"[«»”]"),
    ],
)
def test_quotation_marks_and_stops_are_those_of_the_language(language: str, wrong: str) -> None:
    assert [text for text in TABLES[language].values() if re.search(f"{wrong}|['\"]", text)] == []


def test_a_value_with_braces_is_said_as_it_is() -> None:
    assert speaker("en")("by", author="{author.__class__} {0}") == "by {author.__class__} {0}"


@pytest.mark.parametrize(("language", "way"), [("ar-EG", "rtl"), ("he", "rtl"), ("ja", "ltr"), ("arn", "ltr")])
def test_a_language_knows_its_direction(language: str, way: str) -> None:
    assert direction(language) == way


def test_a_day_is_told_as_its_language_tells_it() -> None:
    assert speaker("en").day(date(2026, 3, 1)) == "1 March 2026"
    assert speaker("de").day(date(2026, 3, 1)) == "1. März 2026"
    assert speaker("fr").day(date(2026, 3, 1)) == "1er mars 2026"
    assert speaker("fr").day(date(2026, 3, 2)) == "2 mars 2026"
    assert speaker("es").day(date(2026, 3, 1)) == "1 de marzo de 2026"
    assert speaker("pt").day(date(2026, 3, 1)) == "1º de março de 2026"
