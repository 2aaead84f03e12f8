"""What the local cloud runs: the functions built for this host, the templates' layer, the template."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUCKET = "artefacts"
LOCAL = {
    r"CodeUri: \.\./functions/": f"CodeUri: s3://{BUCKET}/functions.zip",
    r"ContentUri: \.\./templates/": f"ContentUri: s3://{BUCKET}/templates.zip",
    # MiniStack hands a parameter on as text, and then can't compare it with a number.
    r"MaximumConcurrency: !Ref \w+": "MaximumConcurrency: 2",
    # AWS lets SendMessage send batches too; MiniStack asks for an action that AWS doesn't have.
    r"\[sqs:SendMessage\]": "[sqs:SendMessage, sqs:SendMessageBatch]",
}
"""What the template's text says, as patterns, and what MiniStack must read instead."""


def prepare_tool(name: str) -> Path:
    """The Python of a tool's own environment, made if it isn't there."""
    _run(sys.executable, ROOT / "infra/tools/ensure.py", name)
    return ROOT / ".tools" / name / "bin" / "python"


def stage(s3: Any) -> str:
    """Build and upload. The URL of the template as MiniStack can read it: as a call's argument it would be too long."""
    _run(sys.executable, ROOT / "infra/build", "--host")
    s3.create_bucket(Bucket=BUCKET)
    s3.put_object(Bucket=BUCKET, Key="functions.zip", Body=_zipped(ROOT / ".aws-sam/host"))
    s3.put_object(Bucket=BUCKET, Key="templates.zip", Body=_zipped(ROOT / "templates"))
    text = (ROOT / "infra/template.yaml").read_text(encoding="utf-8")
    for there, here in LOCAL.items():
        text, found = re.subn(there, here, text)
        if not found:
            raise ValueError(f"infra/template.yaml must hold {there!r}")
    s3.put_object(Bucket=BUCKET, Key="template.yaml", Body=text.encode())
    return f"{s3.meta.endpoint_url}/{BUCKET}/template.yaml"


def _zipped(folder: Path) -> bytes:
    """Stored, not deflated: it travels over loopback and is unpacked by every worker."""
    archive = io.BytesIO()
    out = zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            out.write(path, path.relative_to(folder))
    out.close()  # not by `with`: that would turn a Ctrl-C in the midst into another error
    return archive.getvalue()


def _run(*command: str | Path) -> None:
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)
