"""Word: what a style means, what a look means, what is no story."""

import pytest
from tests.unit.manuscripts.office_files import read_word, word, wp, zip_with

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Emphasis, Heading, Paragraph, Quote, SceneBreak, Text, Verse
from cliffhanger.manuscripts.read import read

LAMP = "The lamp in the harbour office had burned all night, and Ada had not slept."
HOME = "Ben told her to go home, and she did not."
SET_IN = '<w:ind w:left="720" w:right="720"/>'
CENTRED = '<w:jc w:val="center"/>'


def test_a_file_is_word_by_its_content_whatever_it_is_called() -> None:
    chapter = read("chapter.txt", word(wp("Chapter 3: Rain"), wp(LAMP)))

    assert (chapter.number, chapter.title, blocks_text(chapter.blocks)) == (3, "Rain", LAMP)


def test_italics_of_two_styles_at_once_are_upright() -> None:
    italic = "<w:rPr><w:i/></w:rPr>"
    styles = (
        f'<w:style w:type="paragraph" w:styleId="Dream"><w:name w:val="Dream"/>{italic}</w:style>'
        f'<w:style w:type="character" w:styleId="Word"><w:name w:val="Word"/>{italic}</w:style>'
    )
    chapter = read_word(
        wp(LAMP), wp(HOME), wp("Wake up", '<w:pStyle w:val="Dream"/>', '<w:rStyle w:val="Word"/>'), styles=styles
    )

    assert chapter.blocks[-1] == Paragraph((Text("Wake up"),))


def test_neighbouring_runs_are_one_emphasis_with_the_space_between_them() -> None:
    runs = "".join(
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
        for text, look in (("It was ", ""), ("all ", "<w:i/>"), ("hers", "<w:i/>"), (" ", ""), ("now", "<w:i/>"))
    )
    chapter = read_word(wp(LAMP), f"<w:p>{runs}</w:p>")

    assert chapter.blocks[-1] == Paragraph((Text("It was "), Emphasis((Text("all hers now"),))))


def test_a_style_that_is_based_on_itself_is_read_all_the_same() -> None:
    styles = (
        '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    )

    assert blocks_text(read_word(wp(LAMP, '<w:pStyle w:val="A"/>'), styles=styles).blocks) == LAMP


@pytest.mark.parametrize("name", ["Block Quotation", "Intense Quote", "Letter", "Epigraph", "Ada’s telegram"])
def test_a_quote_is_told_by_the_name_of_its_style(name: str) -> None:
    styles = f'<w:style w:type="paragraph" w:styleId="X"><w:name w:val="{name}"/></w:style>'

    assert isinstance(read_word(wp(LAMP), wp(HOME, '<w:pStyle w:val="X"/>'), styles=styles).blocks[-1], Quote)


def test_a_first_line_set_in_is_no_quote() -> None:
    chapter = read_word(*(wp(text, '<w:ind w:firstLine="720"/>') for text in (LAMP, HOME)))

    assert all(isinstance(block, Paragraph) for block in chapter.blocks)


def test_a_letter_of_sentences_is_a_quote_and_short_lines_are_verse() -> None:
    lines = [wp(line, SET_IN) for line in ("O lamp upon the harbour wall", "you never looked", "on me at all")]
    letter = [wp(line, SET_IN) for line in ("Come home.", "Bring the lamp.", "Ask nobody.")]
    between = [wp(text) for text in (LAMP, HOME) * 3]
    blocks = read_word(*between, *lines, *between, *letter).blocks

    assert [type(block) for block in blocks if not isinstance(block, Paragraph)] == [Verse, Quote]


def test_a_bold_centred_line_is_a_heading_but_no_ornament_is() -> None:
    blocks = read_word(
        wp(LAMP), wp("The Second Night", CENTRED, "<w:b/>"), wp(HOME), wp("o0o", CENTRED, "<w:b/>"), wp(LAMP)
    ).blocks

    assert [type(block) for block in blocks] == [Paragraph, Heading, Paragraph, SceneBreak, Paragraph]


def test_an_empty_paragraph_between_all_is_spacing_and_two_are_a_break() -> None:
    empty = "<w:p/>"
    spaced = read_word(*(wp(LAMP) + empty for _ in range(6))).blocks
    broken = read_word(*(wp(LAMP) + empty for _ in range(6)), empty, wp(HOME)).blocks

    assert not any(isinstance(block, SceneBreak) for block in spaced)
    assert sum(isinstance(block, SceneBreak) for block in broken) == 1


def test_a_label_in_bold_stays_a_label_and_loses_its_dress() -> None:
    label = wp("Summary: ", run="<w:b/>").removesuffix("</w:p>") + wp("It rains.").removeprefix("<w:p>")

    assert read_word(label, wp(LAMP)).summary == "It rains."


def test_bold_that_all_the_text_wears_is_no_emphasis() -> None:
    blocks = read_word(wp(LAMP, run="<w:b/>"), wp(HOME, run="<w:b/>"), wp("So there.")).blocks

    assert blocks[1] == Paragraph((Text(HOME),))


def test_an_entity_is_refused_and_nothing_is_fetched() -> None:
    before = '<!DOCTYPE w:document [<!ENTITY e SYSTEM "file:///etc/hostname">]>'

    with pytest.raises(Refusal, match="entities"):
        read("chapter.docx", word(wp(LAMP), before=before))


def test_a_document_type_without_entities_is_harmless() -> None:
    data = word(wp("Chapter 3: Rain"), wp(LAMP), before='<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/x.dtd">')

    assert blocks_text(read("chapter.docx", data).blocks) == LAMP


NEST = "<w:tbl><w:tr><w:tc>" * 3000 + wp(LAMP) + "</w:tc></w:tr></w:tbl>" * 3000


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (word(NEST), "nested too deeply"),
        (word("<w:p/>" * 60_000), "more than one chapter"),
        (word("<w:p/>" * 510_000), "more than one chapter"),
        (word(wp("rain " * 1_100_000)), "more than one chapter"),
        (word("<w:p>"), "damaged"),
        (zip_with({"word/document.xml": bytes(41_000_000)}), "unpacks to more than"),
        (zip_with({"word/document.xml": b"<a/>", **{f"word/{n}": b"" for n in range(2_001)}}), "parts"),
        (zip_with({"word/document.xml": b"<a/>"}), "no text"),
        (word(wp(LAMP))[:-400], "cut-off"),
        (b"PK\x03\x04" + bytes(26_000_000), "25,000,000"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_no_author_writes_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        read("chapter.docx", data)

    assert refused.value.message.endswith(".")
