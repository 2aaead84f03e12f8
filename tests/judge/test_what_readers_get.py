"""What the quick judges say of one chapter of each kind; `make judge` asks them all, and more thoroughly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from benchmarks.judge import axe, books, clients, feeds, markup, sizes
from benchmarks.judge.subjects import Subjects
from tests.support.kinds import ENGLISH

pytestmark = pytest.mark.judge
Needs = Callable[..., None]

VIEWS = ((axe.NARROW, "dark"), (axe.WIDE, "light"))
LONG = 40_000
"""Bytes: what is longer has the same parts, and takes axe seconds."""


def quick(documents: Mapping[str, Path]) -> dict[str, Path]:
    return {name: path for name, path in documents.items() if path.stat().st_size < LONG}


def test_mails_and_pages_are_valid_html(subjects: Subjects, needs: Needs) -> None:
    needs("npm", "java")

    assert markup.judge(subjects.mails, subjects.pages | subjects.styles).said == ()


def test_mail_programs_support_what_mails_use_or_readers_get_something_instead(
    subjects: Subjects, needs: Needs
) -> None:
    needs("npm")

    assert clients.judge(subjects.html()).said == ()


def test_nothing_is_on_the_list_of_allowed_features_that_no_mail_needs(subjects: Subjects, needs: Needs) -> None:
    needs("npm")

    assert clients.stale(subjects.html()) == []


def test_mails_and_pages_can_be_read_by_everybody(subjects: Subjects, needs: Needs) -> None:
    needs("chromium")
    mails, pages = quick(subjects.mails), quick(subjects.pages)

    assert axe.judge(mails, pages, site=subjects.site, url=subjects.site_url, views=VIEWS).said == ()


def test_no_mail_is_so_large_that_it_would_be_clipped(subjects: Subjects) -> None:
    worst = {kind: sizes.sizes_of(mail).worst for kind, mail in subjects.told.mails.items()}

    assert {kind: size for kind, size in worst.items() if size > sizes.MOST} == {}


@pytest.mark.parametrize("language", sizes.LANGUAGES)
def test_a_chapter_of_ten_thousand_words_is_not_clipped_in_any_script(language: str) -> None:
    assert max(sizes.sizes_of(mail).worst for mail in sizes.issues(language, 10_000)) <= sizes.MOST


def test_the_book_of_the_story_with_every_kind_of_chapter_is_clean(subjects: Subjects, needs: Needs) -> None:
    needs("epubcheck")

    assert books.judge(subjects.archived(f"{ENGLISH}.epub")).said == ()


def test_the_feeds_are_valid(subjects: Subjects) -> None:
    assert feeds.judge(subjects.archived("feed.xml")).said == ()
