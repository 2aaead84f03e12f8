"""The container of a book: a zip whose members are taken over from one edition to the next as they are packed.

Python's zipfile can't write a member that is packed already, and to pack a long book anew takes seconds.
Format: APPNOTE.TXT 6.3.10 (4.3.7 local header, 4.3.12 central directory), EPUB 3.3 "OCF ZIP container".
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED

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
    try:
        return {one.name: one for one in _members(data)}
    except (struct.error, ValueError):
        return {}


def _members(data: bytes) -> Iterator[Member]:
    view = memoryview(data)
    signature, *_, count, _size, at, _comment = _END.unpack_from(data, len(data) - _END.size)
    if signature != b"PK\x05\x06":
        raise ValueError("it does not end as a zip does")
    for _ in range(count):
        facts = _CENTRAL.unpack_from(data, at)
        method, crc, length, size, name_length, mark_length, begin = (facts[n] for n in (4, 7, 8, 9, 10, 12, 16))
        name_at = at + _CENTRAL.size
        at = name_at + name_length + mark_length
        packed_at = begin + _LOCAL.size + name_length
        yield Member(
            name=data[name_at : name_at + name_length].decode(),
            method=method,
            crc=crc,
            size=size,
            packed=view[packed_at : packed_at + length],
            mark=data[at - mark_length : at].decode(),
        )


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
