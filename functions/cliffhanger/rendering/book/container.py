"""The container of a book: a zip whose members are taken over from one edition to the next as they are packed.

Python's zipfile reads it. It can't write a member that is packed already, and packing a long book anew takes seconds.
Format: APPNOTE.TXT 6.3.10 (4.3.7 local header, 4.3.12 central directory), EPUB 3.3 "OCF ZIP container".
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NEEDED = 20
_UTF8 = 0x800
_MIDNIGHT, _FIRST_DAY = 0, 0x21  # 1980-01-01, where a zip's time begins: the same book has the same bytes


@dataclass(frozen=True, slots=True)
class Member:
    """`packed` is what stands in the zip. `mark` says what the member was made from; a reader never sees it."""

    name: str
    method: int
    crc: int
    size: int
    packed: bytes | memoryview
    mark: str = ""

    @property
    def says(self) -> tuple[str, int, int, str]:
        """Two members that say the same need not be packed the same: another zlib packs otherwise."""
        return self.name, self.crc, self.size, self.mark


def member(name: str, data: bytes, *, mark: str = "", stored: bool = False) -> Member:
    if stored:
        return Member(name, ZIP_STORED, zlib.crc32(data), len(data), data, mark)
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return Member(name, ZIP_DEFLATED, zlib.crc32(data), len(data), packed, mark)


def unbind(data: bytes) -> dict[str, Member]:
    """The members of a container that `bind` made, by their names; none where it is damaged."""
    view = memoryview(data)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
    except BadZipFile:
        return {}
    members = {}
    for info in found:
        begin = info.header_offset + _LOCAL.size + len(info.filename.encode())
        packed = view[begin : begin + info.compress_size]
        members[info.filename] = Member(
            info.filename, info.compress_type, info.CRC, info.file_size, packed, info.comment.decode()
        )
    return members


def unpack(found: Member) -> bytes:
    return bytes(found.packed) if found.method == ZIP_STORED else zlib.decompress(found.packed, -zlib.MAX_WBITS)


def bind(members: Iterable[Member]) -> bytes:
    """In the order given: the first of an EPUB is `mimetype`, stored."""
    parts: list[bytes | memoryview] = []
    directory: list[bytes] = []
    offset = 0
    for one in members:
        name, mark = one.name.encode(), one.mark.encode()
        facts = (_NEEDED, _UTF8, one.method, _MIDNIGHT, _FIRST_DAY, one.crc, len(one.packed), one.size, len(name), 0)
        directory.append(
            _CENTRAL.pack(b"PK\x01\x02", _NEEDED, *facts, len(mark), 0, 0, 0, offset) + name + mark,
        )
        local = _LOCAL.pack(b"PK\x03\x04", *facts) + name
        parts += [local, one.packed]
        offset += len(local) + len(one.packed)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), size, offset, 0)
    return b"".join([*parts, *directory, end])
