"""Markdown as fiction writers use it."""

from typing import Any

import pytest
from tests.unit.manuscripts.prose import STORY, read_markdown, texts

from cliffhanger.manuscripts.document import as_document, blocks_text
from cliffhanger.manuscripts.model import (
    Block,
    Emphasis,
    Footnote,
    Image,
    ItemList,
    LineBreak,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    Strong,
    Text,
    Verse,
)


def blocks(source: str) -> tuple[Block, ...]:
    return read_markdown(f"# Rain\n\n{source}\n").blocks


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


POEM = Verse(((Text("Low is the lamp"),), (Text("and late the bell,"),), (Text("the tide will tell."),)), (0, 2, 0))


def test_emphasis_inside_a_title_is_only_words_there() -> None:
    assert read_markdown(f"# Interlude: The Log of the *Gull*\n\n{STORY}").title == "The Log of the Gull"


def test_emphasis_links_and_line_breaks() -> None:
    assert blocks("A *b **c*** [d](https://example.org/x)  \ne\nf") == (
        Paragraph(
            (
                Text("A "),
                Emphasis((Text("b "), Strong((Text("c"),)))),
                Text(" "),
                Link("https://example.org/x", (Text("d"),)),
                LineBreak(),
                Text("e f"),
            )
        ),
    )


@pytest.mark.parametrize(
    "source",
    [
        "| Low is the lamp\n|   and late the bell,\n| the tide will tell.",
        "    Low is the lamp\n      and late the bell,\n    the tide will tell.",
    ],
)
def test_verse_keeps_its_lines_and_indents(source: str) -> None:
    assert blocks(f"{STORY}\n\n{source}")[-1] == POEM


def test_three_hard_breaks_make_verse_and_stanzas_join() -> None:
    stanza = "Low is the lamp  \nand late the bell,  \nthe tide will tell."
    (poem,) = blocks(f"{stanza}\n\n{stanza}")

    assert isinstance(poem, Verse)
    assert [len(line) for line in poem.lines] == [1, 1, 1, 0, 1, 1, 1]


def test_a_letter_is_a_quote_of_paragraphs() -> None:
    assert blocks("> Dear Ada,\n>\n> come home.\n>\n> Ben") == (
        Quote((paragraph("Dear Ada,"), paragraph("come home."), paragraph("Ben"))),
    )


@pytest.mark.parametrize("rule", ["***", "* * *", "---", "___", "<hr>", "#", r"\* \* \*", "~~~", "o0o"])
def test_rules_and_ornaments_part_scenes(rule: str) -> None:
    assert [type(block) for block in blocks(f"One.\n\n{rule}\n\nTwo.")] == [Paragraph, SceneBreak, Paragraph]


def test_a_rule_right_under_a_sentence_makes_no_heading_of_it() -> None:
    assert blocks("She left.\n---\nHe stayed.") == (paragraph("She left."), SceneBreak(), paragraph("He stayed."))


def test_a_number_at_the_start_of_a_paragraph_makes_no_list() -> None:
    assert blocks("One.\n\n1887. It was cold.") == (
        paragraph("One."),
        paragraph("1887. It was cold."),
    )


def test_a_list_is_a_list() -> None:
    assert blocks("* rope\n* lamp oil") == (ItemList(False, ((paragraph("rope"),), (paragraph("lamp oil"),))),)


def test_an_indented_paragraph_is_no_code() -> None:
    long = "The ferry came in late, with its lamps out and its bell tied up in a coat, and no one on the quay waved."
    assert blocks(f"    {long}\n\n\t{long}") == (paragraph(long), paragraph(long))


def test_one_paragraph_a_line_without_empty_lines() -> None:
    late = "The ferry came in late, with its lamps out and its bell tied up in a coat, and no one on the quay "
    lines = [f"{late}waved.", f"{late}waved at it, or at those who stood behind the rail.", "“Yes.”", f"{late}slept."]
    assert blocks("\n".join(lines)) == tuple(map(paragraph, lines))


