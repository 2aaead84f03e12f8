"""EPUBs under epubcheck (Debian): errors and warnings both count."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from benchmarks.judge.verdict import Verdict, table

SECONDS = 300
COUNTED = {"FATAL", "ERROR", "WARNING"}


def judge(books: Mapping[str, bytes]) -> Verdict:
    """Books by their paths. No book at all is an error too."""
    said = {path: complaints(data) for path, data in books.items()} or {"the archive": ["there is no book"]}
    rows = ((path, len(data), _members(data), len(said[path])) for path, data in books.items())
    sentences = tuple(f"{path}: {sentence}" for path, every in said.items() for sentence in every)
    report = table(("book", "bytes", "files in it", "errors and warnings"), rows)
    return Verdict("Books", report, {"epubcheck_errors": len(sentences)}, sentences)


def complaints(data: bytes) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        book, told = Path(folder) / "book.epub", Path(folder) / "told.json"
        book.write_bytes(data)
        # Debian's command is a jar, which only a kernel that was told of jars can run by itself.
        command = ["java", "-jar", str(shutil.which("epubcheck")), str(book), "--json", str(told)]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        if not told.exists():
            raise RuntimeError(f"epubcheck told nothing: {ended.stderr[-500:]}")
        messages = json.loads(told.read_text(encoding="utf-8"))["messages"]
    return [
        f"{message['severity']} {message['ID']}, {_place(message)}: {message['message']}"
        for message in messages
        if message["severity"] in COUNTED
    ]


def _place(message: Mapping[str, object]) -> str:
    locations = message.get("locations")
    first = locations[0] if isinstance(locations, list) and locations else {}
    return f"{first.get('path', '?')}:{first.get('line', '?')}"


def _members(data: bytes) -> int:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return len(archive.namelist())
