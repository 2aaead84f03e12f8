"""Chapter headings: what "Part Two, Chapter 3: The Storm" or "The Storm (3/7)" says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.numbers import number, number_pattern
from cliffhanger.manuscripts.words import Words, alternatives

_MAX_HEADING = 160
_ORNAMENT = " \t*~=#_-–—•.|+<>"
_SEPARATOR = r"\s*:\s*|\s+[-–—]+\s+|\s*[–—]\s*|\s*\|\s*|-\s+|\.\s+|\s+"
_BEFORE = r"(?:(?P<before>.{1,80}?)(?:\s*[,:|–—]\s*|\s+-+\s+))??"
_SENTENCE_END = (".", "!", "?", "…", ",", ";", ":", "—", "-", "”", '"', "’")


@dataclass(frozen=True, slots=True)
class Headline:
    """One heading line, understood.

    `before` is what stands in front of the label: the series, perhaps. `only_part` says that the number is
    that of a "Part Two", which is the chapter's own number only if no "Chapter 3" follows.
    """

    kind: Kind = Kind.CHAPTER
    number: float | int | None = None
    total: int | None = None
    part: str | None = None
    title: str | None = None
    before: str | None = None
    only_part: bool = False


def parse_heading(line: str, words: Words) -> Headline | None:
    """A line that names a chapter by a word: "Chapter 3", "Prologue", "Part Two"; else None."""
    text = line.strip()
    if len(text) > _MAX_HEADING or "\n" in text or not _hint(words).search(text):
        return None
    # A full stop at the end may be the title's own: "Letters, etc."
    bare = text.lstrip(_ORNAMENT).rstrip(_ORNAMENT.replace(".", ""))
    for pattern in (_chapter(words), _kind(words), _part(words), _counted(words)):
        match = pattern.fullmatch(bare)
        if match and (headline := _headline(match.groupdict(), words)):
            return headline
    return None


def parse_number_heading(line: str, words: Words) -> Headline | None:
    """A number alone or with a title: "12. The Storm", "XII", "12". Only where a heading must be."""
    text = line.strip().strip(_ORNAMENT.replace(".", ""))
    match = _numbered(words).fullmatch(text) if len(text) <= _MAX_HEADING else None
    return None if match is None or is_dateline(text, words) else _headline(match.groupdict(), words)


def is_title(line: str, words: Words) -> bool:
    """Whether a line without any label can be a title: short, with capitals, and no sentence."""
    text = line.strip()
    tokens = re.findall(r"[^\W\d_][\w'’]*", text[:_MAX_HEADING])
    if not tokens or len(text) > 80 or len(tokens) > 12 or text[0] in "\"'“‘«-–—([" or is_dateline(text, words):
        return False
    if text.isupper():
        return len(tokens) > 1 or not text.endswith(_SENTENCE_END)
    if text.endswith(_SENTENCE_END) and not (text.endswith(("!", "?")) and len(tokens) > 2):
        return False
    return all(token[0].isupper() or token.lower() in words.small_words for token in tokens)


def is_dateline(line: str, words: Words) -> bool:
    """The head of an entry or a letter: "4 September.", "London, 1888", "Monday, noon"."""
    return len(line) < 80 and _dateline(words).search(line.strip()) is not None


def _headline(found: dict[str, str | None], words: Words) -> Headline | None:
    title, before = _trimmed(found.get("title")), _trimmed(found.get("before"))
    if title and (found.get("sep") or "").strip() in {"", "."} and not _may_follow_bare(title):
        return None
    if before and not is_title(before, words):
        return None
    value, total = number(found.get("number") or "", words), number(found.get("total") or "", words)
    if found.get("number") and value is None:
        return None
    return Headline(
        kind=words.kinds.get((found.get("kind") or "").lower(), Kind.CHAPTER),
        number=value,
        total=int(total) if total else None,
        part=_trimmed(found.get("part")),
        title=title,
        before=before,
        only_part="part" in found and "before" not in found,
    )


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip().strip("*_").strip() or None


def _may_follow_bare(title: str) -> bool:
    """After "Chapter 3" without a colon or dash only a title counts: "Chapter 3 was dull." is prose."""
    if title.isupper():
        return True
    first = title.lstrip("“\"'‘({[<$#")[:1]
    return not first.islower() and len(title.split()) <= 10 and not title.endswith((".", ",", ";"))


@cache
def _hint(words: Words) -> re.Pattern[str]:
    """What every heading has; most lines of prose are done with after this one search."""
    named = alternatives((*words.chapter_words, *words.part_words, *words.kinds))
    return re.compile(rf"(?<!\w)(?:{named})|\d\W*(?:/|{alternatives(words.of)})", re.I)


@cache
def _chapter(words: Words) -> re.Pattern[str]:
    n, of = number_pattern(words), alternatives(words.of)
    label, part = alternatives(words.chapter_words), alternatives(words.part_words)
    return re.compile(
        rf"{_BEFORE}(?:(?P<part>(?:{part})\s+{n}(?:\s*[:–—-]\s*[^,;:]{{1,60}}?)?)\s*[,;:.|–—-]+\s*)?"
        rf"(?:{label})\s*\#?\s*(?P<number>{n})(?:\s*(?:{of}|/)\s*(?P<total>{n}))?"
        rf"(?:(?P<sep>{_SEPARATOR})(?P<title>\S.*)|\s*[:.–—-]?)",
        re.I,
    )


@cache
def _kind(words: Words) -> re.Pattern[str]:
    n = number_pattern(words)
    return re.compile(
        rf"{_BEFORE}(?P<kind>{alternatives(words.kinds)})(?:\s+(?P<number>{n}))?"
        rf"(?:(?P<sep>\s*:\s*|\s*[–—]\s*|\s-+\s|\s*\|\s*)(?P<title>\S.*)|\s*[:.–—-]?)",
        re.I,
    )


@cache
def _part(words: Words) -> re.Pattern[str]:
    n, of = number_pattern(words), alternatives(words.of)
    return re.compile(
        rf"(?P<part>(?:{alternatives(words.part_words)})\s*(?P<number>{n})(?:\s*(?:{of}|/)\s*(?P<total>{n}))?"
        rf"(?:(?P<sep>{_SEPARATOR})(?P<title>\S.*)|\s*[:.–—-]?))",
        re.I,
    )


@cache
def _counted(words: Words) -> re.Pattern[str]:
    """The number behind the title: "The Storm (3/7)", "The Storm - Part 3 of 7"."""
    of = alternatives(words.of)
    label = alternatives((*words.part_words, *words.chapter_words))
    return re.compile(
        rf"(?P<title>.{{1,100}}?)(?P<sep>\s*[\[(]\s*|\s+[-–—]+\s+|[,:]\s+)(?:(?:{label})\s+)?"
        rf"(?P<number>\d{{1,3}})\s*(?:/|{of})\s*(?P<total>\d{{1,3}})\s*[\])]?",
        re.I,
    )


@cache
def _numbered(words: Words) -> re.Pattern[str]:
    spelled = alternatives(words.numbers)
    return re.compile(
        rf"(?P<number>\d{{1,3}}(?:\.\d)?|[IVXLC]{{1,7}}|(?i:(?:{spelled})(?:-(?:{spelled}))?(?!\.$)))"
        rf"(?:(?P<sep>\s*[.:)]\s+|\s+[-–—]\s+)(?P<title>\S.{{0,100}})|[.:]?)"
    )


@cache
def _dateline(words: Words) -> re.Pattern[str]:
    names = "|".join(words.dates)
    return re.compile(
        rf"^(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{names})\b"
        rf"|^(?:{names})\b[.,]? ?(?:\d|$|the\b|(?:{names})\b|morning|evening|night|afternoon|noon)"
        r"|, \d{4}[.:]?$|^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}",
        re.I,
    )
