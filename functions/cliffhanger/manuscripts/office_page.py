"""What is usual in one file, and so what each of its passages is meant to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from cliffhanger.manuscripts.model import Image
from cliffhanger.manuscripts.office_inlines import primary
from cliffhanger.manuscripts.office_passages import Look, Passage

_MAX_HEADING = 200
_MAX_HEADING_BY_LOOK = 90
_MAX_ORNAMENT = 20
_BOX = frozenset({"top", "bottom", "left", "right"})


class Role(Enum):
    BODY = auto()
    HEADING = auto()
    QUOTE = auto()
    VERSE = auto()
    BREAK = auto()
    CONTENTS = auto()


# Names as the programs write them into every file, whatever language they speak to their user; and authors' own.
_BY_STYLE: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (
        Role.CONTENTS,
        re.compile(r"toc(?: heading| ?\d)|(?:contents|index)(?: heading| ?\d)|table of (?:contents|figures)"),
    ),
    (Role.HEADING, re.compile(r"heading ?\d.*|title|(?:.* )?chapter(?: ?(?:title|heading|name|number|no\.?))?")),
    (Role.BREAK, re.compile(r".*(?:horizontal line|separator|ornament|divider|\bbreak\b|scenebreak).*")),
    (Role.VERSE, re.compile(r".*(?:verse|poem|poetry|lyrics?\b|stanza|\bsong\b|preformatted).*")),
    (Role.QUOTE, re.compile(r".*(?:quot|block ?text|\bletter\b|telegram|epigraph|extract\b).*")),
)


@dataclass(frozen=True, slots=True)
class Page:
    """The usual look of a file's text; its `language` is that of most words. Indents are in points."""

    dress: Look
    left: float = 0
    right: float = 0

    def role_of(self, passage: Passage) -> Role:
        if passage.outline and len(passage.text) <= _MAX_HEADING:
            return Role.HEADING
        role = role_by_style(passage)
        if role is Role.BREAK and len(passage.text) > _MAX_ORNAMENT:
            role = None
        if role is Role.HEADING and len(passage.text) > _MAX_HEADING:
            role = Role.BODY
        return role or self._role_by_look(passage)

    def _role_by_look(self, passage: Passage) -> Role:
        if passage.boxed or passage.borders >= _BOX or self._is_set_in(passage):
            return Role.QUOTE
        return Role.HEADING if self._looks_like_heading(passage) else Role.BODY

    def _is_set_in(self, passage: Passage) -> bool:
        """On both sides, or clearly on the left, as the "increase indent" button does it."""
        left, right = passage.left - self.left, passage.right - self.right
        return not passage.centred and not passage.item and (left >= 30 or (left >= 15 and right >= 9))

    def _looks_like_heading(self, passage: Passage) -> bool:
        """Short and bold in the middle, or larger than the text."""
        text = passage.text.strip()
        letters = {character for character in text.lower() if character.isalnum()}
        if len(text) > _MAX_HEADING_BY_LOOK or len(letters) < 3 or passage.item or "\n" in text:
            return False
        words = [run.look for run in passage.runs if isinstance(run.content, str) and run.content.strip()]
        bold = not self.dress.bold and all(look.bold for look in words)
        large = bool(self.dress.size) and all(look.size >= 1.2 * self.dress.size for look in words)
        return (bold and passage.centred) or (large and (bold or passage.centred))


def page_of(passages: Iterable[Passage]) -> Page:
    """What most of the text is like, by its characters; its margins by its paragraphs."""
    counts: dict[str, Counter[object]] = {}
    for passage in passages:
        for name, value, length in _facts(passage):
            counts.setdefault(name, Counter())[value] += length
    usual = {name: counter.most_common(1)[0][0] for name, counter in counts.items()}
    look = Look(
        italic=usual.get("italic") is True,
        bold=usual.get("bold") is True,
        size=_number(usual.get("size")),
        language=str(usual.get("language") or "") or None,
    )
    return Page(look, _number(usual.get("left")), _number(usual.get("right")))


def role_by_style(passage: Passage) -> Role | None:
    for name in passage.styles:
        for role, pattern in _BY_STYLE:
            if pattern.fullmatch(name.replace("_", " ").strip().lower()):
                return role
    return None


def level_of(passage: Passage) -> int:
    """A heading's level by its outline or its style's name; 1 for titles and headings by look alone."""
    if passage.outline:
        return passage.outline
    numbers = (re.match(r"heading ?(\d)", name.replace("_", " ").lower()) for name in passage.styles)
    return next((int(match[1]) for match in numbers if match), 1)


def _facts(passage: Passage) -> Iterable[tuple[str, object, int]]:
    length = len(passage.text)
    # Margins by paragraphs: one long letter must not make its own margin the usual one.
    is_plain = length > 0 and role_by_style(passage) is None
    yield "left", passage.left, is_plain
    yield "right", passage.right, is_plain
    for run in passage.runs:
        if isinstance(run.content, str):
            length, look = len(run.content), run.look
            yield "italic", look.italic, length
            yield "bold", look.bold, length
            yield "size", look.size, length
            yield "language", primary(look.language), length


def _number(value: object) -> float:
    return value if isinstance(value, float | int) else 0


def has_picture(passage: Passage) -> bool:
    return any(isinstance(run.content, Image) for run in passage.runs)
