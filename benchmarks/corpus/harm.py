"""What must never leave the reader, whatever came in: active HTML, header breaks, marks that turn the text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from benchmarks.corpus.cases import Json

_ACTIVE = frozenset({
    "script", "iframe", "frame", "object", "embed", "applet", "form", "input", "button", "textarea",
    "select", "svg", "math", "base", "audio", "video", "source", "noscript", "template", "link",
    "portal", "dialog", "marquee",
})  # fmt: skip
_SCHEME = re.compile(r"\s*(?:https?://|mailto:|#)", re.I)
_STYLE = re.compile(r"url\s*\(|expression|position\s*:|behavior|@import|javascript", re.I)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ALLOWED_PICTURES = ("cid:", "https://stories.test/")


def harm_in(told: Json) -> Iterator[str]:
    """Sentences about what is harmful in the result of `benchmarks.corpus.child`; none for a refusal."""
    if "error" in told:
        message = told["error"]
        if "failed" not in told and ("\n" in message or len(message) > 400 or not message.endswith(".")):
            yield f"a refusal is one sentence: {message[:100]!r}"
        return
    if "\n" in told.get("subject", "") or "\r" in told.get("subject", ""):
        yield "the subject breaks its header"
    for key in ("subject", "html", "text"):
        if found := _CONTROL.search(told.get(key, "")):
            yield f"the {key} holds {found[0]!r}"
    if found := _CONTROL.search(_texts(told.get("document", {}))):
        yield f"the document holds {found[0]!r}"
    scan = _Scan()
    scan.feed(told.get("html", ""))
    scan.close()
    yield from scan.harms


def _texts(value: object) -> str:
    """All strings of a document as they are, not as JSON writes them."""
    if isinstance(value, dict):
        return "\n".join(_texts(one) for one in value.values())
    if isinstance(value, list):
        return "\n".join(_texts(one) for one in value)
    return value if isinstance(value, str) else json.dumps(value)


class _Scan(HTMLParser):
    """Reads the mail's HTML as a browser would, and notes what could act or load."""

    def __init__(self) -> None:
        super().__init__()
        self.harms: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.harms.append(f"<{tag}> in the HTML")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        acts = name.startswith("on") or name in {"srcdoc", "formaction", "action", "srcset", "background"}
        leads = name == "href" and not _SCHEME.match(value)
        loads = name == "src" and not value.startswith(_ALLOWED_PICTURES)
        if acts or leads or loads or (name == "style" and _STYLE.search(value)):
            self.harms.append(f"<{tag} {name}={value[:60]!r}> in the HTML")
        if name == "http-equiv" and value.lower() == "refresh":
            self.harms.append("a refresh in the HTML")
