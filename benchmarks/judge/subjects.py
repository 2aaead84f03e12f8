"""What is judged: mails as readers get them and as the post office keeps them, and the site; laid as files."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from tests.support.kinds import Telling, tell

from cliffhanger.adapters.ses import SesMailer
from cliffhanger.ports import Mail
from local.post_office.letter import Letter, eml
from local.post_office.office import PostOffice

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "pages"
FOLDER = ROOT / ".bench" / "judge"
HTML, INDEX = "text/html", "index.html"
QUOTA = 10_000
NOON = datetime(2027, 1, 15, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Files by what they are called: `mails` (HTML) and `letters` (.eml) by kind, `pages` and their `styles` by path.
    `site` is the folder of the archive: what `told.world.settings.site_url` serves.
    """

    told: Telling
    mails: dict[str, Path]
    letters: dict[str, Path]
    pages: dict[str, Path]
    styles: dict[str, Path]
    site: Path

    @property
    def site_url(self) -> str:
        return self.told.world.settings.site_url

    def archived(self, ending: str) -> dict[str, bytes]:
        """What lies in the archive under paths that end so."""
        return {path: data for path, data in self.told.world.archive.objects.items() if path.endswith(ending)}

    def html(self) -> dict[str, str]:
        return {kind: path.read_text(encoding="utf-8") for kind, path in self.mails.items()}


def lay(folder: Path = FOLDER) -> Subjects:
    """Tell the stories, and lay what came of them into `folder`, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    told = tell()
    site = folder / "site"
    archive = told.world.archive
    files = {path: _write(site / _file(path, archive.kept[path]), data) for path, data in archive.objects.items()}
    pages = {path: file for path, file in files.items() if archive.kept[path].startswith(HTML)}
    return Subjects(
        told=told,
        mails={kind: _write(folder / "mails" / f"{kind}.html", mail.html) for kind, mail in told.mails.items()},
        letters={kind: _write(folder / "letters" / f"{kind}.eml", _kept(mail)) for kind, mail in told.mails.items()},
        pages=pages | {f"golden {path.name}": path for path in sorted(GOLDEN.glob("*.html"))},
        styles={path: file for path, file in files.items() if path.endswith(".css")},
        site=site,
    )


def _file(path: str, media_type: str) -> str:
    """A page has no ending in its address; where others lie below it, it can be no file of that name."""
    return f"{path}/{INDEX}" if media_type.startswith(HTML) and not path.endswith(".html") else path


def _write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def _kept(mail: Mail) -> bytes:
    """By our own adapter to the post office, and as that keeps it."""
    kept: list[Letter] = []
    office = PostOffice(clock=lambda: NOON, keep=kept.append, quota=QUOTA)
    SesMailer(cast(Any, _Client(office)), "set").send(mail)
    return eml(kept[0])


@dataclass(frozen=True, slots=True)
class _Client:
    office: PostOffice

    def send_email(self, **request: Any) -> None:
        answer = self.office.accept(request)
        assert answer.status == 200, answer
