"""The page of one chapter of each kind, told and released by the real code, as somebody once found it right."""

from __future__ import annotations

import re
from functools import cache

import pytest
from tests.support.golden import assert_golden
from tests.support.kinds import KINDS, Telling, tell

HASHED = re.compile(r"(/assets/\w+|/colours)-[0-9a-f]{12}\.")
"""A style that is written anew has another name: what is found right here is the page."""

NIGHT_POST = {
    "prologue": "prologue-00-prologue",
    "dialogue": "chapter-1",
    "verse": "chapter-2",
    "letters": "chapter-3",
    "footnotes": "chapter-4",
    "warnings": "chapter-5",
    "picture": "chapter-6",
    "interlude": "interlude-the-dead-letter-album",
    "notice": "notice-07-a-late-train",
    "epilogue": "epilogue-09-epilogue",
}
PAGES = {kind: f"the-night-post/{name}" for kind, name in NIGHT_POST.items()} | {
    "farewell": "the-night-post/closing-1",
    "german": "das-stellwerk/chapter-1",
    "arabic": "masabih-al-mina/chapter-1",
    "hebrew": "migdal-hashaon/chapter-1",
    "japanese": "kawa-no-yubin/chapter-1",
}


@cache
def told() -> Telling:
    return tell()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_each_kind_is_as_it_was_once_found_right(kind: str) -> None:
    page = told().world.archive.objects[PAGES[kind]].decode()

    assert_golden(HASHED.sub(r"\1.", page), f"kinds/{kind}.page.html")


def test_no_kind_is_without_its_page() -> None:
    assert PAGES.keys() - {"farewell"} == KINDS.keys() - {"long"}
