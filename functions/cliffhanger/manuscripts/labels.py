"""Labels in front of a line: "A/N:", "Summary:", "[Author's Note 2: …]", "Rating: T | Genre: Drama"."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache

from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.words import Words, alternatives

_OPEN = r"[\s\[({<*_~=|/•–—-]*"
_END = r"\s*\d{0,2}[\s\])*_]*"
_APOSTROPHES = str.maketrans("’‘`´ʼ：", "''''':")
_PAIRS = {"[": "]", "(": ")", "{": "}"}
_FUZZY = re.compile(rf"{_OPEN}([a-z][a-z' ]{{4,24}}?)\s*:", re.I)
_MAX_LABEL = 120


@dataclass(frozen=True, slots=True)
class Label:
    """`what` is a Field or a tag's name; the labelled text is [start:stop] of the line. `keeps` its label: a teaser."""

    what: Field | str
    start: int
    stop: int
    keeps: bool = False


def fold(text: str) -> str:
    """Lower case with straight apostrophes, for comparing words."""
    return text.translate(_APOSTROPHES).lower()


def match_label(line: str, words: Words) -> Label | None:
    """The label at the start of `line`, or alone on it."""
    head = line[:_MAX_LABEL].translate(_APOSTROPHES)
    match = _pattern(words).match(head)
    if match is None:
        return _misspelt(line, head, words)
    what = _meanings(words)[fold(match["label"] or match["dashed"] or match["bare"] or match["shouted"])]
    return Label(what, *_inside(line, match.end()))


def match_alone(line: str, words: Words) -> Label | None:
    """A note, summary or disclaimer label that is the whole line, with no colon: "Author's Notes"."""
    if len(line) > _MAX_LABEL:
        return None
    bare = fold(line).strip(" :[](){}*_~=-–—.")
    what = _meanings(words).get(bare)
    if what in {Field.NOTE, Field.SUMMARY, Field.DISCLAIMER} and line.strip()[:1] not in "\"'“‘":
        return Label(what or "", len(line), len(line))
    return None


def match_kept(line: str, phrases: tuple[str, ...]) -> Label | None:
    """A recap or a teaser: a note that keeps its label."""
    match = _kept_pattern(phrases).match(line[:_MAX_LABEL])
    return Label(Field.NOTE, 0, len(line), keeps=True) if match else None


def after_kept(line: str, phrases: tuple[str, ...]) -> int | None:
    """Where the text begins after a label that is kept; None if there is no such label."""
    match = _kept_pattern(phrases).match(line[:_MAX_LABEL])
    return match.end() if match else None


def later_notes(line: str, start: int, words: Words) -> list[int]:
    """Where further notes begin within a line: "A/N: one. A/N: two"."""
    return [at.start() for at in _inner_pattern(words).finditer(line.translate(_APOSTROPHES), start)]


def _inside(line: str, start: int) -> tuple[int, int]:
    """Trim the bracket that stands around label and text."""
    stop = len(line.rstrip())
    opening = line.lstrip()[:1]
    if opening in _PAIRS and line[:stop].endswith(_PAIRS[opening]) and _PAIRS[opening] not in line[: stop - 1]:
        stop -= 1
    return min(start, stop), stop


@cache
def _meanings(words: Words) -> dict[str, Field | str]:
    meanings = {alias: what for what, aliases in words.labels.items() for alias in aliases}
    return meanings | dict.fromkeys(words.shouted_labels, Field.NOTE)


@cache
def _pattern(words: Words) -> re.Pattern[str]:
    every = alternatives(alias for aliases in words.labels.values() for alias in aliases)
    dashed = alternatives(a for what in words.dash_labels for a in words.labels[what] if len(a) > 5 or "/" in a)
    bare = alternatives(words.bare_labels)
    shouted = alternatives(alias.upper() for alias in words.shouted_labels)
    return re.compile(
        rf"{_OPEN}(?:(?i:(?P<label>{every})){_END}:[\])*_]*"
        rf"|(?i:(?P<dashed>{dashed}))(?:{_END}\s+[-–—]\s+|{_END}[–—])"
        rf"|(?i:(?P<bare>{bare}))(?:\s+|$)"
        rf"|(?P<shouted>{shouted}){_END}(?::|\s[-–—]\s))\s*"
    )


@cache
def _kept_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"{_OPEN}(?:{'|'.join(phrases)})(?:\s*(?::|\s[-–—]\s|\.\.\.|…)|\s*$)", re.I)


@cache
def _inner_pattern(words: Words) -> re.Pattern[str]:
    notes = alternatives(alias for alias in words.labels[Field.NOTE] if len(alias) > 5 or "/" in alias)
    shouted = alternatives(alias.upper() for alias in words.shouted_labels[:1])
    return re.compile(rf"(?<=\s)[\[(*_]{{0,3}}(?:(?i:{notes})|{shouted})(?: \d{{1,2}})?\s?:")


def _misspelt(line: str, head: str, words: Words) -> Label | None:
    """ "Disclamer:" and "Sumary:" are near enough to one long label, and only with a colon."""
    match = _FUZZY.match(head)
    if match is None or match[1].count(" ") > 2:
        return None
    long_labels = [a for a, what in _meanings(words).items() if isinstance(what, Field) and len(a) >= 7]
    near = difflib.get_close_matches(fold(match[1]), long_labels, n=1, cutoff=0.82)
    if not near:
        return None
    return Label(_meanings(words)[near[0]], *_inside(line, len(head[: match.end()]) + _spaces(line, match.end())))


def _spaces(line: str, at: int) -> int:
    return len(line[at:]) - len(line[at:].lstrip(" *_"))
