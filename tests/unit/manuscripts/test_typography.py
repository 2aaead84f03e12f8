"""Straight quotes are made typographic, if a series asks for it, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Chapter, Emphasis, Footnote, Kind, LineBreak, Paragraph, Quote, Text, Verse
from cliffhanger.manuscripts.typography import curl


def chapter_of(*blocks, **around) -> Chapter:
    return Chapter(kind=Kind.CHAPTER, title=None, number=3, blocks=blocks, **around)


def curled(text: str, language: str = "en") -> str:
    return blocks_text(curl(chapter_of(Paragraph((Text(text),))), language).blocks)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"Go home," said Ben.', "“Go home,” said Ben."),
        ("Ada's boat wasn't there.", "Ada’s boat wasn’t there."),
        ("\"He said 'no,' and left,\" said Ada.", "“He said ‘no,’ and left,” said Ada."),
        ("\"'No,' he said.\"", "“‘No,’ he said.”"),
        ('"But I--" she said.', "“But I--” she said."),
        ('"But I—"', "“But I—”"),
        ('She stopped—"Who is there?"—and listened.', "She stopped—“Who is there?”—and listened."),
        ("'Twas in the '90s; ask 'em.", "’Twas in the ’90s; ask ’em."),
        ("the boys' boats", "the boys’ boats"),
        ('("Hush!")', "(“Hush!”)"),
        ("Six feet two: 6'2\"", "Six feet two: 6’2”"),
        ("“Already,” she’d said...", "“Already,” she’d said..."),
        ('"', "“"),
    ],
)
def test_english_quotes_open_and_close(typed: str, meant: str) -> None:
    assert curled(typed) == meant


def test_a_quotation_goes_on_through_emphasis_and_line_breaks() -> None:
    inlines = (Text('"Not '), Emphasis((Text("Ada's"),)), Text('!"'), LineBreak(), Text('"Whose?"'))

    assert blocks_text(curl(chapter_of(Paragraph(inlines)), "en").blocks) == "“Not Ada’s!”\n“Whose?”"


def test_every_place_with_words_is_curled() -> None:
    said, meant = Paragraph((Text('"So"'),)), Paragraph((Text("“So”"),))
    chapter = chapter_of(
        Quote((said,)),
        Verse(((Text('"So"'),),), (0,)),
        summary='"So"',
        closing="Ada's end",
        notes_before=((said,),),
        notes_after=((said,),),
        footnotes=(Footnote("1", (said,)),),
    )

    assert curl(chapter, "en-GB") == chapter_of(
        Quote((meant,)),
        Verse(((Text("“So”"),),), (0,)),
        summary="“So”",
        closing="Ada’s end",
        notes_before=((meant,),),
        notes_after=((meant,),),
        footnotes=(Footnote("1", (meant,)),),
    )


def test_another_language_keeps_what_its_author_typed() -> None:
    assert curled('"Ja", sagte Ada.', "de") == '"Ja", sagte Ada.'


@given(st.text(alphabet="ab '\"—(“’.\n"))
def test_nothing_but_straight_quotes_is_touched(text: str) -> None:
    changed = curled(text)

    assert len(changed) == len(text)
    assert all(new == old or old in "'\"" for new, old in zip(changed, text, strict=True))
    assert curled(changed) == changed
    assert "'" not in changed
    assert '"' not in changed
