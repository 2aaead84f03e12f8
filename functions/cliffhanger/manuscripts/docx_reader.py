"""Word .docx -> draft, from the XML itself (docs/decisions.md compares this with converters).

Headers, footers, comments and the file's properties lie in parts of their own, which are never opened:
properties name templates and computers' owners more often than stories.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.docx_body import Body
from cliffhanger.manuscripts.docx_numbering import Numbering
from cliffhanger.manuscripts.docx_styles import Styles
from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.model import Footnote
from cliffhanger.manuscripts.office_blocks import blocks_of
from cliffhanger.manuscripts.office_xml import child, children
from cliffhanger.manuscripts.office_zip import Package, beside

_NO_TEXT = "The Word file holds no text: save it again in Word and drop that."
_LINES = {"separator", "continuationSeparator", "continuationNotice"}


@dataclass(frozen=True, slots=True)
class _Relations:
    """What one part of the package refers to: `targets` by id, `parts` by the last word of their type."""

    targets: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)


def main_part(package: Package) -> str | None:
    """The member with the text, None if this is no Word file."""
    named = _relations(package, "").parts.get("officeDocument", "word/document.xml")
    return named if named in package.names and named.startswith("word/") else None


def read_docx(package: Package, main: str) -> Draft:
    root = package.xml(main)
    text = child(root, "w:body")
    if text is None:
        raise Refusal(_NO_TEXT)
    relations = _relations(package, main)
    styles, numbering = (package.xml(relations.parts.get(kind, "")) for kind in ("styles", "numbering"))
    warnings: list[str] = []
    body = Body(Styles(styles), Numbering(numbering), relations.targets, warnings)
    blocks = blocks_of(list(body.passages(text)))
    notes = [note for kind in ("footnote", "endnote") for note in _notes(package, relations, kind, body)]
    return Draft(blocks, tuple(notes), warnings=tuple(warnings))


def _notes(package: Package, relations: _Relations, kind: str, body: Body) -> Iterator[Footnote]:
    part = relations.parts.get(f"{kind}s", "")
    root = package.xml(part)
    reader = Body(body.styles, body.numbering, _relations(package, part).targets, body.warnings)
    for element in children(root, f"w:{kind}"):
        if element.get("w:type") not in _LINES:
            yield Footnote(kind + element.get("w:id", ""), blocks_of(list(reader.passages(element))))


def _relations(package: Package, member: str) -> _Relations:
    folder, _, name = member.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
    found = _Relations()
    for element in children(root, "rel:Relationship"):
        key, kind, target = (element.get(name, "") for name in ("Id", "Type", "Target"))
        outside = element.get("TargetMode") == "External"
        found.targets[key] = target if outside else beside(member, target)
        if not outside:
            found.parts.setdefault(kind.rpartition("/")[2], beside(member, target))
    return found
