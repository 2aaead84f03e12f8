"""HTML in ASCII and in lines that no relay has to break."""

from html.parser import HTMLParser

import pytest

from cliffhanger.rendering.ascii import as_ascii, short_lines

LONGEST = 998  # RFC 5322, 2.1.1
KANJI = "雪の降る港町で灯る古い街灯の下に立つ少女"


class Seen(HTMLParser):
    """The text, and the words of the pictures."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.alts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.alts += [value or "" for name, value in attributes if name == "alt"]

    def handle_data(self, data: str) -> None:
        self.text += data


def made(html: str) -> str:
    lines = short_lines(as_ascii(html))
    assert lines.isascii()
    assert max(map(len, lines.split("\n"))) <= LONGEST
    return lines


def page(story: str, title: str = "") -> str:
    return f"<head><title>{title}</title></head><body>{story}</body>"


def test_a_text_without_spaces_is_broken_where_nobody_sees_it() -> None:
    assert Seen(made(page(f"<p>{KANJI * 50}</p>"))).text == KANJI * 50


@pytest.mark.parametrize("times", [1, 4])
def test_words_of_a_picture_stay_in_one_piece_where_the_line_allows_it(times: int) -> None:
    assert Seen(made(page(f'<p><img src="a.png" alt="{KANJI * times}"></p>'))).alts == [KANJI * times]


def test_long_words_of_a_picture_are_broken_at_white_space_and_hold_no_markup() -> None:
    seen = Seen(made(page(f'<p><img src="a.png" alt="{KANJI * 30}"></p>\n<p>{KANJI * 30}</p>')))

    assert "".join(seen.alts[0].split()) == KANJI * 30
    assert seen.text == f"\n{KANJI * 30}"


def test_what_looks_like_the_end_of_a_tag_in_the_words_of_a_picture_is_none() -> None:
    alt = f"a > b {KANJI * 4} <!"
    assert Seen(made(page(f'<p><img alt="{alt}" src="a.png">{KANJI * 4}</p>'))).alts == [alt]


def test_a_long_title_is_broken_at_white_space() -> None:
    title = Seen(made(page("", title=KANJI * 30))).text

    assert "".join(title.split()) == KANJI * 30
