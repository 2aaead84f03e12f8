"""`make pictures`: the README's pictures: of what the demo left under `.demo/`, of a terminal, of the pages."""

from __future__ import annotations

import email
import sys
import tempfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

from local.artefacts import ROOT
from local.pictures import NoPicture, picture
from local.status_picture import status_page

DEMO = ROOT / ".demo"
PICTURES = ROOT / "docs" / "pictures"
MAIL = "*-ada@*what-the-ledger-said*.eml"
"""The chapter with verse, a letter and footnotes."""

PAGES = ROOT / "tests" / "golden" / "pages"
"""A reader's page and a series' page, as the tests hold them."""


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
        picture(DEMO / "inbox" / "index.html", PICTURES / "inbox.png", width=760, height=800)
        picture(PAGES / "me.html", PICTURES / "reader-phone.png", width=380, height=1100)
        picture(PAGES / "series.html", PICTURES / "series-dark.png", width=700, height=1100, dark=True)
    except NoPicture as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _html_part(path: Path) -> str:
    message = email.message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=policy.default)
    part = message.get_body(("html",))
    assert isinstance(part, EmailMessage)
    return str(part.get_content())


if __name__ == "__main__":
    sys.exit(main())
