"""Runs -> inlines: what stands out from the text around it is emphasis; what all of it wears is only its dress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from cliffhanger.manuscripts.inlines import cut, merge, plain_text, strip
from cliffhanger.manuscripts.model import (
    Emphasis,
    Foreign,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteReference,
    SmallCaps,
    Strong,
    Text,
)
from cliffhanger.manuscripts.office_passages import Look, Run

_Wrap = Callable[[str, Inlines], Inline]
# From the outside in. A run's marks have the same order; "" is no mark.
_LAYERS: tuple[_Wrap, ...] = (
    Link,
    Foreign,
    lambda _, inner: Strong(inner),
    lambda _, inner: Emphasis(inner),
    lambda _, inner: SmallCaps(inner),
)
_Words = str | LineBreak | NoteReference


@dataclass(frozen=True, slots=True)
class _Marked:
    content: _Words
    marks: tuple[str, ...]


def inlines_of(runs: Iterable[Run], dress: Look) -> Inlines:
    """`dress` is how the surrounding text looks: italics within italics stand out by being upright.

    Its `language` is that of the file; pictures fall out.
    """
    marked = [_Marked(run.content, _marks(run.look, dress)) for run in runs if not isinstance(run.content, Image)]
    return strip(merge(_nest(_with_inner_spaces(marked))))


def primary(language: str | None) -> str:
    """The language of a tag without its country: "en" of "en-GB"."""
    return (language or "").partition("-")[0].lower()


def _marks(look: Look, dress: Look) -> tuple[str, ...]:
    emphasised = look.italic != dress.italic
    return (
        look.link or "",
        look.language or "" if (emphasised or look.foreign) and _is_foreign(look, dress) else "",
        "strong" if look.bold and not dress.bold else "",
        "emphasis" if emphasised else "",
        "small caps" if look.small_caps and not dress.small_caps else "",
    )


def _is_foreign(look: Look, dress: Look) -> bool:
    """Programs guess languages and guess wrong: only what the author also set in italics counts, or marked himself."""
    known = primary(look.language), primary(dress.language)
    return known[0] != known[1] and (look.foreign or all(len(tag) in {2, 3} and tag != "zxx" for tag in known))


def _with_inner_spaces(runs: list[_Marked]) -> list[_Marked]:
    """A space between two runs of the same look belongs to them, whatever it wears itself."""
    kept = list(runs)
    for at in range(1, len(runs) - 1):
        content = runs[at].content
        if isinstance(content, str) and content.isspace() and kept[at - 1].marks == runs[at + 1].marks:
            kept[at] = _Marked(content, kept[at - 1].marks)
    return kept


def _nest(runs: list[_Marked], layer: int = 0) -> Iterator[Inline]:
    if layer == len(_LAYERS):
        yield from (Text(run.content) if isinstance(run.content, str) else run.content for run in runs)
        return
    for mark, same in groupby(runs, key=lambda run: run.marks[layer]):
        inner = merge(_nest(list(same), layer + 1))
        yield from _wrapped(mark, inner, _LAYERS[layer]) if mark else inner


def _wrapped(mark: str, inner: Inlines, wrap: _Wrap) -> Iterator[Inline]:
    """Spaces at the ends stay outside; what has no words needs no dress."""
    text = plain_text(inner)
    if not text.strip():
        yield from inner
        return
    start = len(text) - len(text.lstrip())
    edges = (0, start, start + len(text.strip()), len(text))
    before, core, after = (cut(inner, low, high) if low < high else () for low, high in pairwise(edges))
    yield from (*before, wrap(mark, core), *after)
