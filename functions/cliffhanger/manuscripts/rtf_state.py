"""What holds at one place of an RTF file, and where its text goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from locale import windows_locale

from cliffhanger.manuscripts.office_fields import is_story, link_of
from cliffhanger.manuscripts.office_passages import Item, Look, Passage, Run

_MAX_LEVEL = 8
_BULLETS = {"o", ""}


class Into(Enum):
    """Where text goes."""

    TEXT = auto()
    NOWHERE = auto()
    FONTS = auto()
    STYLES = auto()
    FIELD_CODE = auto()
    LABEL = auto()
    PICTURE = auto()
    PROPERTY_NAME = auto()
    PROPERTY_VALUE = auto()


@dataclass(slots=True)
class Style:
    """An entry of the style sheet."""

    name: str = ""
    based_on: int | None = None
    outline: int | None = None
    italic: bool = False
    bold: bool = False


@dataclass(slots=True)
class Field:
    code: str = ""


@dataclass(slots=True)
class Picture:
    """`digits` is what it holds, in hexadecimal."""

    suffix: str = ""
    alt: str = ""
    is_rule: bool = False
    digits: list[str] = field(default_factory=list)

    def say(self, name: str, value: str) -> None:
        """A property of a drawn thing, by its name in Office."""
        if name == "wzDescription":
            self.alt += value
        elif name == "fHorizRule":
            self.is_rule = value.strip() == "1"

    @property
    def data(self) -> bytes:
        """Empty where the digits are none."""
        try:
            return bytes.fromhex("".join(self.digits))
        except ValueError:
            return b""


@dataclass(slots=True)
class Flow:
    """One stream of paragraphs: the text, a note, a frame. `label` is the list number before the paragraph."""

    note: str | None = None
    passages: list[Passage] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    label: str = ""
    frames: list[Passage] = field(default_factory=list)
    has_hidden: bool = False

    def end_paragraph(self, passage: Passage) -> None:
        """`passage` has the look, this flow the runs. Nothing but what is hidden or left out is no empty line."""
        if self.runs or not self.has_hidden:
            self.passages.append(passage)
        self.passages.extend(self.frames)
        self.runs, self.label, self.frames, self.has_hidden = [], "", [], False


@dataclass  # without slots: a file may open 100,000 groups, and a dictionary is copied faster
class State:
    """Each group has a copy and drops it at its end. Indents and `size` are in points; `skip` counts the
    characters that stand in for one in Unicode.
    """

    flow: Flow
    into: Into = Into.TEXT
    field: Field | None = None
    picture: Picture | None = None
    skip: int = 1
    font: int = 0
    language: int = 0
    italic: bool = False
    bold: bool = False
    underlined: bool = False
    small_caps: bool = False
    hidden: bool = False
    deleted: bool = False
    size: float = 12
    style: int = 0
    centred: bool = False
    left: float = 0
    right: float = 0
    outline: int | None = None
    level: int = 0
    borders: frozenset[str] = frozenset()
    side: str = ""

    def plain(self, font: int, language: int) -> None:
        self.italic = self.bold = self.underlined = self.small_caps = self.hidden = self.deleted = False
        self.size, self.font, self.language = 12, font, language

    def usual_paragraph(self) -> None:
        self.style, self.centred, self.left, self.right = 0, False, 0, 0
        self.outline, self.level, self.borders, self.side = None, 0, frozenset(), ""

    @property
    def shows(self) -> bool:
        told = self.field is None or is_story(self.field.code)
        return self.into is Into.TEXT and not self.hidden and not self.deleted and told

    def look(self) -> Look:
        link = link_of(self.field.code) if self.field else None
        return Look(
            # Typewritten manuscripts underline what print sets in italics.
            italic=self.italic or (self.underlined and link is None),
            bold=self.bold,
            small_caps=self.small_caps,
            size=self.size,
            language=windows_locale.get(self.language, "").replace("_", "-") or None,
            link=link,
        )

    def passage(self, styles: dict[int, Style]) -> Passage:
        style = styles.get(self.style, Style())
        return Passage(
            runs=tuple(self.flow.runs),
            styles=_names(styles, self.style),
            outline=self.outline or style.outline,
            centred=self.centred,
            left=self.left,
            right=self.right,
            borders=self.borders,
            item=_item(self.flow.label, self.level),
            base=Look(italic=style.italic, bold=style.bold),
        )


def _names(styles: dict[int, Style], number: int | None) -> tuple[str, ...]:
    """The names of a style and of those that it is based on, nearest first."""
    names: dict[int, str] = {}
    while number is not None and number in styles and number not in names:
        names[number] = styles[number].name.strip(" ;")
        number = styles[number].based_on
    return tuple(names.values())


def _item(label: str, level: int) -> Item | None:
    bare = label.strip()
    if not label:
        return None
    ordered = bare not in _BULLETS and any(character.isalnum() for character in bare)
    return Item(min(max(level, 0), _MAX_LEVEL), ordered, bare if ordered else "")
