"""A scene: series, chapters and readers laid into the store as ingest and a click would leave them."""

from __future__ import annotations

from benchmarks.stage.platform import KEYS

from cliffhanger import catalogue, keys, links
from cliffhanger.mailbody import MailBody, Place
from cliffhanger.ports import Content, Item, Table
from cliffhanger.publishing.chapters import Stage
from cliffhanger.readers import joining
from cliffhanger.readers.joining import SignUp, Start
from cliffhanger.series import Series


def series(table: Table, value: Series) -> None:
    catalogue.save(table, value, from_file=True)


def chapter(table: Table, content: Content, slug: str, number: int, *, ready_at: int) -> None:
    """A dropped and rendered chapter whose grace ends at `ready_at` (ms); the next tick after that releases it."""
    name = f"chapter-{number}"
    issue = f"issues/{slug}/{name}"
    content.put(issue, body(f"Chapter {number}", "It was night.").to_json())
    item: Item = {
        "file": f"{number:02}.md",
        "stage": Stage.PLANNED.value,
        "kind": "chapter",
        "label": f"Chapter {number}",
        "title": f"Night {number}",
        "issue": issue,
        "page": f"pages/{slug}/{name}",
        "sheet": f"sheets/{slug}/{name}",
        "dropped_at": ready_at,
        "ready_at": ready_at,
        "number": number * 1000,
        "let_go": True,
    }
    table.put(keys.chapter(slug, name), item)


def body(subject: str, text: str) -> MailBody:
    html = (f"<p>{text}</p><a href='", Place.UNSUBSCRIBE, "'>leave</a>")
    return MailBody(subject, html, (f"{text}\n", Place.UNSUBSCRIBE, "\n"))


def sign_up(table: Table, slug: str, address: str, token: str, *, start: Start, now: int) -> None:
    """A confirmation that waits for its click: the token is the one in the mail."""
    asked = joining.promise(slug, SignUp(address, start, "network", "stage"), now)
    table.put(keys.confirmation(links.digest(token)), {**asked, "until": now + 1_000_000_000})


def click(table: Table, slug: str, token: str, now: int) -> str:
    """The click on a confirmation's button. Returns the reader's id."""
    shelf = catalogue.find(table, slug)
    assert shelf
    return joining.confirm(table, token, shelf, KEYS, now)[1]
