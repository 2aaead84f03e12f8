"""The quick judges over one chapter of each kind. CI installs what they need; at home they are skipped without."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest
from benchmarks.judge.subjects import Subjects, lay

from tools.judges import STAMP


@pytest.fixture(scope="session")
def subjects(tmp_path_factory: pytest.TempPathFactory) -> Subjects:
    return lay(tmp_path_factory.mktemp("judge"))


@pytest.fixture(scope="session")
def needs() -> Callable[..., None]:
    """Skip where a judge is not installed: "npm" for what is in .tools/judge, else a command."""

    def check(*judges: str) -> None:
        for judge in judges:
            if not (STAMP.exists() if judge == "npm" else shutil.which(judge)):
                pytest.skip(f"{judge} is missing: `python3 infra/tools/judges.py` installs the judges")

    return check
