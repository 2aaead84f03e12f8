"""`make pictures`: the README's pictures: of what the demo left under `.demo/`, of a terminal, of the pages."""

from __future__ import annotations

import email
import sys
import tempfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.leaves import assets
from local.artefacts import ROOT
from local.pictures import NoPicture, picture
from local.status_picture import status_page

DEMO = ROOT / ".demo"
PICTURES = ROOT / "docs" / "pictures"
MAIL = "*-ada@*what-the-ledger-said*.eml"
"""The chapter with verse, a letter and footnotes."""

GOLDEN = ROOT / "tests" / "golden"
"""A reader's page and a series' page in the archive, as the tests hold them."""


def main() -> int:
    try:
        mail = next(DEMO.glob(f"letters/{MAIL}"))
    except StopIteration:
        print("There are no letters yet: run `make demo` first.", file=sys.stderr)
        return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            html = Path(folder) / "mail.html"
            html.write_text(_html_part(mail))
            picture(html, PICTURES / "mail.png", width=700, height=1000)
            picture(html, PICTURES / "mail-phone-dark.png", width=380, height=800, dark=True)
            terminal = Path(folder) / "status.html"
            terminal.write_text(status_page(width=80))
            picture(terminal, PICTURES / "status.png", width=800, height=340)
            picture(_archived("series", Path(folder)), PICTURES / "series-dark.png", width=700, height=1100, dark=True)
        picture(DEMO / "inbox" / "index.html", PICTURES / "inbox.png", width=760, height=800)
        picture(GOLDEN / "pages" / "me.html", PICTURES / "reader-phone.png", width=380, height=1100)
    except NoPicture as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _archived(name: str, folder: Path) -> Path:
    """A page of the archive, with its style and script beside it."""
    for leaf in assets(environment(ROOT / "templates")).leaves:
        (folder / leaf.path).parent.mkdir(exist_ok=True)
        (folder / leaf.path).write_bytes(leaf.data)
    page = folder / f"{name}.html"
    page.write_text((GOLDEN / "site" / page.name).read_text().replace('"/assets/', '"assets/'))
    return page


def _html_part(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


if __name__ == "__main__":
    sys.exit(main())
