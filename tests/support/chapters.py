"""Chapters as the readers of manuscripts would make them, for the tests of what is rendered. The prose is ours."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.manuscripts.model import (
    Block,
    Chapter,
    Emphasis,
    Footnote,
    Foreign,
    Heading,
    Image,
    Inline,
    ItemList,
    Kind,
    LineBreak,
    Link,
    NoteReference,
    Paragraph,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from cliffhanger.series import Series

LANTERN_ROAD = Series(
    slug="lantern-road",
    title="The Lantern Road",
    author="Mina Quill",
    blurb="A lamplighter walks a road that nobody else can see.\n\nNew chapters on Mondays.",
)


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def everything() -> Chapter:
    """A chapter with every kind of block and inline, and all that can stand around a story."""
    return Chapter(
        kind=Kind.CHAPTER,
        number=7,
        total=23,
        title="The Lamp at the Ford",
        summary="Tamsin reaches the river, and the river has an opinion.",
        disclaimer="The road is mine. The river belongs to itself.",
        notes_before=(
            (paragraph("Sorry for the wait! The cat had ", Emphasis((Text("views"),)), " about chapter seven."),),
        ),
        blocks=_story(),
        closing="To be continued…",
        notes_after=(
            (
                paragraph(
                    "The song is older than the road; see ", Link("https://example.org/songs", (Text("here"),)), "."
                ),
            ),
            (paragraph("Please tell me what you think."),),
        ),
        footnotes=(
            Footnote("ford", (paragraph("A ford is where a road and a river agree to differ."),)),
            Footnote("bell", (paragraph("Three strokes for the drowned."), paragraph("Four for the late."))),
        ),
        tags={"rating": "Teen", "warnings": "Cold water, one ghost", "author": "Mina Quill"},
    )


def _story() -> tuple[Block, ...]:
    return (
        paragraph(
            "The road ended where the water began, and Tamsin, who had walked it for nine days with a lantern that "
            "would not light, put the lantern down on the last flat stone and told it what she thought of it."
        ),
        paragraph("“You might have said,” she told it. “You might have said ", Emphasis((Text("river"),)), ".”"),
        paragraph(
            "The lantern, being a lantern, said nothing. The ford",
            NoteReference("ford"),
            " was under four feet of brown spring flood — and on the far bank, where no house had ever stood, "
            "there was a window with a light in it.",
        ),
        Quote(
            (
                paragraph(SmallCaps((Text("To the lamplighter"),)), ","),
                paragraph("Do not cross tonight. I have counted the steps, and there is one too many."),
                paragraph("Yours,", LineBreak(), "the Ferryman’s widow"),
            )
        ),
        SceneBreak("* * *"),
        paragraph("She read it twice. Then she sang, because there was nobody to mind:"),
        Verse(
            lines=(
                (Text("Light me a lamp for the going,"),),
                (Text("light me a lamp for the ford,"),),
                (),
                (Text("and one for the "), Emphasis((Text("hand"),)), Text(" on the water")),
                (Text("that carries me under the board."),),
            ),
            indents=(0, 4, 0, 0, 4),
        ),
        paragraph(
            "A bell",
            NoteReference("bell"),
            " answered. ",
            Foreign("fr", (Text("Tant pis"),)),
            ", she thought, and stepped ",
            Strong((Text("in"),)),
            ".",
        ),
        Heading(3, (Text("The far side"),)),
        paragraph("There were three things on the table:"),
        ItemList(
            ordered=False,
            items=((paragraph("a loaf,"),), (paragraph("a knife,"),), (paragraph("her own lantern, lit."),)),
        ),
        Image("table.jpg", "a table laid for one"),
        paragraph("The bell", NoteReference("bell"), " struck again, and the light went out."),
    )


def prologue() -> Chapter:
    """Nothing but a kind and a verse."""
    return Chapter(
        kind=Kind.PROLOGUE,
        number=None,
        title=None,
        blocks=(
            Verse(
                lines=((Text("Who lights the lamps on the Lantern Road"),), (Text("must never look behind."),)),
                indents=(0, 2),
            ),
        ),
    )


def recalled() -> Chapter:
    """An author's own recap, and footnotes of which it points at the first two, the story at the last two."""
    return Chapter(
        kind=Kind.CHAPTER,
        number=1,
        title="The Two Bells",
        recap=(paragraph("Nell", NoteReference("a"), " rang", NoteReference("b"), "."),),
        blocks=(paragraph("A bell", NoteReference("b"), " answered", NoteReference("c"), "."),),
        footnotes=tuple(Footnote(label, (paragraph(f"Footnote {label}."),)) for label in "abc"),
    )


def placed(chapter: Chapter, where: str | None) -> Chapter:
    """The chapter with a place of its own for its notes, "before" or "after" the story."""
    return replace(chapter, tags={**chapter.tags, "notes": where}) if where else chapter


SENTENCE = (
    "She counted the steps again, for the stair had one more in the dark than it had by day, "
    "and the lantern swung against her knee and showed her nothing but the next one. "
)


def long(scenes: int, *, paragraphs: int = 6, sentence: str = SENTENCE) -> Chapter:
    """So many scenes, each of so many paragraphs of about 85 words; each scene says its number."""
    blocks: list[Block] = []
    for scene in range(1, scenes + 1):
        if blocks:
            blocks.append(SceneBreak())
        blocks.append(paragraph(f"Scene {scene}."))
        blocks.extend(paragraph(sentence * 3) for _ in range(paragraphs))
    return Chapter(
        kind=Kind.CHAPTER,
        number=8,
        title="The Stair",
        blocks=tuple(blocks),
        notes_after=((paragraph("That was long."),),),
        closing="To be continued…",
    )
