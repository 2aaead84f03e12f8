"""A chapter's pictures for its preview: taken from the file or from beside it, as they would be in the bucket."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.contained import contained
from cliffhanger.manuscripts.model import Chapter, Image
from cliffhanger.manuscripts.picturing import pictures, with_pictures
from cliffhanger.pictures import Shown
from cliffhanger.publishing import darkroom
from cliffhanger.publishing.album import names_of


def with_local_pictures(chapter: Chapter, data: bytes, manuscript: Path, *, slug: str, out: Path) -> Chapter:
    """The pictures lie in `out` under `<slug>/pictures/`, and the preview shows them from there."""
    if not any(pictures(chapter)):
        return chapter
    inside = contained(data)
    warnings: list[str] = []

    def show(image: Image) -> Image:
        found = inside(image.source)
        found = _beside(manuscript, image.source) if found is None else found
        if found is None:
            warnings.append(f"The picture “{image.source}” is not there: put it beside the chapter.")
            return image
        try:
            (made,) = darkroom.develop(found, darkroom.COLUMN)
        except Refusal as refusal:
            warnings.append(f"The picture “{image.source}” {refusal.message}.")
            return image
        path = f"{slug}/pictures/{made.file}"
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(made.data)
        return replace(image, shown=Shown(path, made.width, made.height))

    shown = with_pictures(chapter, show)
    return replace(shown, warnings=(*chapter.warnings, *dict.fromkeys(warnings)))


def _beside(manuscript: Path, source: str) -> bytes | None:
    files = (manuscript.parent / name for name in names_of(source))
    return next((file.read_bytes() for file in files if file.is_file()), None)
