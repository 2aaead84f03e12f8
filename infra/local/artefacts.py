"""What the local cloud runs: the functions built for this host, the templates' layer, the template's text."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUCKET = "artefacts"
CODE, LAYER = "CodeUri: ../functions/", "ContentUri: ../templates/"


def prepare_tool(name: str) -> Path:
    """The Python of a tool's own environment, made if it isn't there."""
    _run(sys.executable, ROOT / "infra/tools/ensure.py", name)
    return ROOT / ".tools" / name / "bin" / "python"


def stage(s3: Any) -> str:
    """Build, upload, and give the template's text with the uploads in the place of its two folders."""
    _run(ROOT / "infra/build", "--host")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key="functions.zip", Body=_zipped(ROOT / ".aws-sam/host"))
    s3.put_object(Bucket=BUCKET, Key="templates.zip", Body=_zipped(ROOT / "templates"))
    text = (ROOT / "infra/template.yaml").read_text(encoding="utf-8")
    for folder, key in ((CODE, "functions.zip"), (LAYER, "templates.zip")):
        if text.count(folder) != 1:
            raise ValueError(f"infra/template.yaml must hold {folder!r} once")
        text = text.replace(folder, f"{folder.partition(' ')[0]} s3://{BUCKET}/{key}")
    return text


def _zipped(folder: Path) -> bytes:
    """Stored, not deflated: it travels over loopback and is unpacked by every worker."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                out.write(path, path.relative_to(folder))
    return archive.getvalue()


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
