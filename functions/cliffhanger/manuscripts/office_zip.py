"""The zip that a .docx or .odt is: a few members read in memory, each bounded, whatever its header claims."""

from __future__ import annotations

import io
import zipfile
import zlib
from posixpath import join, normpath
from xml.etree.ElementTree import Element

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.office_xml import parse_xml

_MAX_MEMBERS = 2_000
_MAX_UNPACKED = 40_000_000
_MEMBER_SIGNATURE = b"PK\x01\x02"
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
_DAMAGED = "The file is a damaged or cut-off Word or zip file: save it and upload it again."


class Package:
    """An open zip. Reading from it never gives more than `_MAX_UNPACKED` bytes in all."""

    def __init__(self, data: bytes) -> None:
        if data.count(_MEMBER_SIGNATURE) > _MAX_MEMBERS:
            raise Refusal(f"The file holds more than {_MAX_MEMBERS:,} parts, which no manuscript needs.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise Refusal(_DAMAGED) from None
        self.names = frozenset(self._zip.namelist())
        self._left = _MAX_UNPACKED

    def read(self, name: str) -> bytes | None:
        """A member's bytes, None if there is no such member."""
        if name not in self.names:
            return None
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise Refusal("The file is protected by a password: take the password off and drop it again.")
        if info.compress_type not in _PLAIN:
            raise Refusal(_DAMAGED)
        try:
            with self._zip.open(info) as member:
                data = member.read(max(self._left, 0) + 1)
        except _BROKEN:
            raise Refusal(_DAMAGED) from None
        self._left -= len(data)
        if self._left < 0:
            raise Refusal(f"The file unpacks to more than {_MAX_UNPACKED:,} bytes, which no chapter needs.")
        return data

    def xml(self, name: str) -> Element | None:
        data = self.read(name)
        return None if data is None else parse_xml(data)


def beside(member: str, target: str) -> str:
    """The member that `target` names from within another one."""
    return normpath(join("/", member, "..", target)).lstrip("/")
