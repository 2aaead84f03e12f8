"""RTF: groups, destinations, code pages, and the ways of its writers."""

import pytest
from tests.unit.manuscripts.office_files import read_rtf

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Emphasis, Foreign, Link, Paragraph, SceneBreak, Strong, Text
from cliffhanger.manuscripts.read import read

LAMP = "The lamp in the harbour office had burned all night."


def story(body: str) -> str:
    return blocks_text(read_rtf(body).blocks)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (r"\ldblquote Home,\rdblquote  said Ben\emdash or Ada\'85", "“Home,” said Ben—or Ada…"),
        (r"{\uc1\u8220\'3fHome\u8221 ?} she said", "“Home” she said"),
        (r"{\uc0\u8220 Home\u8221 } she said", "“Home” she said"),
        (r"{\uc2 \u8220\'93\'93Home} she said", "“Home she said"),
        (r"{\uc3 \u8220 ab}cde", "“cde"),
        (r"Mr.\~Marrin\_s \{lamp\} C:\\quay", "Mr.\xa0Marrin\u2011s {lamp} C:\\quay"),
        (r"{\upr{A?}{\*\ud{A\u769 }}}da", "Áda".replace("Á", "A\u0301")),
        (r"{\*\unknown never}{\info{\title never}}seen", "seen"),
        (r"kept\bin5 \}}}}, they said", "kept, they said"),
        (r"No\v  way\v0  home{\deleted , never}.", "No home."),
        (r"Page {\field{\*\fldinst PAGE}{\fldrslt 7}}ends", "Page ends"),
    ],
)
def test_the_words_come_out_as_they_are_shown(written: str, shown: str) -> None:
    assert story(written) == shown


def test_looks_end_with_their_group() -> None:
    blocks = read_rtf(r"It was {\i hers {\b now}}.\i0").blocks

    assert blocks == (
        Paragraph(
            (Text("It was "), Emphasis((Text("hers"),)), Text(" "), Strong((Emphasis((Text("now"),)),)), Text("."))
        ),
    )


def test_a_link_keeps_its_address_and_a_script_loses_it() -> None:
    fields = r'{\field{\*\fldinst HYPERLINK "https://example.org/a"}{\fldrslt \ul here}} and ' + (
        r'{\field{\*\fldinst HYPERLINK "javascript:alert(1)"}{\fldrslt there}}'
    )
    (block,) = read_rtf(fields).blocks

    assert block == Paragraph((Link("https://example.org/a", (Text("here"),)), Text(" and there")))


def test_italics_in_another_language_are_foreign_words() -> None:
    (block,) = read_rtf(rf"\lang2057 {LAMP} {{\i\lang1036 Adieu}}").blocks

    assert isinstance(block, Paragraph)
    assert block.inlines[-1] == Foreign("fr-FR", (Emphasis((Text("Adieu"),)),))


def test_a_heading_is_told_by_the_style_sheet() -> None:
    sheet = rb"{\stylesheet{\s0 Normal;}{\s7\sbasedon0 Heading 1;}}"
    data = rb"{\rtf1" + sheet + rb"\s7 The Long Ice\par\pard It began on a Sunday.\par}"

    assert read("chapter.rtf", data).title == "The Long Ice"


def test_a_border_under_nothing_is_a_break() -> None:
    blocks = read_rtf(rf"{LAMP}\par\pard\brdrb\brdrs\brdrw10\par\pard {LAMP}").blocks

    assert [type(block) for block in blocks] == [Paragraph, SceneBreak, Paragraph]


def test_a_hidden_paragraph_leaves_no_empty_line() -> None:
    blocks = read_rtf(rf"{LAMP}\par {{\v Ask Tom.\par}} {LAMP}\par {LAMP}").blocks

    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Paragraph]


def test_two_halves_make_one_character_and_a_half_alone_is_shown_as_broken() -> None:
    assert story(r"A moon: \u-10180?\u-8441?") == "A moon: 🌇"
    assert "\ufffd" in story(r"A half: \u-10180?, no more")


def test_a_file_that_breaks_off_is_read_with_a_warning() -> None:
    chapter = read("chapter.rtf", rf"{{\rtf1 Chapter 3: Rain\par {LAMP} {{\i And".encode())

    assert blocks_text(chapter.blocks) == f"{LAMP} And"
    assert any("breaks off" in warning for warning in chapter.warnings)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (rb"{\rtf1 " + b"{" * 10_000 + LAMP.encode(), "nested too deeply"),
        (rb"{\rtf1 " + rb"\i\b" * 500_001, "more than one chapter"),
        (rb"{\rtf1 " + rb"x\par " * 50_001, "more than one chapter"),
        (rb"{\rtf1 \bin999999999 " + LAMP.encode(), "no story"),
        (rb"{\rtf1 \bin-1 " + b"}" * 50_000, "no story"),
    ],
    ids=["groups", "controls", "paragraphs", "bin", "negative bin"],
)
def test_what_no_author_writes_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        read("chapter.rtf", data)
