"""What a page's style sheets and `style` attributes say of how words look. Only the few properties that mean something.

Selectors are those that editors export: an element, classes, or both. Any other selector (of site designs) is
passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

Declarations = Mapping[str, str]
_MAX_CSS = 500_000
_MAX_RULES = 2_000
_MAX_LOOKS = 5_000
_WANTED = re.compile(
    r"font(?:-(?:style|weight|size|variant(?:-caps)?))?|text-align|display|visibility|opacity|white-space"
    r"|(?:margin|padding)-(?:left|right)|margin|border(?:-(?:top|bottom|left|right))?|mso-(?:hide|element)"
)
_SELECTOR = re.compile(r"([a-z][\w]*)?((?:\.[\w-]+)*)", re.I)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.S)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(pt|px|in|cm|mm|pc|em|rem|%)?")
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0, "em": 12.0, "rem": 12.0}
_MAX_DIGITS = 9
_FONT_WORDS = {
    "italic": "font-style",
    "oblique": "font-style",
    "small-caps": "font-variant",
    "bold": "font-weight",
    "bolder": "font-weight",
}
_SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class _Rule:
    tag: str
    classes: frozenset[str]
    declarations: Declarations
    order: int

    @property
    def rank(self) -> tuple[int, bool, int]:
        return len(self.classes), bool(self.tag), self.order


@dataclass(slots=True)
class StyleSheet:
    """The rules by the class, or else the element, that they ask for."""

    rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[tuple[str, str], Declarations] = field(default_factory=dict)

    @classmethod
    def read(cls, css: str) -> StyleSheet:
        sheet = cls()
        for rule in islice(_rules(_COMMENT.sub(" ", css[:_MAX_CSS])), _MAX_RULES):
            sheet.rules[f".{min(rule.classes)}" if rule.classes else rule.tag].append(rule)
        return sheet

    def of(self, tag: str, classes: str, style: str) -> Declarations:
        """What holds for an element: more classes win, then the later rule, and its own `style` over all."""
        known = self._known.get((tag, classes))
        if known is None and len(self._known) < _MAX_LOOKS:
            known = self._known[tag, classes] = self._by_sheet(tag, frozenset(classes.split()))
        return {**(known or {}), **declarations(style)} if style else known or {}

    def _by_sheet(self, tag: str, classes: frozenset[str]) -> Declarations:
        keys = (tag, *(f".{name}" for name in sorted(classes)))
        rules = (rule for key in keys for rule in self.rules.get(key, ()))
        fitting = [rule for rule in rules if rule.tag in {"", tag} and rule.classes <= classes]
        found: dict[str, str] = {}
        for rule in sorted(fitting, key=lambda rule: rule.rank):
            found |= rule.declarations
        return found


def declarations(text: str) -> dict[str, str]:
    """ "font-style: italic; margin: 0 1em" by property, in lower case; short forms as what they stand for."""
    found: dict[str, str] = {}
    for declaration in text.split(";"):
        name, _, value = (part.strip().lower() for part in declaration.partition(":"))
        if _WANTED.fullmatch(name):
            found |= _spelled_out(name, value.replace("!important", "").strip())
    return found


def points(length: str, size: float = 12) -> float:
    """A length in points, 0 for what is none. `size` is what 1em is."""
    match = _LENGTH.fullmatch(length)
    if match is None or len(match[1]) > _MAX_DIGITS:
        return 0
    number, unit = float(match[1]), match[2] or "px"
    if unit in {"em", "%"}:
        return number * size / (100 if unit == "%" else 1)
    return number * _POINTS[unit]


def is_hidden(style: Declarations) -> bool:
    return (
        style.get("display") == "none"
        or style.get("visibility") in {"hidden", "collapse"}
        or style.get("mso-hide") == "all"
        or style.get("opacity") in {"0", "0.0"}
        or (style.get("font-size", "").startswith("0") and points(style["font-size"]) == 0)
    )


def _spelled_out(name: str, value: str) -> dict[str, str]:
    if name == "margin":
        sides = (value.split() * 4)[:4] if len(value.split()) == 1 else value.split()
        return {"margin-right": sides[1], "margin-left": sides[-1 if len(sides) == 4 else 1]} if sides else {}
    if name == "border":
        return {f"border-{side}": value for side in _SIDES}
    if name == "font":
        words = value.partition("/")[0].split()
        size = {"font-size": words[-1]} if "/" in value else {}
        return size | {_FONT_WORDS[word]: word for word in words if word in _FONT_WORDS}
    return {name: value}


def _rules(css: str) -> Iterator[_Rule]:
    """Rules for all media. A selector that is no element with classes has no rule."""
    inside_at_rule = False
    for order, chunk in enumerate(css.split("}")):
        head, brace, body = chunk.rpartition("{")
        inside_at_rule = bool(brace) and (inside_at_rule or "{" in head)
        selectors = head.rpartition(";")[2]
        if not brace or inside_at_rule or "@" in selectors:
            continue
        stated = declarations(body)
        for selector in selectors.split(",") if stated else ():
            if match := _SELECTOR.fullmatch(selector.strip()):
                classes = frozenset(match[2].split(".")[1:])
                if match[1] or classes:
                    yield _Rule((match[1] or "").lower(), classes, stated, order)
