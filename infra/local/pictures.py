"""Pictures of pages and mails, taken by a headless Chromium: `python infra/local/pictures.py mail.html mail.png`."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
INSTALL = "no Chromium was found; install it (Debian and Ubuntu: apt-get update && apt-get install -y chromium)"
SECONDS = 60


class NoPicture(Exception):
    """There is no browser, or it took no picture; the message says what to do."""


def picture(html: Path, png: Path, *, width: int, height: int, dark: bool = False) -> None:
    """What `html` looks like in a window of `width` x `height` CSS pixels. NoPicture if that can't be seen.

    The browser may touch nothing outside and speaks to no network service of its maker's.
    """
    with tempfile.TemporaryDirectory() as profile:
        command = [
            browser(),
            "--headless",
            "--no-sandbox",  # containers run as root, and the pages are ours
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-features=IsolateSandboxedIframes",  # in a process of its own a letter may come after the picture
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            f"--blink-settings=preferredColorScheme={0 if dark else 1}",
            f"--window-size={width},{height}",
            f"--screenshot={png.resolve()}",
            html.resolve().as_uri(),
        ]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if not png.exists():
        raise NoPicture(f"Chromium took no picture of {html.name}: {ended.stderr.strip()[-500:]}")


def browser() -> str:
    """The path of a Chromium. NoPicture, with how to install one, if there is none."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    raise NoPicture(INSTALL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("html", type=Path)
    parser.add_argument("png", type=Path)
    parser.add_argument("--width", type=int, default=700)
    parser.add_argument("--height", type=int, default=1200)
    parser.add_argument("--dark", action="store_true")
    chosen = parser.parse_args()
    picture(chosen.html, chosen.png, width=chosen.width, height=chosen.height, dark=chosen.dark)


if __name__ == "__main__":
    main()
