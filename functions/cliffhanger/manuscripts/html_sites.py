"""Which part of a page is the manuscript. What sites put around a story is left out by its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

_STORIES = ("workskin", "storytext")
_NOT_STORY_TAGS = {"nav", "footer", "select"}
# Menus, comments, buttons, sign-up boxes of WordPress, Substack, LiveJournal, AO3; Word's marks of comments.
_NOT_STORY = re.compile(
    r"comments?|comment-?list|comments-area|respond|sharedaddy|jp-relatedposts|related-posts|nav-links|navigation"
    r"|(?:post|site|chapter|page)-nav\w*|breadcrumbs?|site-(?:header|footer)|sidebar|widget-area|skip-link"
    r"|share-[\w-]+|post-ufi|like-button\w*|(?:subscription|subscribe)-[\w-]+|(?:captioned-)?button-wrap(?:per)?"
    r"|screen-reader-text|landmark|actions|feedback|endnote-link|b-singlepost-(?:tags|info|author|date)|entry-(?:meta|footer|utility)"
    r"|post-footer|nav-buttons|toc|table-of-contents|msocomanchor|msocommentreference",
    re.I,
)
# How LibreOffice exports running headers.
_MARGINS = {"header", "footer"}
# What the archive knows of a work and a reader of one chapter has no use for.
_ARCHIVE_ONLY = {"series:", "collections:", "collection:", "stats:"}


def story_of(root: Element) -> Element:
    """The element with the story and its notes: where a site marks it, else the only article, else all."""
    for element in root.iter():
        if element.get("id") in _STORIES:
            return element
    found = (_only(root, name) for name in ("article", "main"))
    return next((element for element in found if element is not None), root)


def furniture_of(root: Element) -> set[Element]:
    """The elements that are no text of the author's."""
    return {element for element in root.iter() if _is_furniture(element)} | set(_archive_lines(root))


def margins_of(root: Element) -> set[Element]:
    """Google Docs exports running headers and footers as the only boxes of its pages, beside the notes."""
    return {element for element in root if element.tag == "div"}


def _is_furniture(element: Element) -> bool:
    if element.tag in _NOT_STORY_TAGS:
        return True
    if element.tag == "div" and element.get("title") in _MARGINS:
        return True
    marks = (*element.get("class", "").split(), element.get("id", ""))
    return any(map(_NOT_STORY.fullmatch, marks))


def _archive_lines(root: Element) -> Iterator[Element]:
    for tags in root.iter("dl"):
        for name, value in pairwise(tags):
            if name.tag == "dt" and "".join(name.itertext()).strip().lower() in _ARCHIVE_ONLY:
                yield from (name, value)


def _only(root: Element, tag: str) -> Element | None:
    """The one element of its kind outside of furniture, such as comments, which may be articles too."""
    found: list[Element] = []
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == tag:
            found.append(element)
        elif not _is_furniture(element):
            waiting.extend(element)
    return found[0] if len(found) == 1 else None
