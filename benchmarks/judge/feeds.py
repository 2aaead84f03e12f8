"""Atom feeds against RFC 4287: its grammar (atom.rng), what a grammar can't say, and what its text becomes as HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.judge.verdict import Verdict, table
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
GRAMMAR = Path(__file__).parent / "atom.rng"
ACTIVE = {"script", "style", "iframe", "object", "embed", "form", "input", "link", "meta", "base"}


def judge(feeds: Mapping[str, bytes]) -> Verdict:
    """Documents by their paths. No feed at all is an error too."""
    said = {path: list(errors(data)) for path, data in feeds.items()} or {"the archive": ["there is no feed"]}
    rows = ((path, len(data), data.count(b"<entry"), len(said[path])) for path, data in feeds.items())
    sentences = tuple(f"{path}: {sentence}" for path, every in said.items() for sentence in every)
    report = table(("feed", "bytes", "entries", "errors"), rows)
    return Verdict("Feeds", report, {"feed_errors": len(sentences)}, sentences)


def errors(data: bytes) -> Iterator[str]:
    try:
        feed = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield f"it is no XML: {error}"
        return
    grammar = etree.RelaxNG(etree.parse(str(GRAMMAR)))
    if not grammar.validate(feed):
        yield from (f"line {entry.line}: {entry.message}" for entry in grammar.error_log)
        return
    if not data.startswith(b"<?xml"):
        yield "it does not begin with an XML declaration"
    yield from _of_feed(feed)
    for entry in feed.iter(f"{ATOM}entry"):
        for sentence in (*_of_entry(entry), *_of_text(entry)):
            yield f"entry {_text(entry, 'id')}: {sentence}"


def _of_feed(feed: etree._Element) -> Iterator[str]:
    """4.1.1, 4.1.2 (an author somewhere), 4.2.6 (ids), 4.2.7.2 (rel)."""
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and any(entry.find(f"{ATOM}author") is None for entry in entries):
        yield "an entry has no author, nor has the feed"
    if not feed.get(f"{XML}lang"):
        yield "it does not say its language"
    if "self" not in _relations(feed):
        yield "it has no link to itself"
    if "alternate" not in _relations(feed):
        yield "it has no link to the page that it is of"
    yield from _alternates(feed)
    ids = Counter([_text(feed, "id"), *(_text(entry, "id") for entry in entries)])
    yield from (f"the id {one} stands {times} times" for one, times in ids.items() if times > 1)
    yield from (f"the id {one} is no absolute IRI" for one in ids if not urlsplit(one).scheme)
    newest = max((_text(entry, "updated") for entry in entries), default="")
    if newest > _text(feed, "updated"):
        yield "an entry was updated after the feed"


def _of_entry(entry: etree._Element) -> Iterator[str]:
    """4.1.2: alternate or content; a summary for content that is elsewhere; dates in their order."""
    content = entry.find(f"{ATOM}content")
    if content is None and "alternate" not in _relations(entry):
        yield "it has neither content nor a link to a page"
    if content is not None and content.get("src") and entry.find(f"{ATOM}summary") is None:
        yield "its content is elsewhere, and it has no summary"
    if not _text(entry, "title").strip():
        yield "its title is empty"
    if _text(entry, "published") > _text(entry, "updated"):
        yield "it was updated before it was published"
    yield from _alternates(entry)
    for link in entry.iter(f"{ATOM}link"):
        if not urlsplit(link.get("href", "")).scheme and not _base(link):
            yield f"a link is relative to nothing: {link.get('href')}"


def _of_text(entry: etree._Element) -> Iterator[str]:
    """What a feed reader makes of HTML: nothing that is executed, nothing that is relative to nothing."""
    for name in ("content", "summary"):
        found = entry.find(f"{ATOM}{name}")
        if found is None or found.get("type") not in ("html", "xhtml"):
            continue
        inside = (
            html.fragment_fromstring(found.text or "", create_parent="div") if found.get("type") == "html" else found
        )
        for element in inside.iter(etree.Element):
            tag = etree.QName(element).localname
            if tag in ACTIVE or any(attribute.startswith("on") for attribute in element.attrib):
                yield f"<{tag}> has no place in a feed"
            for attribute in ("href", "src"):
                address = element.get(attribute, "https:")
                if not urlsplit(address).scheme and not address.startswith("#") and not _base(found):
                    yield f"an address in its {name} is relative to nothing: {address}"


def _alternates(parent: etree._Element) -> Iterator[str]:
    """At most one alternate of each type and language."""
    links = [link for link in parent.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in links)
    yield from (f"{times} alternate links of one kind" for times in kinds.values() if times > 1)


def _relations(parent: etree._Element) -> set[str]:
    return {link.get("rel", "alternate") for link in parent.findall(f"{ATOM}link")}


def _text(parent: etree._Element, name: str) -> str:
    return parent.findtext(f"{ATOM}{name}") or ""


def _base(element: etree._Element) -> bool:
    return any(one.get(f"{XML}base") for one in (element, *element.iterancestors()))
