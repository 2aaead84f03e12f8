#!/usr/bin/env python3
"""Make the environment of one tool: `infra/tools/ensure.py sam` → `.tools/sam`; prints its path.

ministack, sam, cfn-lint and checkov each pin their own boto3, so each has an environment of its own.
`<tool>.in` says what we ask for, `<tool>.txt` what that came to (`infra/lock`). The environment is made
again when its list or the interpreter changed. The stamp is written last, so a run that was cut off
starts afresh.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

LISTS = Path(__file__).parent
TOOLS = LISTS.parents[1] / ".tools"


def ensure(tool: str) -> Path:
    """Make the tool's environment if it is not there yet, and give its folder."""
    wanted = LISTS / f"{tool}.txt"
    home = TOOLS / tool
    stamp = home / "made-from"
    recipe = hashlib.sha256(wanted.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text() != recipe:
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", str(wanted)], check=True, stdout=sys.stderr)  # noqa: S603 (our own list)
        stamp.write_text(recipe)
    return home


def main() -> None:
    """Print the folder of each tool that is named on the command line."""
    known = sorted(path.stem for path in LISTS.glob("*.txt"))
    unknown = sorted(set(sys.argv[1:]) - set(known))
    if unknown or not sys.argv[1:]:
        sys.exit(f"usage: ensure.py TOOL…, where TOOL is one of {', '.join(known)}")
    for tool in sys.argv[1:]:
        sys.stdout.write(f"{ensure(tool)}\n")


if __name__ == "__main__":
    main()
