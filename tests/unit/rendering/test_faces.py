"""A script is set alike in the mail, on the page and in the book."""

from dataclasses import replace

import pytest
from tests.support.chapters import LANTERN_ROAD, everything
from tests.support.library import opened, shelf
from tests.support.rendered import TEMPLATES, filled, issue

from cliffhanger.rendering.leaves import assets

BOLD = "em, i { font-style: normal; font-weight: bold; }"


def book_style(language: str) -> str:
    series = replace(LANTERN_ROAD, language=language)
    return opened(shelf(everything(), series=series).new_book())["EPUB/style.css"]


@pytest.mark.parametrize("language", ["ur", "ckb", "yi", "ja", "zh-Hant"])
def test_a_script_without_italics_has_none_anywhere(language: str) -> None:
    style = assets(TEMPLATES).style.data.decode()
    mail = filled(issue(everything(), series=replace(LANTERN_ROAD, language=language)).html)

    assert BOLD in mail
    assert BOLD in book_style(language)
    assert "italic" not in mail + book_style(language)
    bold, slant = (line for line in style.split("\n") if f":lang({language.partition('-')[0]})" in line)
    assert bold.endswith("{ font-style: normal; font-weight: bold; }")
    assert slant.endswith("{ --slant: normal; }")


@pytest.mark.parametrize("language", ["en", "ru", "vi"])
def test_a_script_with_italics_keeps_them(language: str) -> None:
    assert f":lang({language})" not in assets(TEMPLATES).style.data.decode()
    assert BOLD not in book_style(language)
