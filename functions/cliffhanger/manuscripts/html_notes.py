"""Footnotes and comments of a page: an anchor that points at a text further down, which mostly points back.

So do Google Docs, Word, LibreOffice, pandoc, Scrivener, Substack and authors by hand, each with other names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.html_tree import HEADINGS

_LABEL = re.compile(r"[\[({]?\s*(?:\d{1,3}|[a-z]{1,4}\d{0,3}|[*†‡§¶#]{1,3})\s*[\])}]?", re.I)
_COMMENT = re.compile(r"#(?:cmnt|_?msocom_?)\d+", re.I)
_INLINE = {"sup", "span", "a", "i", "b", "font"}
_MAX_NOTES = 2_000
_MAX_ELEMENTS = 500


@dataclass(slots=True)
class Notes:
    """`references` have the label of their note, `texts` its element, `marks` what it begins with ("1") if it does.

    `dropped` are elements that are no text of the story: the notes, their links back, an editor's comments.
    """

    references: dict[Element, str] = field(default_factory=dict)
    texts: dict[str, Element] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    dropped: set[Element] = field(default_factory=set)


@dataclass(slots=True)
class _Page:
    """Where each element is: its place in the order of the page, its parent, its names."""

    order: dict[Element, int] = field(default_factory=dict)
    parents: dict[Element, Element] = field(default_factory=dict)
    named: dict[str, Element] = field(default_factory=dict)

    def names_of(self, anchor: Element) -> set[str]:
        """The names by which a note may point back: of the anchor and of what is closely in it or around it."""
        near = list(islice(anchor.iter(), 10))
        while (parent := self.parents.get(anchor)) is not None and parent.tag in _INLINE:
            near.append(anchor := parent)
        return {name for element in near for name in _names(element)}


def find_notes(root: Element) -> Notes:
    page, notes = _page_of(root), Notes()
    found = list(islice(_pairs(root, page), _MAX_NOTES))
    targets = {target for _, target in found}
    for reference, target in found:
        note = _whole_note(target, page, targets)
        links = _links_to(note, page.names_of(reference))
        if len(_text(note)) > len(_text(reference)):
            _keep(notes, reference, note, links)
    return notes


def _keep(notes: Notes, reference: Element, note: Element, links: list[Element]) -> None:
    label, mark = reference.get("href", ""), _text(reference).strip("[](){} ")
    notes.dropped |= {note, *links}
    if _COMMENT.fullmatch(label):
        notes.dropped.add(reference)
        return
    notes.references[reference] = label
    notes.texts.setdefault(label, note)
    begins_with_link = links and _text(note).startswith(_text(links[0]))
    notes.marks.setdefault(label, "" if begins_with_link else mark)


def _page_of(root: Element) -> _Page:
    page = _Page()
    for at, element in enumerate(root.iter()):
        page.order[element] = at
        page.parents |= dict.fromkeys(element, element)
        for name in _names(element):
            page.named.setdefault(name, element)
    return page


def _names(element: Element) -> Iterator[str]:
    yield from filter(None, (element.get("id"), element.get("name")))


def _pairs(root: Element, page: _Page) -> Iterator[tuple[Element, Element]]:
    """Each reference with the anchor or the element that it points at."""
    for anchor in root.iter("a"):
        target = page.named.get(anchor.get("href", "")[1:]) if anchor.get("href", "").startswith("#") else None
        if target is not None and page.order[target] > page.order[anchor] and _is_reference(anchor, target, page):
            yield anchor, target


def _is_reference(anchor: Element, target: Element, page: _Page) -> bool:
    """A short mark; the text around its target points back, or begins with the same mark."""
    label = _text(anchor)
    while target.tag in _INLINE and target in page.parents:
        target = page.parents[target]
    is_large = any(True for _ in islice(target.iter(), _MAX_ELEMENTS, None))
    if not _LABEL.fullmatch(label) or target.tag in {"page", *HEADINGS} or is_large:
        return False
    begins_alike = _text(target).lstrip("[({").startswith(label.strip("[](){} "))
    return begins_alike or bool(_links_to(target, page.names_of(anchor)))


def _links_to(element: Element, names: set[str]) -> list[Element]:
    return [anchor for anchor in element.iter("a") if anchor.get("href", "").removeprefix("#") in names]


def _whole_note(target: Element, page: _Page, targets: set[Element]) -> Element:
    """The largest element that begins with the note and holds no other."""
    note = target
    while (parent := page.parents.get(note)) is not None and parent.tag != "page":
        begins = parent[0] is note and not (parent.text or "").strip()
        if not begins or sum(1 for _ in islice(filter(targets.__contains__, parent.iter()), 2)) > 1:
            break
        note = parent
    return note


def _text(element: Element) -> str:
    return "".join(element.itertext()).strip()
