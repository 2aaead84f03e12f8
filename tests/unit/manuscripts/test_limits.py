"""A text without end is refused in one sentence, whatever made it."""

import pytest
from tests.unit.manuscripts.prose import STORY

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.english import ENGLISH
from cliffhanger.manuscripts.grammar import understand
from cliffhanger.manuscripts.model import Block, Emphasis, Inline, ItemList, Paragraph, Quote, Text
from cliffhanger.manuscripts.read import read


def quotes(depth: int) -> Block:
    block: Block = Paragraph((Text("Deep."),))
    for _ in range(depth):
        block = Quote((block,))
    return block


def lists(depth: int) -> Block:
    block: Block = Paragraph((Text("Deep."),))
    for _ in range(depth):
        block = ItemList(False, ((block,),))
    return block


def emphasis(depth: int) -> Block:
    inline: Inline = Text("Deep.")
    for _ in range(depth):
        inline = Emphasis((inline,))
    return Paragraph((inline,))


@pytest.mark.parametrize("make", [quotes, lists, emphasis])
def test_a_text_may_be_nested_but_not_without_end(make) -> None:
    assert understand(Draft((make(50),)), "3.txt", ENGLISH).blocks == (make(50),)

    with pytest.raises(Refusal, match="nested too deeply"):
        understand(Draft((make(5_000),)), "3.txt", ENGLISH)


def test_paragraphs_are_counted() -> None:
    with pytest.raises(Refusal, match="60,000 paragraphs"):
        understand(Draft((Paragraph((Text("a"),)),) * 60_000), "3.txt", ENGLISH)


@pytest.mark.parametrize("mark", ["*_**a", "\\", "`a", "**a "])
def test_a_paragraph_of_marks_is_refused(mark: str) -> None:
    with pytest.raises(Refusal, match="marks of Markdown"):
        read("3.md", f"# Chapter 3\n\n{mark * 20_000}\n\n{STORY}".encode())
