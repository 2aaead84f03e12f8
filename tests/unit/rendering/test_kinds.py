"""One chapter of each kind really becomes a mail of that kind."""

from __future__ import annotations

from functools import cache

from tests.support import prose
from tests.support.kinds import KINDS, Telling, tell


@cache
def told() -> Telling:
    return tell()


def test_each_kind_of_chapter_reaches_its_reader() -> None:
    assert set(KINDS) | {"farewell", "bundle"} <= set(told().mails)


def test_the_mails_are_in_the_languages_and_directions_of_their_series() -> None:
    marks = {kind: told().mails[kind].html.partition("<head>")[0].split("<html")[1] for kind in told().mails}

    assert 'lang="ar" dir="rtl"' in marks["arabic"]
    assert 'lang="he" dir="rtl"' in marks["hebrew"]
    assert 'lang="ja" dir="ltr"' in marks["japanese"]
    assert 'lang="de" dir="ltr"' in marks["german"]


def test_a_bundle_holds_three_chapters() -> None:
    html = told().mails["bundle"].html

    assert all(words in html for words in ("ninety miles of salt", "The Sorting Car", "The Sorters&#8217; Rhyme"))


def test_made_prose_has_the_length_asked_and_is_the_same_each_time() -> None:
    for language in ("en", "ru", "ja", "ar"):
        text = prose.chapter(language, 5_000)

        assert 5_000 <= prose.count(text, language) < 5_400
        assert text == prose.chapter(language, 5_000)
        assert text != prose.chapter(language, 5_000, number=2)
