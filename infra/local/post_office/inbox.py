"""The inbox: what lies in the post office, as pages. The same pages are served and written as files."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from local.post_office.letter import Letter, file_name, headers

PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


def index(letters: list[Letter]) -> str:
    """All mailboxes, the one written to last on top, each with its newest letter first."""
    mailboxes: dict[str, list[Letter]] = {}
    for letter in reversed(letters):
        mailboxes.setdefault(letter.reader, []).append(letter)
    return PAGES.get_template("index.html").render(mailboxes=mailboxes, total=len(letters))


def page(letter: Letter) -> str:
    """One letter: its HTML part in a sandboxed frame, its text part, and all its headers."""
    shown = [*headers(letter), ("Subject", letter.subject)]
    return PAGES.get_template("letter.html").render(letter=letter, headers=shown, file_name=file_name(letter))


def write(letters: list[Letter], folder: Path) -> Path:
    """The inbox as files that open without a server. Return its first page."""
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    for letter in letters:
        (folder / "letters" / f"{letter.number}.html").write_text(page(letter), encoding="utf-8")
    start = folder / "index.html"
    start.write_text(index(letters), encoding="utf-8")
    return start
