"""The pictures that a manuscript brings along in its own file."""

from __future__ import annotations

from collections.abc import Callable

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.formats import ZIP
from cliffhanger.manuscripts.html_embedded import embedded_in
from cliffhanger.manuscripts.office_reader import is_rtf
from cliffhanger.manuscripts.office_zip import Package
from cliffhanger.manuscripts.rtf_reader import pictures_in_rtf

Find = Callable[[str], bytes | None]
"""The bytes of the picture with this `Image.source`; None where the file has none such."""


def contained(data: bytes) -> Find:
    """Of a file that `read` has understood. A zip gives no more than Package lets out of it."""
    if data.startswith(ZIP):
        return _in_zip(Package(data))
    return (pictures_in_rtf(data) if is_rtf(data) else embedded_in(data)).get


def _in_zip(package: Package) -> Find:
    def find(source: str) -> bytes | None:
        try:
            return package.read(source)
        except Refusal:  # the text came through; a damaged or huge picture is only left out
            return None

    return find
