"""Pictures drawn by code, each a few hundred bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

BUSHEY = {1: "N", 2: (51.0, 38.0, 34.0), 3: "W", 4: (0.0, 21.0, 39.0)}
"""A place, as cameras write it into EXIF."""
ORIENTATION, DESCRIPTION, GPS = 0x0112, 0x010E, 0x8825


def lamp(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """A yellow lamp at the top left of a dark picture."""
    picture = Image.new("RGB", (width, height), (20, 24, 60))
    ImageDraw.Draw(picture).ellipse((2, 2, width // 3, height // 3), fill=(250, 210, 80))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str = "PNG", **more: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def png(width: int = 64, height: int = 48) -> bytes:
    return saved(lamp(width, height))


def photograph(orientation: int = 1) -> bytes:
    """A JPEG with a place, a comment and a profile in it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[DESCRIPTION] = "Ada at the window"
    exif[GPS] = BUSHEY
    return saved(lamp(), "JPEG", exif=exif.tobytes(), comment=b"for Ben only", icc_profile=b"a profile of a device")


def moving() -> bytes:
    """A GIF of two frames."""
    return saved(lamp(), "GIF", save_all=True, append_images=[Image.new("RGB", (64, 48), (255, 0, 0))], duration=200)


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture
