"""`python -m local.demo`: the main job on the local cloud, told step by step.

The last line is `RESULT {…}`, counted from the letters that arrived; the exit code is 1 if one is doubled,
missing or unasked. `--keep` leaves everything running until Ctrl-C.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from local.artefacts import ROOT
from local.cloud import start
from local.ministack import CREDENTIALS, REGION, CloudError
from local.post_office import inbox
from local.tally import Tally
from local.walkthrough import PARAMETERS, READERS, SERIES, TITLES, Reader, Walkthrough
from local.watch import WatchedFolder

HOME = ROOT / ".demo"
LETTERS, INBOX, DROP = HOME / "letters", HOME / "inbox", HOME / "drop"
LOG = HOME / "cloud" / "ministack.log"


def main() -> int:
    wishes = _wishes()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # an exit like any other: the cloud is ended
    try:
        with _only_one():
            return _run(wishes, Console(highlight=False))
    except CloudError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(wishes: argparse.Namespace, console: Console) -> int:
    began = time.monotonic()
    for folder in (LETTERS, INBOX):
        shutil.rmtree(folder, ignore_errors=True)
    console.print("Starting the local cloud: the real template on MiniStack, and a post office …")
    with start(
        HOME / "cloud",
        letters=LETTERS,
        parameters=PARAMETERS,
        port=wishes.port,
        post_office_port=wishes.inbox_port,
    ) as cloud:
        walk = Walkthrough(cloud, console)
        try:
            found = walk.run()
            report(console, found)
            print(f"RESULT {json.dumps(summary(found, time.monotonic() - began))}", flush=True)
            if wishes.keep:
                keep(walk)
        except CloudError as error:
            raise CloudError(f"{error}\nWhat the cloud said is in {_shown(LOG)}.") from error
        finally:
            inbox.write(cloud.post_office.letters, INBOX)
    return 0 if found.right else 1


def report(console: Console, found: Tally) -> None:
    table = Table("Who got what", *(reader.name for reader in READERS))
    for title in TITLES:
        table.add_row(title, *(_cell(found, reader, title) for reader in READERS))
    console.print()
    console.print(table)
    console.print(f"Letters: {_shown(LETTERS)}/*.eml\nInbox:   {_shown(INBOX / 'index.html')}\n", soft_wrap=True)


def _cell(found: Tally, reader: Reader, title: str) -> str:
    copies, due = found.arrived[reader.address, title], int(title in reader.chapters)
    if copies != due:
        return f"[red]{copies} instead of {due}[/]"
    return "✓" if due else "–"


def summary(found: Tally, seconds: float) -> dict[str, float]:
    return {
        "chapters": len(TITLES),
        "readers": len(READERS),
        "letters": found.letters,
        "expected": len(found.wanted),
        "doubled": found.doubled,
        "missing": found.missing,
        "seconds": round(seconds, 1),
    }


def keep(walk: Walkthrough) -> None:
    """Until Ctrl-C: copy what is dropped into the folder, and do the minute's work every second."""
    cloud, folder = walk.cloud, DROP / SERIES
    folder.mkdir(parents=True, exist_ok=True)
    watched = WatchedFolder(DROP, walk.s3, walk.bucket)
    keys = " ".join(f"{name}={value}" for name, value in CREDENTIALS.items())
    print(
        f"\nInbox   {cloud.post_office_url}\nArchive {walk.page}\nS3      {cloud.endpoint}\n\n"
        f"Put a chapter into {_shown(folder)}/, or send it:\n"
        f"  {keys} AWS_DEFAULT_REGION={REGION} \\\n"
        f"  aws --endpoint-url {cloud.endpoint} s3 cp chapter.md s3://{walk.bucket}/{SERIES}/\n\n"
        "Ctrl-C ends everything.",
        flush=True,
    )
    while True:
        for key in watched.copy_changes():
            walk.console.print(f"  ↓ {key}")
        cloud.invoke_tick()
        time.sleep(1)


@contextmanager
def _only_one() -> Iterator[None]:
    """A second demo in the same checkout would take the first one's letters away."""
    HOME.mkdir(exist_ok=True)
    with (HOME / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise CloudError(f"A demo is running already in {_shown(HOME)}. End it with Ctrl-C first.") from error
        yield


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m local.demo", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="leave it running until Ctrl-C")
    parser.add_argument("--port", type=int, help="the cloud's port (else any free one)")
    parser.add_argument("--inbox-port", type=int, help="the post office's port (else any free one)")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
