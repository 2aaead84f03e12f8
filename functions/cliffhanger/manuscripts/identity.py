"""Which chapter it is: number, kind, title and series, from front matter, heading, labels and file name."""

from __future__ import annotations

from dataclasses import replace

from cliffhanger.manuscripts.draft import Field, FrontMatter
from cliffhanger.manuscripts.headings import Headline, parse_heading
from cliffhanger.manuscripts.matter import Matter
from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.names import kind_in_name, number_in_name
from cliffhanger.manuscripts.numbers import number
from cliffhanger.manuscripts.words import Words


def headline_of(front: FrontMatter, matter: Matter, filename: str, words: Words) -> Headline:
    """The heading with its gaps filled. Front matter is believed first, the file's name last."""
    heading = matter.headline or Headline(kind=kind_in_name(filename, words))
    stated = _stated(front, words)
    merged = replace(
        heading,
        number=heading.number if stated.number is None else stated.number,
        total=stated.total or heading.total,
        kind=heading.kind if stated.kind is Kind.CHAPTER else stated.kind,
        title=heading.title or stated.title,
    )
    if merged.number is None and merged.kind is Kind.CHAPTER:
        merged = replace(merged, number=number_in_name(filename, words))
    return merged


def _stated(front: FrontMatter, words: Words) -> Headline:
    """What front matter says of the number: "chapter: 3", "3/7", "Prologue", or "title: Chapter 3: T"."""
    said = front.fields.get(Field.NUMBER, "")
    chapter = words.chapter_words[0]
    found = parse_heading(said, words) or parse_heading(f"{chapter} {said}", words) if said else None
    found = found or parse_heading(front.fields.get(Field.TITLE, ""), words) or Headline()
    kind = words.kinds.get(front.fields.get(Field.KIND, "").lower(), found.kind)
    total = number(front.fields.get(Field.TOTAL, ""), words)
    return replace(found, kind=kind, total=int(total) if total else found.total)


def kind_of(front: FrontMatter, headline: Headline) -> Kind:
    stated = front.fields.get(Field.KIND, "").lower()
    return Kind(stated) if stated in set(Kind) else headline.kind


def title_and_series(front: FrontMatter, matter: Matter, headline: Headline) -> tuple[str | None, str | None]:
    """The chapter's title and the book's.

    A "Title" beside a heading of another wording names the book: always in MultiMarkdown and in labels of
    plain text, where the heading has a number; in YAML only if it gives neither a series nor a number.
    """
    series = front.fields.get(Field.SERIES) or matter.fields.get(Field.SERIES)
    stated = front.fields.get(Field.TITLE) or matter.fields.get(Field.TITLE)
    own = matter.headline
    if stated is None or stated == headline.title or (headline.title and headline.title in stated):
        return headline.title, series
    numbered = own is not None and (own.number is not None or own.kind is not Kind.CHAPTER)
    is_yaml = Field.TITLE in front.fields and not front.title_may_be_series
    if is_yaml:
        names_book = numbered and own is not None and own.title is not None and Field.NUMBER not in front.fields
    else:
        names_book = numbered
    if names_book and series is None:
        return headline.title, stated
    return stated if is_yaml or headline.title is None else headline.title, series
