from __future__ import annotations

from dataclasses import replace

import pytest
from tests.support.golden import assert_golden
from tests.support.kinds import KINDS, manuscript
from tests.support.rendered import PLACES, issue

from cliffhanger.mailbody import Part, fill
from cliffhanger.manuscripts.model import Image, Paragraph, Text
from cliffhanger.manuscripts.picturing import with_pictures
from cliffhanger.manuscripts.read import read
from cliffhanger.pictures import Picture, Shown
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.text import TextWriter

LAMP = Picture(f"lantern-road/pictures/{'0a' * 16}.jpg", 1200, 901, "image/jpeg").at("https://stories.example")
SAY = speaker("en")


def html(image: Image) -> str:
    return str(HtmlWriter((), say=SAY).blocks((image,)))


def test_a_picture_of_ours_is_shown_with_its_size_and_never_wider_than_the_column() -> None:
    assert html(Image("lamp.png", "A lamp", LAMP)) == (
        f'<p class="picture"><img src="{LAMP.url}" width="600" height="450" alt="A lamp"></p>'
    )


def test_a_small_picture_keeps_its_size() -> None:
    assert 'width="64" height="32"' in html(Image("dot.png", "A dot", Shown(LAMP.url, 64, 32)))


def test_a_picture_without_words_has_a_word_for_who_cannot_see_it() -> None:
    assert 'alt="Picture"' in html(Image("lamp.png", "", LAMP))


def test_a_picture_that_is_not_with_us_is_told_in_words() -> None:
    assert html(Image("lamp.png", "A lamp")) == '<p class="picture">[Picture: A lamp]</p>'


def test_words_of_a_picture_are_never_markup() -> None:
    shown = html(Image("lamp.png", '"><script>alert(1)</script>', LAMP))
    assert "<script" not in shown
    assert shown.count("<img") == 1


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/lamp.jpg",
        "https://stories.example/lantern-road/pictures/lamp.jpg",
        f"https://stories.example/?x=/lantern-road/pictures/{'0a' * 16}.jpg",
        f"javascript:alert(1)//lantern-road/pictures/{'0a' * 16}.jpg",
        f"//elsewhere.example/pictures/{'0a' * 16}.jpg",
        f"https://stories.example/lantern-road/pictures/{'0a' * 16}.svg",
        "data:image/png;base64,iVBORw0KGgo=",
    ],
)
def test_the_second_wall_lets_no_other_address_through(url: str) -> None:
    assert "src=" not in html(Image("lamp.png", "A lamp", Shown(url, 10, 10)))


def test_the_text_has_the_words_of_a_picture_and_where_it_is() -> None:
    writer = TextWriter((), say=SAY)
    story = writer.blocks((Paragraph((Text("It burned."),)), Image("lamp.png", "A lamp", LAMP)))
    assert story == "It burned.\n\n[Picture: A lamp] [→1]"
    assert writer.links == [LAMP.url]


def test_a_mail_with_its_picture_is_as_it_was_once_found_right() -> None:
    name = KINDS["picture"].rpartition("/")[2]
    chapter = with_pictures(read(name, manuscript(KINDS["picture"])), lambda image: replace(image, shown=LAMP))
    body = issue(chapter)
    assert_golden(fill(body.html, PLACES, {Part.ALONE}), "issue/picture.html")
    assert_golden(f"{body.subject}\n\n{fill(body.text, PLACES, {Part.ALONE})}", "issue/picture.txt")
