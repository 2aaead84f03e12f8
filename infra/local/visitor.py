"""A reader at a browser without JavaScript: opens a page, fills in its form, presses its button."""

from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser

TIMEOUT = 30  # seconds; the first request starts a worker


@dataclass(slots=True)
class Form:
    """`action` is as the page has it; `fields` are what a browser would send if nobody typed anything."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._current = Form("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._current = Form(given.get("action", ""))
            if given.get("method", "").lower() == "post":
                self.found.append(self._current)
        elif tag == "input" and "name" in given and _is_sent(given):
            self._current.fields[given["name"]] = given.get("value", "")


def _is_sent(given: dict[str, str]) -> bool:
    """Of radio buttons and checkboxes only the chosen ones."""
    return given.get("type") not in ("radio", "checkbox") or "checked" in given


def forms_of(page: str) -> list[Form]:
    """The forms that change something: those that POST."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


def look(url: str) -> str:
    """GET."""
    with urllib.request.urlopen(url, timeout=TIMEOUT) as answer:  # noqa: S310 (our own cloud, on loopback)
        return str(answer.read().decode())


def _origin(url: str) -> str:
    """Of the page that a form stands on, as a browser tells it."""
    parts = urllib.parse.urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def press(url: str, hesitate: Callable[[], None] | None = None, **typed: str) -> str:
    """GET the page, fill in its form, POST it, and give the page that comes back.

    `hesitate` passes the time that a person takes over a form, where somebody minds.
    """
    form = forms_of(look(url))[0]
    if hesitate:
        hesitate()
    target = urllib.parse.urljoin(url, form.action)
    data = urllib.parse.urlencode(form.fields | typed).encode()
    post = urllib.request.Request(target, data, headers={"Origin": _origin(url)})  # noqa: S310 (as above)
    with urllib.request.urlopen(post, timeout=TIMEOUT) as answer:  # noqa: S310
        return str(answer.read().decode())
