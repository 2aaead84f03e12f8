"""What becomes of an author's picture before a reader sees it."""

from __future__ import annotations

import struct
import zlib

import pytest
from PIL import Image
from tests.support import drawn

from cliffhanger.errors import Refusal
from cliffhanger.publishing.darkroom import COLUMN, FULL_COVER, MAX_BYTES, SMALL_COVER, Print, develop, kind_of, pixels

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def developed(data: bytes) -> Print:
    (made,) = develop(data, COLUMN)
    return made


def refused(data: bytes) -> str:
    with pytest.raises(Refusal) as refusal:
        develop(data, COLUMN)
    return refusal.value.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_four_kinds_are_taken_and_leave_as_png_or_jpeg(kind: str) -> None:
    made = developed(drawn.saved(drawn.lamp(), kind))
    assert (made.width, made.height) == (64, 48)
    assert kind_of(made.data) == ("PNG" if made.media_type == "image/png" else "JPEG")
    assert made.file.endswith(".png" if made.media_type == "image/png" else ".jpg")


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_store_colours_is_taken(mode: str) -> None:
    picture = Image.new("I;16", (64, 48)) if mode == "I;16" else drawn.lamp(mode="RGBA").convert(mode)
    assert drawn.opened(developed(drawn.saved(picture)).data).mode in ("L", "RGB")


def test_what_prints_use_is_taken() -> None:
    assert drawn.opened(developed(drawn.saved(drawn.lamp(mode="CMYK"), "JPEG")).data).mode == "RGB"


def test_nothing_of_a_photograph_but_its_pixels_reaches_a_reader() -> None:
    source = drawn.photograph()
    assert b"Exif" in source
    assert b"Ada at the window" in source
    made = developed(source)
    for hidden in (b"Exif", b"Ada at the window", b"for Ben only", b"a profile of a device"):
        assert hidden not in made.data
    assert not drawn.opened(made.data).getexif()


def test_what_is_hidden_in_a_png_is_gone_too() -> None:
    exif = Image.Exif()
    exif[drawn.GPS] = drawn.BUSHEY
    source = drawn.saved(drawn.lamp(), exif=exif.tobytes(), dpi=(300, 300))
    made = developed(source)
    assert b"eXIf" in source
    assert b"eXIf" not in made.data
    assert not drawn.opened(made.data).info


def test_a_photograph_taken_on_its_side_is_turned() -> None:
    made = developed(drawn.photograph(orientation=6))
    assert (made.width, made.height) == (48, 64)
    red, _, blue = drawn.opened(made.data).convert("RGB").getpixel((40, 8))  # the lamp is at the top right now
    assert red > blue


def test_a_wide_picture_is_scaled_to_twice_the_column() -> None:
    made = developed(drawn.png(3000, 1000))
    assert (made.width, made.height) == (1200, 400)


def test_a_picture_on_its_side_is_as_wide_as_the_column_once_it_is_turned() -> None:
    exif = Image.Exif()
    exif[drawn.ORIENTATION] = 8
    made = developed(drawn.saved(drawn.lamp(2000, 3000), "JPEG", exif=exif.tobytes()))
    assert (made.width, made.height) == (1200, 800)


def test_a_drawing_in_ink_on_nothing_can_be_seen_in_the_dark() -> None:
    made = developed(drawn.saved(Image.new("RGBA", (8, 8), (0, 0, 0, 0))))
    assert drawn.opened(made.data).convert("RGB").getpixel((4, 4)) == (255, 255, 255)


def test_a_drawing_stays_sharp_and_a_photograph_small() -> None:
    assert developed(drawn.png()).media_type == "image/png"
    noise = Image.effect_noise((400, 400), 90).convert("RGB")
    assert developed(drawn.saved(noise)).media_type == "image/jpeg"


def test_a_moving_picture_shows_its_first_frame() -> None:
    assert drawn.opened(developed(drawn.moving()).data).convert("RGB").getpixel((60, 40)) != (255, 0, 0)


def test_a_cover_comes_in_two_sizes() -> None:
    full, small = develop(drawn.png(2000, 3000), FULL_COVER, SMALL_COVER)
    assert (full.width, full.height) == (1600, 2400)
    assert (small.width, small.height) == (400, 600)


def test_the_same_picture_has_the_same_name() -> None:
    assert developed(drawn.png()).file == developed(drawn.png()).file


@pytest.mark.parametrize("data", [b"", b"GIF", SVG, b"%PDF-1.7", b"BM" + bytes(60), b"II*\0" + bytes(60)])
def test_other_kinds_are_refused_whatever_they_are_called(data: bytes) -> None:
    assert "no picture that mails can show" in refused(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_cut_off_anywhere_is_refused_or_whole(kind: str) -> None:
    whole = drawn.saved(drawn.lamp(), kind)
    for end in range(16, len(whole) - 4, max(1, len(whole) // 40)):
        try:
            made = developed(whole[:end])
        except Refusal:
            continue
        assert (made.width, made.height) == (64, 48)
    assert "damaged or cut off" in refused(whole[: len(whole) // 3])


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def test_a_picture_that_claims_a_huge_size_is_never_unpacked() -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    assert "more than 50,000,000 pixels" in refused(bomb)
    assert pixels(bomb) == 0
    assert "pixels" in refused(b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + drawn.moving()[13:])


def test_a_text_in_a_png_that_unpacks_to_very_much_is_left_alone() -> None:
    whole = drawn.png()
    bomb = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))
    assert "damaged" in refused(whole[:33] + bomb + whole[33:])


def test_a_jpeg_of_endless_scans_is_refused() -> None:
    whole = drawn.saved(drawn.lamp(), "JPEG", progressive=True)
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x01\x05\x10"
    assert "no camera" in refused(whole[:-2] + scan * 5_000 + b"\xff\xd9")


def test_a_file_that_is_too_large_is_not_opened() -> None:
    assert "15,000,000" in refused(b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES))


def test_a_page_hidden_behind_a_picture_stays_behind() -> None:
    page = b"<script>alert(document.domain)</script>"
    made = developed(drawn.saved(drawn.lamp(), "GIF") + page)
    assert b"script" not in made.data


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_no_damage_gives_anything_but_a_picture_or_a_refusal(kind: str) -> None:
    whole = drawn.saved(drawn.lamp(), kind)
    for at in range(8, len(whole), max(1, len(whole) // 120)):
        damaged = whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :]
        try:
            made = developed(damaged)
        except Refusal as refusal:
            assert refusal.message  # noqa: PT017  both ways are right
        else:
            assert kind_of(made.data)
