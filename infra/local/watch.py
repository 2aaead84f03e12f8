"""A folder whose files are copied to the manuscripts' bucket: `<folder>/<series>/<file>` becomes `<series>/<file>`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Look = dict[Path, tuple[int, int]]


class WatchedFolder:
    """Looks when asked. A file is copied when two looks found it the same, so that none is taken half-written."""

    def __init__(self, folder: Path, s3: Any, bucket: str) -> None:
        self._folder = folder
        self._s3 = s3
        self._bucket = bucket
        self._copied = self._seen = self._look()

    def copy_changes(self) -> list[str]:
        """Put what is new or changed, delete what has gone. Return the keys that were touched."""
        now, before = self._look(), self._seen
        self._seen = now
        settled = [path for path, state in now.items() if before.get(path) == state != self._copied.get(path)]
        gone = [path for path in self._copied if path not in now and path not in before]
        for path in settled:
            self._s3.put_object(Bucket=self._bucket, Key=self._key(path), Body=path.read_bytes())
        for path in gone:
            self._s3.delete_object(Bucket=self._bucket, Key=self._key(path))
        self._copied = {path: state for path, state in self._copied.items() if path not in gone}
        self._copied |= {path: now[path] for path in settled}
        return [self._key(path) for path in (*settled, *gone)]

    def _key(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()

    def _look(self) -> Look:
        found = (path for path in self._folder.glob("*/*") if path.is_file() and path.name[0] != ".")
        return {path: (stat.st_mtime_ns, stat.st_size) for path in found for stat in (path.stat(),)}
