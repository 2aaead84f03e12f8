"""A chapter as plain text."""

from tests.support.chapters import paragraph

from cliffhanger.manuscripts.model import Block, Blocks, ItemList, LineBreak, Quote
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.text import TextWriter


def written(*blocks: Block) -> list[str]:
    return TextWriter((), say=speaker("en")).blocks(blocks).split("\n")


def item(words: str, *more: Block) -> Blocks:
    return (paragraph(words), *more)


def test_items_of_one_paragraph_stand_close_together() -> None:
    assert written(ItemList(False, (item("a loaf,"), item("a knife.")))) == ["- a loaf,", "- a knife."]


def test_a_further_paragraph_stands_under_its_item_and_the_items_are_parted() -> None:
    letter = item("Second.", Quote((paragraph("Come home."),)))
    assert written(ItemList(True, (item("First.", paragraph("More of it.")), letter, item("Third.")))) == [
        "1. First.",
        "",
        "   More of it.",
        "",
        "2. Second.",
        "",
        "       Come home.",
        "",
        "3. Third.",
    ]


def test_a_list_within_a_list_stands_right_of_the_words_of_its_item() -> None:
    within = ItemList(False, (item("a lamp"), item("a bell", ItemList(True, (item("its rope"),)))))
    assert written(ItemList(True, (item("On the table:", within), item("The door.")))) == [
        "1. On the table:",
        "   - a lamp",
        "   - a bell",
        "     1. its rope",
        "2. The door.",
    ]


def test_an_item_may_begin_with_a_list_have_lines_or_be_empty() -> None:
    within = ItemList(False, (item("a lamp"),))
    lines = (paragraph("Yours,", LineBreak(), "Ada"),)
    assert written(ItemList(True, ((within,), lines, ()))) == ["1. - a lamp", "2. Yours,", "   Ada", "3. "]
