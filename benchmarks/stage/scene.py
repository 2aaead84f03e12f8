"""A scene: series, chapters and readers laid into the store as ingest and a click would leave them."""

from __future__ import annotations

from benchmarks.stage.platform import KEYS

from cliffhanger import catalogue, keys, links
from cliffhanger.mailbody import MailBody, Place
from cliffhanger.manuscripts.model import Chapter, Kind, Paragraph, Text
from cliffhanger.ports import Content, Item, Table
from cliffhanger.publishing.chapters import Stage
from cliffhanger.readers import joining
from cliffhanger.readers.joining import SignUp, Start
from cliffhanger.rendering.sheet import Sheet, render_sheet
from cliffhanger.series import Series


def series(table: Table, value: Series) -> None:
    catalogue.save(table, value, from_file=True)


def chapter(table: Table, content: Content, slug: str, number: int, *, ready_at: int) -> None:
    """A dropped and rendered chapter whose grace ends at `ready_at` (ms); the next tick after that releases it."""
    name = f"chapter-{number}"
    issue = f"issues/{slug}/{name}"
    sheet = f"sheets/{slug}/{name}"
    content.put(issue, body(f"Chapter {number}", "It was night.").to_json())
    content.put(sheet, _sheet(number).to_json())
    item: Item = {
        "file": f"{number:02}.md",
        "stage": Stage.PLANNED.value,
        "kind": "chapter",
        "label": f"Chapter {number}",
        "title": f"Night {number}",
        "issue": issue,
        "sheet": sheet,
        "dropped_at": ready_at,
        "ready_at": ready_at,
        "number": number * 1000,
        "let_go": True,
    }
    table.put(keys.chapter(slug, name), item)


def _sheet(number: int) -> Sheet:
    chapter = Chapter(Kind.CHAPTER, f"Night {number}", number, (Paragraph((Text("It was night."),)),))
    return render_sheet(chapter, series=Series("", "", ""))


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
