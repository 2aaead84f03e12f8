"""An author's picture → one that readers get: decoded, turned upright, scaled, and written anew.

What goes out is made of pixels alone: no EXIF, so no place where it was taken, no comment, no profile, and nothing
that was hidden behind the picture or between its parts. Pillow is loaded only here, when a picture comes
(docs/decisions.md).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from warnings import catch_warnings, simplefilter

from cliffhanger.errors import Refusal

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 15_000_000
MAX_PIXELS = 50_000_000
"""More than a phone's camera makes; 200 MB unpacked."""
_MAX_SCANS = 100
"""A progressive JPEG has ten. Each costs a walk over all pixels, and only a few bytes."""
_KINDS = ((b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF87a", "GIF"), (b"GIF89a", "GIF"))
_SCAN = b"\xff\xda"
_ORIENTATION = 0x0112
_ON_ITS_SIDE = 5
_WHITE = (255, 255, 255)
_QUALITY = 82
_MODES = {
    "1": "L",
    "I;16": "L",
    "I": "L",
    "F": "L",
    "LA": "RGBA",
    "P": "RGBA",
    "PA": "RGBA",
    "CMYK": "RGB",
    "YCbCr": "RGB",
}
_SAVE_AS = "save it as JPEG or PNG and drop it again"


@dataclass(frozen=True, slots=True)
class Size:
    """The most pixels that a picture keeps."""

    width: int
    height: int


COLUMN = Size(1200, 3600)
"""Twice the mail's column, for fine screens."""
FULL_COVER = Size(1600, 2400)
SMALL_COVER = Size(400, 600)


@dataclass(frozen=True, slots=True)
class Print:
    """`file` is the hash of `data`, with an ending."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def file(self) -> str:
        ending = "png" if self.media_type == "image/png" else "jpg"
        return f"{hashlib.sha256(self.data).hexdigest()[:32]}.{ending}"


def kind_of(data: bytes) -> str | None:
    """PNG, JPEG, GIF or WEBP by its first bytes, whatever its name; None for all else, SVG among it."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    return next((kind for signature, kind in _KINDS if data.startswith(signature)), None)


def develop(data: bytes, *sizes: Size) -> tuple[Print, ...]:
    """The picture in each of the sizes, the largest first. A moving one shows its first frame. Refusal."""
    if not (kind := kind_of(data)):
        raise Refusal(f"is no picture that mails can show: {_SAVE_AS}")
    if len(data) > MAX_BYTES:
        raise Refusal(f"has {len(data):,} bytes, and a picture may have up to {MAX_BYTES:,}: make it smaller")
    if kind == "JPEG" and data.count(_SCAN) > _MAX_SCANS:
        raise Refusal(f"is a JPEG as no camera writes it: {_SAVE_AS}")
    try:
        flat = _flat(data, kind, sizes[0])
        return tuple(_written(_fitted(flat, size), lossless=kind in ("PNG", "GIF")) for size in sizes)
    except Refusal:
        raise
    except Exception:  # Pillow lets through whatever its many parsers meet
        raise Refusal(f"is damaged or cut off: {_SAVE_AS}") from None


def pixels(data: bytes) -> int:
    """How many there are to decode, by the picture's own word; 0 for what can't be decoded at all."""
    kind = kind_of(data)
    try:
        with _opened(data, kind or "") as found:
            return int(found.width * found.height)
    except Exception:  # as in `develop`, which says it
        return 0


def _opened(data: bytes, kind: str) -> Image.Image:
    """Its header is read, and nothing decoded."""
    from PIL import Image  # noqa: PLC0415  only who has a picture pays for Pillow

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(data), formats=(kind,))
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Refusal(f"has more than {MAX_PIXELS:,} pixels: make it smaller") from None


def _flat(data: bytes, kind: str, size: Size) -> Image.Image:
    """Upright, no larger than `size`, grey or in colour, on white: a drawing in ink would vanish in the dark."""
    from PIL import Image, ImageOps  # noqa: PLC0415  only who has a picture pays for Pillow

    with _opened(data, kind) as found:
        on_its_side = found.getexif().get(_ORIENTATION, 1) >= _ON_ITS_SIDE
        box = (size.height, size.width) if on_its_side else (size.width, size.height)
        found.draft("RGB" if found.mode == "YCbCr" else found.mode, box)
        upright = ImageOps.exif_transpose(_scaled(found, box))
    paper = Image.new("L" if upright.mode == "L" else "RGB", upright.size, _WHITE[0] if upright.mode == "L" else _WHITE)
    paper.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return paper


def _scaled(found: Image.Image, box: tuple[int, int]) -> Image.Image:
    """With its orientation still to be applied."""
    from PIL import Image  # noqa: PLC0415

    found.load()
    orientation = found.getexif().get(_ORIENTATION)
    plain = found.convert(_MODES.get(found.mode, found.mode))
    plain.thumbnail(box, Image.Resampling.LANCZOS, reducing_gap=2.0)
    plain.info.clear()
    if orientation:
        plain.getexif()[_ORIENTATION] = orientation
    return plain


def _fitted(flat: Image.Image, size: Size) -> Image.Image:
    fitted = flat.copy()
    fitted.thumbnail((size.width, size.height))
    return fitted


def _written(picture: Image.Image, *, lossless: bool) -> Print:
    """A drawing stays PNG, as its edges ask for, unless that is much the larger."""
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    if lossless:
        png = BytesIO()
        picture.save(png, "PNG")
        if png.tell() <= 2 * jpeg.tell():
            return Print(png.getvalue(), "image/png", picture.width, picture.height)
    return Print(jpeg.getvalue(), "image/jpeg", picture.width, picture.height)
