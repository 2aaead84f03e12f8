"""Plain text as editors leave it: wrapped or not, with empty lines, indents or neither; verse, letters, breaks."""

import textwrap

import pytest
from tests.unit.manuscripts.prose import STORY, read_text

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import (
    Emphasis,
    Footnote,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    Strong,
    Text,
    Verse,
)

LONG = (
    "The ferry came in late, with its lamps out and its bell tied up in a coat, and those who waited on the quay "
    "did not wave, for nobody had told them whether it was a night for waving or a night for standing still."
)
PARAGRAPHS = [LONG, "“Is it you?” said Ada.", LONG, "It was."]
HEAD = "Chapter 3: Rain\n\n"


@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\t", "\n    "])
def test_one_paragraph_a_line(gap: str) -> None:
    chapter = read_text(f"{HEAD}{gap.join(['', *PARAGRAPHS]).lstrip(chr(10))}")

    assert blocks_text(chapter.blocks) == "\n\n".join(PARAGRAPHS)


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, 66) for paragraph in PARAGRAPHS)

    assert blocks_text(read_text(HEAD + wrapped).blocks) == "\n\n".join(PARAGRAPHS)


def test_hard_wrapped_lines_with_an_indent_and_no_empty_lines() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 66, initial_indent="   ") for paragraph in PARAGRAPHS)

    assert blocks_text(read_text(HEAD + wrapped).blocks) == "\n\n".join(PARAGRAPHS)


def test_a_letter_set_in_is_a_quote_and_a_short_lined_one_is_verse() -> None:
    letter = textwrap.indent(textwrap.fill(LONG, 60), "     ")
    poem = "     Low is the lamp\n       and late the bell,\n     the tide will tell."
    chapter = read_text(HEAD + "\n\n".join([textwrap.fill(LONG, 66), letter, textwrap.fill(LONG, 66), poem]))

    assert chapter.blocks == (
        Paragraph((Text(LONG),)),
        Quote((Paragraph((Text(LONG),)),)),
        Paragraph((Text(LONG),)),
        Verse(((Text("Low is the lamp"),), (Text("and late the bell,"),), (Text("the tide will tell."),)), (0, 2, 0)),
    )


def test_short_lines_kept_together_are_verse_and_talk_is_not() -> None:
    chapter = read_text(f"{HEAD}{STORY}\n\nLow is the lamp\nand late the bell,\nthe tide will tell.\n\n{STORY}")
    talk = read_text(f"{HEAD}{STORY}\n\n“Yes.”\n“No.”\n“Why?”\n\n{STORY}")

    assert [type(block) for block in chapter.blocks[3:4]] == [Verse]
    assert len(talk.blocks) == 9


def test_emphasis_as_people_type_it() -> None:
    line = "She _never_ said *so*, **not once**; file_name_here and 2 * 3 * 4 stay."
    (paragraph,) = read_text(f"{HEAD}{line}").blocks

    assert paragraph == Paragraph(
        (
            Text("She "),
            Emphasis((Text("never"),)),
            Text(" said "),
            Emphasis((Text("so"),)),
            Text(", "),
            Strong((Text("not once"),)),
            Text("; file_name_here and 2 * 3 * 4 stay."),
        )
    )


@pytest.mark.parametrize(
    "ornament",
    [
        "***",
        "* * *",
        "---",
        "~~~",
        "#",
        "⁂",
        "o0o",
        "xXx",
        "oOoOo",
        "-x-x-x-",
        "~*~*~",
        "=====",
        ".oOo.",
        "0000",
        "— • —",
        "[Line Break]",
        "        * * *",
        "________________",
        "❦",
    ],
)
def test_an_ornament_parts_two_scenes(ornament: str) -> None:
    chapter = read_text(f"{HEAD}{STORY}\n\n{ornament}\n\n{STORY}")

    assert [block for block in chapter.blocks if isinstance(block, SceneBreak)] == [SceneBreak(ornament.strip())]


@pytest.mark.parametrize("line", ["…", "...", "?!", "“…”", "—", "xoxo", "Ooh.", "100", "XX", "Oh, break."])
def test_a_short_answer_is_no_break(line: str) -> None:
    chapter = read_text(f"{HEAD}{STORY}\n\n{line}\n\n{STORY}")

    assert not any(isinstance(block, SceneBreak) for block in chapter.blocks)
    assert line in blocks_text(chapter.blocks).split("\n\n")


def test_a_rule_between_notes_and_story_is_no_break() -> None:
    chapter = read_text(f"{HEAD}A/N: hello\n\n-x-x-x-\n\n{STORY}\n\no0o0o\n\nTBC\n\n---\n\nA/N: bye")

    assert blocks_text(chapter.blocks) == STORY
    assert len(chapter.blocks) == 3


def test_an_extra_gap_is_a_break_only_where_nothing_else_is_used() -> None:
    gap = read_text(f"{HEAD}{STORY}\n\n\n\n{STORY}")
    both = read_text(f"{HEAD}{STORY}\n\n\n\n{STORY}\n\n***\n\n{STORY}")

    assert [block for block in gap.blocks if isinstance(block, SceneBreak)] == [SceneBreak("")]
    assert [block for block in both.blocks if isinstance(block, SceneBreak)] == [SceneBreak("***")]


def test_written_footnotes_are_lifted_and_comments_dropped() -> None:
    page = f"{HEAD}It was cold[1] that night.[a]\n\n{STORY}\n\n____\n\n[1] Colder than [ice].\n[a]check this"
    chapter = read_text(page)

    assert chapter.footnotes == (Footnote("1", (Paragraph((Text("Colder than [ice]."),)),)),)
    assert chapter.blocks[0] == Paragraph((Text("It was cold"), NoteReference("1"), Text(" that night.")))
    assert not any(isinstance(block, SceneBreak) for block in chapter.blocks)


def test_template_marks_and_html_arrive_as_written() -> None:
    line = "{{ 7*7 }} {% include 'x' %} ${7*7} <script>alert(1)</script> &amp; {# no #}"
    chapter = read_text(f"Chapter 4: {{{{ 7*7 }}}} Reasons\n\n{line}\n\n{STORY}")

    assert chapter.title == "{{ 7*7 }} Reasons"
    assert blocks_text(chapter.blocks) == f"{line}\n\n{STORY}"


def test_other_scripts_and_emoji_survive() -> None:
    line = "潮が引いた。 البحر هادئ 🙂🏽‍♀️ cafe\u0301 ﬁn \u200fשלום"
    assert blocks_text(read_text(f"{HEAD}{line}\n\n{STORY}").blocks).startswith(line)
