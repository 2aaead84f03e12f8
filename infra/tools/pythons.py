#!/usr/bin/env python3
"""The Pythons of this machine. As a command: print the newest that is newer than the one that runs this, or nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NEWEST_FIRST = ("3.13", "3.12")


def find(version: str) -> str | None:
    """A `pythonX.Y` that runs: on the path, or one of pyenv's, whose shims stand there for versions that don't run."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [shutil.which(f"python{version}"), *map(str, sorted(pyenv.glob(f"versions/{version}*/bin/python")))]
    return next((python for python in candidates if python and _runs(python)), None)


def _runs(python: str) -> bool:
    return subprocess.run([python, "-V"], capture_output=True, check=False).returncode == 0  # noqa: S603


def main() -> None:
    newer = [version for version in NEWEST_FIRST if tuple(map(int, version.split("."))) > sys.version_info[:2]]
    sys.stdout.write(next(filter(None, map(find, newer)), ""))


if __name__ == "__main__":
    main()
