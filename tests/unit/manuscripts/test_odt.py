"""OpenDocument: styles by their parents, white space by its rule, what a password hides."""

import pytest
from tests.unit.manuscripts.office_files import ODT_SPACES, odt, op, read_odt, zip_with

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Emphasis, Heading, ItemList, Paragraph, Quote, SceneBreak, Text
from cliffhanger.manuscripts.read import read

LAMP = "The lamp in the harbour office had burned all night."


def style(name: str, inside: str, parent: str = "Standard", family: str = "paragraph") -> str:
    parented = f'style:parent-style-name="{parent}"'
    return f'<style:style style:name="{name}" style:family="{family}" {parented}>{inside}</style:style>'


def test_italics_come_down_from_a_parent_and_end_in_a_child() -> None:
    automatic = style("T1", "", "Emphasis", "text") + style(
        "T2", '<style:text-properties fo:font-style="normal"/>', "Emphasis", "text"
    )
    sheet = style("Emphasis", '<style:text-properties fo:font-style="italic"/>', "", "text")
    spans = '<text:span text:style-name="T1">hers</text:span><text:span text:style-name="T2"> alone</text:span>'
    chapter = read_odt(op(f"It was {spans}."), sheet, automatic)

    assert chapter.blocks == (Paragraph((Text("It was "), Emphasis((Text("hers"),)), Text(" alone."))),)


def test_line_ends_in_the_file_are_spaces_and_counted_spaces_stay() -> None:
    chapter = read_odt(op('\n  One\n\tlamp,<text:s text:c="3"/>two.\n'))

    assert blocks_text(chapter.blocks) == "One lamp,   two."


def test_a_style_with_a_coded_name_is_known_by_its_plain_one() -> None:
    sheet = style("Block_20_Quotation", "")

    assert isinstance(read_odt(op(LAMP) + op("Come home.", "Block_20_Quotation"), sheet).blocks[-1], Quote)


def test_a_horizontal_line_is_a_break() -> None:
    sheet = style("Horizontal_20_Line", '<style:paragraph-properties fo:border-bottom="1pt solid #000000"/>')
    blocks = read_odt(op(LAMP) + op("", "Horizontal_20_Line") + op(LAMP), sheet).blocks

    assert [type(block) for block in blocks] == [Paragraph, SceneBreak, Paragraph]


def test_a_heading_in_the_story_keeps_its_level() -> None:
    blocks = read_odt(op(LAMP) + '<text:h text:outline-level="3">At Sea</text:h>' + op(LAMP)).blocks

    assert blocks[1] == Heading(3, (Text("At Sea"),))


def test_a_list_without_a_style_has_bullets() -> None:
    items = "".join(f"<text:list-item>{op(text)}</text:list-item>" for text in ("Coal.", "Flour."))
    block = read_odt(f"{op(LAMP)}<text:list>{items}</text:list>{op(LAMP)}").blocks[1]

    assert isinstance(block, ItemList)
    assert (block.ordered, [blocks_text(item) for item in block.items]) == (False, ["Coal.", "Flour."])


def test_a_hidden_section_is_not_read() -> None:
    automatic = style("S", '<style:section-properties text:display="none"/>', family="section")
    chapter = read_odt(f'{op(LAMP)}<text:section text:style-name="S">{op("Ben did it.")}</text:section>', "", automatic)

    assert blocks_text(chapter.blocks) == LAMP


def test_flat_xml_is_read_as_the_zipped_form_is() -> None:
    text = f"<office:text>{op('Chapter 3: Rain')}{op(LAMP)}</office:text>"
    flat = f"<office:document {ODT_SPACES}><office:body>{text}</office:body></office:document>"
    chapter = read("chapter.fodt", f'<?xml version="1.0"?>{flat}'.encode())

    assert (chapter.title, blocks_text(chapter.blocks)) == ("Rain", LAMP)


SPANS = "<text:span>" * 10_000 + LAMP + "</text:span>" * 10_000


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (odt(op(SPANS)), "nested too deeply"),
        (odt(op('<text:s text:c="99999999"/>' * 6_000)), "more than one chapter"),
        (zip_with({"content.xml": "<a/>", "META-INF/manifest.xml": "<m><encryption-data/></m>"}), "password"),
        (zip_with({"content.xml": f"<office:document-content {ODT_SPACES}/>"}), "no text document"),
        (zip_with({"content.xml": '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'}), "entities"),
    ],
    ids=["nested", "spaces", "password", "spreadsheet", "entities"],
)
def test_what_no_author_writes_is_refused_in_one_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Refusal, match=says):
        read("chapter.odt", data)
