"""Front matter in YAML, TOML and MultiMarkdown: data, never code."""

from pathlib import Path

import pytest
from tests.unit.manuscripts.prose import STORY, read_markdown, read_text, texts

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.model import Kind


def with_front(front: str, body: str = STORY) -> str:
    return f"---\n{front}\n---\n\n{body}"


def test_every_field_is_understood() -> None:
    chapter = read_markdown(
        with_front(
            'title: "Rain: a start"\nchapter: 3\nof: 7\nseries: The Harbour Files\npart: Two\nsummary: She waits.\n'
            "disclaimer: Not mine.\nnotes: Hello.\nnotes_after: [One., Two.]\ntags: [rain, ferries]\nrating: T\n"
            "date: 2025-03-01\nresend: true"
        )
    )

    assert (chapter.title, chapter.number, chapter.total, chapter.part) == ("Rain: a start", 3, 7, "Two")
    assert (chapter.series, chapter.summary, chapter.disclaimer) == ("The Harbour Files", "She waits.", "Not mine.")
    assert (texts(chapter.notes_before), texts(chapter.notes_after)) == (["Hello."], ["One.", "Two."])
    assert chapter.tags == {"tags": "rain, ferries", "rating": "T", "date": "2025-03-01", "resend": "true"}
    assert blocks_text(chapter.blocks) == STORY
    assert chapter.warnings == ()


def test_toml_between_plus_signs_says_the_same() -> None:
    chapter = read_markdown(
        '+++\ntitle = "Rain: a start"\nchapter = 3.5\nnotes = ["One.", "Two."]\ntags = ["rain", "ferries"]\n'
        f"date = 2025-03-01\ndraft = false\n+++\n\n{STORY}"
    )

    assert (chapter.title, chapter.number) == ("Rain: a start", 3.5)
    assert texts(chapter.notes_before) == ["One.", "Two."]
    assert chapter.tags == {"tags": "rain, ferries", "date": "2025-03-01"}
    assert (blocks_text(chapter.blocks), chapter.warnings) == (STORY, ())


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ('title = "unclosed', 2),
        ('title = "A"\nchapter 3', 3),
        ("[title]\nis = 1", None),
        ("a = " + "[" * 5000, None),
        ("title = {", 2),
    ],
)
def test_broken_toml_is_refused_with_its_line(front: str, line: int | None) -> None:
    with pytest.raises(Refusal, match="front matter") as refused:
        read_markdown(f"+++\n{front}\n+++\n\n{STORY}")

    assert line is None or refused.value.line == line


def test_plus_signs_over_prose_are_no_front_matter() -> None:
    assert blocks_text(read_markdown(f"+++\n\n{STORY}\n\n+++\n\n{STORY}").blocks) == f"{STORY}\n\n{STORY}"


@pytest.mark.parametrize("front", ["- title: Rain\n- chapter: 3", "Rain, the third"])
def test_one_that_names_no_values_is_refused(front: str) -> None:
    with pytest.raises(Refusal, match="no list of names and values"):
        read_markdown(with_front(front))


def test_a_note_of_several_paragraphs_is_one_note() -> None:
    assert texts(read_markdown(with_front("title: A\nnotes: |\n  One,\n  two.\n\n  Three.")).notes_before) == [
        "One, two.\n\nThree."
    ]


@pytest.mark.parametrize(
    ("front", "heading", "series", "title"),
    [
        ("title: Rain", "# Chapter 3", None, "Rain"),
        ("title: Rain", "# Chapter 3: Rain", None, "Rain"),
        ("title: The Harbour Files", "# Chapter 3: Rain", "The Harbour Files", "Rain"),
        ("title: Rain\nchapter: 3", "# Another Name", None, "Rain"),
        ("title: 'Chapter 3: Rain'", "", None, "Rain"),
    ],
)
def test_a_title_beside_a_heading(front: str, heading: str, series: str | None, title: str) -> None:
    chapter = read_markdown(with_front(front, f"{heading}\n\n{STORY}"))

    assert (chapter.number, chapter.series, chapter.title) == (3, series, title)


def test_a_kind_is_believed() -> None:
    assert read_markdown(with_front("kind: interlude\ntitle: A")).kind is Kind.INTERLUDE
    assert read_markdown(with_front("kind: notice\ntitle: A")).kind is Kind.NOTICE


def test_multimarkdown_needs_no_fences_and_names_the_book() -> None:
    chapter = read_markdown(
        f"Title:  The Harbour Files\nAuthor: Mary\nBase Header Level:  1\n\n# Chapter V #\n\n{STORY}"
    )

    assert (chapter.series, chapter.title, chapter.number) == ("The Harbour Files", None, 5)
    assert chapter.tags == {"author": "Mary"}


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert blocks_text(read_markdown(f"---\n\n{STORY}\n\n---\n\n{STORY}").blocks) == f"{STORY}\n\n{STORY}"


def test_a_text_file_may_have_front_matter_too() -> None:
    assert read_text(with_front("title: Rain\nchapter: 2"), "x.txt").title == "Rain"


def test_an_unknown_name_is_told_to_the_author() -> None:
    assert "“titel”" in read_markdown(with_front("titel: Rain\nchapter: 3")).warnings[0]


@pytest.mark.parametrize(
    ("front", "line"),
    [
        ("title: The Chase: a story", 2),
        ('chapter: 3\nsummary: "unclosed', 3),
        ("title: !!python/object/apply:os.system [touch]", 2),
        ("title: A\nseries: !!str B", 3),
        ("a: &x [b]\nc: *x", 2),
        ("title: {{ title }}", None),
        ("title: {a: {b: c}}", None),
        ("chapter: [" + "[" * 3000, None),
        ("title: 1\n? [a]\n: 2\n", None),
    ],
)
def test_a_broken_one_is_refused_with_its_line(front: str, line: int | None) -> None:
    with pytest.raises(Refusal, match="front matter") as refused:
        read_markdown(with_front(front))

    assert line is None or refused.value.line == line


def test_one_that_never_ends_is_refused() -> None:
    with pytest.raises(Refusal, match="never ends"):
        read_markdown(f"---\ntitle: Rain\n\n{STORY}")


def test_tags_run_nothing(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    with pytest.raises(Refusal, match="tag"):
        read_markdown(with_front(f'title: !!python/object/apply:os.system ["touch {marker}"]'))

    assert not marker.exists()


def test_a_title_holds_no_second_header() -> None:
    chapter = read_markdown(with_front('title: "Rain\\r\\nBcc: eve@example.org"'))

    assert chapter.title == "Rain Bcc: eve@example.org"
