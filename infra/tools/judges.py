#!/usr/bin/env python3
"""Install the judges of mails, pages and books: `infra/tools/judges.py [--quick]`; prints what is missing after that.

Debian's packages are asked of apt-get, where one is missing and we are root; npm's go to `.tools/judge`, pinned by
`infra/tools/judge/package-lock.json`. `--quick`: only what the tests of CI need.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

RECIPE = Path(__file__).parent / "judge"
HOME = Path(__file__).parents[2] / ".tools" / "judge"
STAMP = HOME / "made-from"
QUICK = {"chromium": "chromium", "java": "default-jre-headless", "epubcheck": "epubcheck"}
SLOW = {"spamassassin": "spamassassin"}
"""Command to Debian package."""

NODE = ("node", "npm")


def install(*, quick: bool = False) -> list[str]:
    """Install what is missing and may be installed; returns the commands that are missing still, and "npm"."""
    wanted = QUICK if quick else QUICK | SLOW
    packages = {package for command, package in wanted.items() if not shutil.which(command)}
    packages |= {"nodejs", "npm"} if not all(map(shutil.which, NODE)) else set()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt(sorted(packages))
    if all(map(shutil.which, NODE)):
        _npm()
    found = HOME.exists() and STAMP.exists()
    return [command for command in wanted if not shutil.which(command)] + ([] if found else ["npm"])


def _apt(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} …", file=sys.stderr)  # noqa: T201
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        command = ["apt-get", "-qq", *arguments]
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603


def _npm() -> None:
    recipe = hashlib.sha256((RECIPE / "package-lock.json").read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text() == recipe:
        return
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(RECIPE / name, HOME / name)
    # No script of a package is run: that of vnu-jar would download a Java of its own.
    ended = subprocess.run(["npm", "ci", "--silent"], cwd=HOME, check=False)  # noqa: S607
    if ended.returncode == 0:
        STAMP.write_text(recipe)


def main() -> None:
    """Exit with 1 if something is missing still."""
    missing = install(quick="--quick" in sys.argv[1:])
    if missing:
        sys.exit(f"These judges could not be installed: {', '.join(missing)}.")


if __name__ == "__main__":
    main()
