"""What `w:rPr` and `w:pPr` say, as plain values; units are points."""

from __future__ import annotations

from xml.etree.ElementTree import Element

Properties = dict[str, object]
# Each of these, set by a paragraph's style and by a character's style at once, is off again.
TOGGLES = ("i", "b", "smallCaps", "vanish")
_OFF = {"0", "false", "off", "none"}
_SIDES = ("top", "bottom", "left", "right", "start", "end")
_SIDE_OF = {"start": "left", "end": "right"}


def run_properties(element: Element | None) -> Properties:
    """Keys: i, b, smallCaps, vanish, u (bool); sz (points); lang (a tag); style (an id)."""
    if element is None:
        return {}
    found: Properties = {}
    for child in element:
        name, value = child.tag.removeprefix("w:"), child.get("w:val")
        if name in {*TOGGLES, "u"}:
            found[name] = (value or "").lower() not in _OFF
        elif name == "sz":
            found["sz"] = number_of(value) / 2
        elif name == "lang" and value:
            found["lang"] = value
        elif name == "rStyle" and value:
            found["style"] = value
    return found


def paragraph_properties(element: Element | None) -> Properties:
    """Keys: style, jc (str); left, right (points); outline (1-9 or None); borders (sides); numId, ilvl (str)."""
    if element is None:
        return {}
    found: Properties = {}
    for child in element:
        match child.tag:
            case "w:pStyle":
                found["style"] = child.get("w:val", "")
            case "w:jc":
                found["jc"] = child.get("w:val", "")
            case "w:outlineLvl":
                level = number_of(child.get("w:val"))
                found["outline"] = int(level) + 1 if level < 9 else None
            case "w:ind":
                found |= _indents(child)
            case "w:pBdr":
                found["borders"] = _borders(child)
            case "w:numPr":
                found |= {part.tag.removeprefix("w:"): part.get("w:val", "") for part in child}
    return found


def number_of(text: str | None) -> float:
    """A number of the file, 0 where it is none."""
    try:
        value = float(text or 0)
    except ValueError:
        return 0
    return value if abs(value) < 1e6 else 0


def _indents(element: Element) -> Properties:
    sides = {"left": ("w:left", "w:start"), "right": ("w:right", "w:end")}
    said = {
        side: next((element.get(name) for name in names if element.get(name)), None) for side, names in sides.items()
    }
    return {side: number_of(value) / 20 for side, value in said.items() if value}


def _borders(element: Element) -> frozenset[str]:
    drawn = (child.tag.removeprefix("w:") for child in element if child.get("w:val", "").lower() not in {"none", "nil"})
    return frozenset(_SIDE_OF.get(side, side) for side in drawn if side in _SIDES)
