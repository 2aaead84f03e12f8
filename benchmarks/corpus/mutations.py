"""Ways to break a manuscript: of its bytes, of its lines, and of what is inside a zip."""

from __future__ import annotations

import io
import zipfile
import zlib
from random import Random

_WORDS = (
    "A/N: ", "Chapter 3: ", "Summary:", "Disclaimer: ", "Notes:", "Prologue", "To be continued…", "The End", "***",
    "---\n", "+++\n", "title: ", "chapter = ", "# ", "> ", "- ", "1. ", "[^a]", "[^a]: ", "[1] ", "| ", "    ",
    "\n\n", "**", "_", "![a](b.png)", "[a](http://b.example)", "<b>", "</p>", "<p>", "<hr>", "<div>", "<!--", "-->",
    "&amp;", "&#8220;", "<style>", "<a href='", "{\\b ", "}", "\\par ", "\\u8220?", "\\'93", "\\bin9 ", "\\uc0 ",
    "\\*\\", "<w:p>", "</w:p>", "<w:t>", "<text:p>", 'w:val="', "\x00", "\u202e", "\ufeff", "\r", "\t", "9" * 30, "-1",
)  # fmt: skip
_TOKENS = (*(word.encode() for word in _WORDS), b"\xff\xfe", b"\x00\xd8", b"\xc0\xaf", b"\x93", b"\xd2", b"\x8e")
_MAX_MEMBER = 1_000_000


def mutated(data: bytes, other: bytes, random: Random) -> bytes:
    """A few changes to `data`; `other` is a seed to take pieces from. A zip is changed inside as often as outside."""
    if data.startswith(b"PK") and random.random() < 0.8 and (inside := _inside(data, other, random)):
        return inside
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        data = _changed(data, other, random)
    return data


def _inside(data: bytes, other: bytes, random: Random) -> bytes | None:
    """One member mutated and all packed again, so that sizes and checksums are right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
            members = {name: archive.read(name) for name, size in sizes.items() if size < _MAX_MEMBER}
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
        return None
    if not members:
        return None
    name = random.choice(sorted(members))
    members[name] = mutated(members[name], other, random)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return packed.getvalue()


def _changed(data: bytes, other: bytes, random: Random) -> bytes:
    start, stop = sorted((random.randint(0, len(data)), random.randint(0, len(data))))
    head, middle, tail = data[:start], data[start:stop][: random.choice((1, 4, 40, 400))], data[start:]
    rest = tail[len(middle) :]
    token = random.choice(_TOKENS)
    at = random.randint(0, len(other))
    several = (
        head + random.randbytes(1) + tail[1:],
        head + rest,
        head + middle * random.choice((2, 3, 60)) + rest,
        head + token * random.choice((1, 1, 1, 50)) + tail,
        head + other[at : at + len(middle) + 20] + rest,
        head,
        head + random.randbytes(random.choice((1, 2, 8))) + tail,
        data.replace(random.choice((b" ", b"\n", b"<", b"\\", b"w:")), token, 3),
        _line_moved(data, random),
    )
    return random.choice(several)


def _line_moved(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(random.randrange(len(lines)), lines.pop(random.randrange(len(lines))))
    return b"\n".join(lines)
