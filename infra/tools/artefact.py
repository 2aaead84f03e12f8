"""Look at what was built: does every handler import, is every wheel the right one?

Wheels for arm64 don't load on another processor. So for the artefact of the cloud two things are shown
apart: that each native library in it is for aarch64 and for this Python (its file says so), and that each
handler imports from the artefact by a python3.13 of this machine, with only the native packages taken, in
the same versions, from wheels for this machine. Not shown: that the arm64 machine code itself runs.
boto3 comes from beside the artefact too, as in Lambda.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

AARCH64 = 0xB7
"""e_machine of an ELF file for 64-bit ARM, two bytes at offset 18."""

IMPORT = """
import importlib, sys
sys.path[:0] = sys.argv[1].split(":")
for name in sys.argv[2:]:
    handler = getattr(importlib.import_module(name), "handler", None)
    callable(handler) or sys.exit(f"{name} has no function `handler`")
print(*sys.argv[2:])
"""


def handler_modules(template: Path) -> list[str]:
    """The modules that the template's functions begin in, such as `handlers.ingest`."""
    return re.findall(r"^ +Handler: (handlers\.\w+)\.handler$", template.read_text(), re.MULTILINE)


def import_handlers(python: str, folders: Iterable[Path], modules: Iterable[str]) -> str:
    """Import them in a fresh interpreter that sees these folders first, and none of our own; gives their names."""
    path = ":".join(map(str, folders))
    command = [python, "-I", "-c", IMPORT, path, *modules]
    done = subprocess.run(command, env={"AWS_REGION": "eu-central-1"}, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        sys.exit(f"A handler does not import from what was built:\n{done.stderr}")
    return done.stdout.strip()


def native_packages(folder: Path) -> list[str]:
    """The packages that hold a native library, as `name==version`."""
    records = (info / "RECORD" for info in folder.glob("*.dist-info"))
    return sorted("==".join(r.parent.stem.rsplit("-", 1)) for r in records if ".so," in r.read_text())


def check_machine(folder: Path, tag: str) -> None:
    """End the run if a native library is not for aarch64, or neither for this Python (`cp313`) nor abi3."""
    libraries = list(folder.rglob("*.so"))
    if not libraries:
        sys.exit(f"{folder.name} holds no native library: the wrong wheels were taken")
    for library in libraries:
        machine = int.from_bytes(library.read_bytes()[18:20], "little")
        if machine != AARCH64 or not re.search(rf"\.(abi3|cpython-{tag}-aarch64-linux-gnu)\.so$", library.name):
            sys.exit(f"{library.relative_to(folder)} is not for {tag} on aarch64")


def natives_for(python: str, packages: Iterable[str], target: Path, environment: dict[str, str]) -> Path:
    """The same packages, and boto3, as wheels for an interpreter of this machine."""
    shutil.rmtree(target, ignore_errors=True)
    install = ["uv", "pip", "install", "--quiet", "--python", python, "--target", str(target), "boto3", *packages]
    subprocess.run(install, env=environment, check=True)  # noqa: S603
    return target
