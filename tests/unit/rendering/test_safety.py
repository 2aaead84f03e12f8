"""Nothing that a manuscript, a name or a URL holds is ever code (promise 9)."""

from dataclasses import replace
from datetime import date

import pytest
from tests.support.chapters import LANTERN_ROAD, paragraph, prologue
from tests.support.rendered import HOUSE, Outline, filled, issue

from cliffhanger.mailbody import MailBody
from cliffhanger.manuscripts.model import Chapter, Emphasis, Footnote, Foreign, Image, Kind, Link, Text, Verse
from cliffhanger.rendering.html import safe_url
from cliffhanger.rendering.sheet import render_sheet
from cliffhanger.rendering.site import ChapterLink, Frame, render_chapter
from cliffhanger.series import Series

WICKED = (
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% raw %} {# gone #}",
    "</title></style><img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)'>x</a>",
    "]]> --> <!-- &lt;b&gt; &amp;",
)


def wicked_everywhere(words: str) -> tuple[Chapter, Series]:
    text = Text(words)
    chapter = Chapter(
        kind=Kind.CHAPTER,
        number=1,
        part=words,
        title=words,
        summary=words,
        disclaimer=words,
        closing=words,
        tags={"warnings": words},
        notes_before=((paragraph(words),),),
        notes_after=((paragraph(Emphasis((text,))),),),
        footnotes=(Footnote(words, (paragraph(words),)),),
        blocks=(
            paragraph(Foreign(words, (text,)), Link(f"https://example.org/{words}", (text,))),
            Verse(lines=((text,),), indents=(3,)),
            Image(words, words),
        ),
    )
    return chapter, replace(LANTERN_ROAD, title=words, author=words, blurb=words)


def mail(words: str) -> MailBody:
    chapter, series = wicked_everywhere(words)
    return issue(chapter, series=series)


@pytest.mark.parametrize("words", WICKED)
def test_wicked_words_arrive_as_written_in_every_part_of_the_mail(words: str) -> None:
    body = mail(words)
    outline = Outline(filled(body.html))
    tame = Outline(filled(mail("tame").html))

    assert outline.text.count(words) >= 12
    assert words in filled(body.text)
    assert words in body.subject
    assert [tag for tag, _ in outline.elements] == [tag for tag, _ in tame.elements]


@pytest.mark.parametrize("words", WICKED)
def test_wicked_words_arrive_as_written_on_the_page(words: str) -> None:
    def page(words: str) -> Outline:
        chapter, series = wicked_everywhere(words)
        link = ChapterLink(words, words, "/lantern/chapter-1", date(2026, 11, 26))
        sheet, frame = render_sheet(chapter, series=series), Frame(series, HOUSE)
        return Outline(render_chapter(sheet, link, frame=frame, before=link, after=link, start="/join"))

    assert page(words).text.count(words) >= 12
    assert [tag for tag, _ in page(words).elements] == [tag for tag, _ in page("tame").elements]


def test_the_subject_is_one_line_whatever_the_title_holds() -> None:
    chapter = replace(prologue(), title="The Lamp\r\nBcc: ada@example.org\x00\x1b[2J\u2028end")

    assert issue(chapter).subject == "The Lantern Road · Prologue: The Lamp Bcc: ada@example.org [2J end"


def test_bidi_overrides_do_not_turn_our_words_around() -> None:
    series = replace(LANTERN_ROAD, title="\u202eevil\u2066 road\u2069", author="\u202dAda\u202c")
    body = issue(replace(prologue(), title="\u202egpj.exe"), series=series)

    assert body.subject == "evil road · Prologue: gpj.exe"
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(filled(body.text))


def test_an_endless_title_ends() -> None:
    assert len(issue(replace(prologue(), title="x" * 10_000)).subject) <= 300


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//x", "http://["])
def test_a_link_that_is_no_web_or_mail_address_leaves_only_its_words(url: str) -> None:
    body = issue(replace(prologue(), blocks=(paragraph(Link(url, (Text("come in"),))),)))

    assert safe_url(url) is None
    assert url not in filled(body.html)
    assert url not in filled(body.text)
    assert "come in" in filled(body.text)


def test_a_good_link_stays_in_ascii() -> None:
    assert (
        safe_url("https://example.org/straße?q=%20 a\"'<b>") == "https://example.org/stra%C3%9Fe?q=%20%20a%22'%3Cb%3E"
    )