def test_footnotes_are_numbered_by_their_first_reference() -> None:
    chapter = read_markdown("# Rain\n\nOne[^b] two[^a] three[^b].\n\n[^a]: A *note*.\n[^b]: B.\n\n    More.\n")

    assert chapter.blocks == (
        Paragraph(
            (
                Text("One"),
                NoteReference("1"),
                Text(" two"),
                NoteReference("2"),
                Text(" three"),
                NoteReference("1"),
                Text("."),
            )
        ),
    )
    assert chapter.footnotes[0] == Footnote("1", (paragraph("B."), paragraph("More.")))
    assert chapter.footnotes[1].label == "2"


def test_a_footnote_that_a_footnote_refers_to_comes_after_those_of_the_story() -> None:
    chapter = read_markdown("# Rain\n\nOne[^a] two[^c].\n\n[^a]: See[^b].\n[^b]: B, see[^a] and[^gone].\n[^c]: C.\n")

    assert chapter.footnotes == (
        Footnote("1", (Paragraph((Text("See"), NoteReference("3"), Text("."))),)),
        Footnote("2", (paragraph("C."),)),
        Footnote("3", (Paragraph((Text("B, see"), NoteReference("1"), Text(" and[^gone]."))),)),
    )


def test_html_arrives_as_written_but_for_simple_dress() -> None:
    assert blocks("<script>alert(1)</script> <i>so</i> &mdash; <b>loud</b><br>new &lt;b&gt;") == (
        Paragraph(
            (
                Text("<script>alert(1)</script> "),
                Emphasis((Text("so"),)),
                Text(" — "),
                Strong((Text("loud"),)),
                LineBreak(),
                Text("new <b>"),
            )
        ),
    )


def test_comments_are_for_the_author() -> None:
    assert blocks("One.\n\n<!-- to be continued\n\nhere -->\n\nTwo.") == (paragraph("One."), paragraph("Two."))


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "/etc/passwd", "http:x", "https://a@b.example/"],
)
def test_a_link_that_no_reader_should_follow_keeps_its_words(url: str) -> None:
    chapter = read_markdown(f"# Rain\n\nSee [here]({url}).")

    assert chapter.blocks == (paragraph("See here."),)
    assert "“here”" in chapter.warnings[0]


def test_a_picture_beside_the_manuscript_stays_and_a_remote_one_goes() -> None:
    chapter = read_markdown("# Rain\n\n![map](map.png)\n\n![spy](https://example.org/p.gif)\n\nIt rained.")

    assert chapter.blocks == (Image("map.png", "map"), paragraph("It rained."))
    assert "“spy”" in chapter.warnings[0]


def test_labels_on_lines_without_empty_lines_between() -> None:
    chapter = read_markdown(f"# Chapter 3\n\n**Summary:** Rain.\n**A/N:** Hello.\n*Rating:* T\n\n---\n\n{STORY}")

    assert (chapter.summary, texts(chapter.notes_before), chapter.tags) == ("Rain.", ["Hello."], {"rating": "T"})
    assert blocks_text(chapter.blocks) == STORY


def test_the_document_names_every_type() -> None:
    source = (
        "## Dawn\n\n*a* **b** [c](https://example.org)[^1]\n\n> q\n\n* * *\n\n"
        "| one\n| two\n\n1. x\n2. y\n\n![m](m.png)\n\n## Dusk\n\nNight.\n\n[^1]: n"
    )
    document = as_document(read_markdown(f"# Rain\n\n{source}"))
    found: Any = document["blocks"]

    assert [block["type"] for block in found] == [
        "heading", "paragraph", "quote", "scene_break", "verse", "list", "image", "heading", "paragraph",
    ]  # fmt: skip
    assert [inline["type"] for inline in found[1]["inlines"]] == [
        "emphasis", "text", "strong", "text", "link", "note_reference",
    ]  # fmt: skip
    assert found[4]["lines"] == ["one", "two"]
    assert document["footnotes"] == [
        {
            "label": "1",
            "text": "n",
            "blocks": [{"type": "paragraph", "text": "n", "inlines": [{"type": "text", "text": "n"}]}],
        }
    ]
