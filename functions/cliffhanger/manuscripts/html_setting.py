"""How the words inside an element are set: what its tag, its style and its language say, over what is around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.html_styles import Declarations, points
from cliffhanger.manuscripts.html_tree import BLOCKS, HEADINGS
from cliffhanger.manuscripts.office_page import Role, role_by_style
from cliffhanger.manuscripts.office_passages import Item, Look, Passage
from cliffhanger.manuscripts.weblinks import is_web_link

PLAIN = Look(size=12)
_ITALIC = {"i", "em", "cite", "dfn", "var"}
_BOLD = {"b", "strong", *HEADINGS}
_FONT_SIZES: Mapping[str, float] = {"1": 7.5, "2": 10, "3": 12, "4": 13.5, "5": 18, "6": 24, "7": 36}
_GROWTH = {"big": 1.2, "small": 0.83, "h1": 2.0, "h2": 1.5, "h3": 1.17}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z\d]{2,8}){0,3}", re.I)
_SMALL_CAPS = {"smallcaps", "small-caps", "sc"}
_DIVERTED = re.compile(r"(?:www\.)?google\.[a-z.]{2,6}", re.I)
_SIDES = ("top", "bottom", "left", "right")


@dataclass(frozen=True, slots=True)
class Setting:
    """`left` and `right` are indents in points. `names` are style names for the passages inside.

    `trusts_languages` is false where a program gave every word its language.
    """

    look: Look
    trusts_languages: bool = True
    names: tuple[str, ...] = ()
    outline: int | None = None
    centred: bool = False
    left: float = 0
    right: float = 0
    borders: frozenset[str] = frozenset()
    item: Item | None = None
    boxed: bool = False
    keeps_lines: bool = False
    quotes: int = 0

    def passage(self) -> Passage:
        return Passage(
            styles=self.names,
            outline=self.outline,
            centred=self.centred,
            left=self.left,
            right=self.right,
            borders=self.borders,
            item=self.item,
            boxed=self.boxed,
        )


def setting_inside(element: Element, around: Setting, style: Declarations) -> Setting:
    look = _look(element, around, style)
    inside = replace(around, look=look, keeps_lines=_keeps_lines(element, around, style))
    if element.tag == "q":
        return replace(inside, quotes=around.quotes + 1)
    if element.tag not in BLOCKS:
        return inside
    size = look.size
    return replace(
        inside,
        names=(*_names(element), *_lasting(around.names)),
        outline=HEADINGS.get(element.tag, around.outline),
        centred=_is_centred(element, around, style),
        left=around.left + sum(points(style.get(f"{kind}-left", ""), size) for kind in ("margin", "padding")),
        right=around.right + sum(points(style.get(f"{kind}-right", ""), size) for kind in ("margin", "padding")),
        borders=frozenset(side for side in _SIDES if _is_drawn(style.get(f"border-{side}", ""))),
        boxed=around.boxed or element.tag == "blockquote",
    )


def target_of(href: str) -> str:
    """Where a link leads, past Google's redirect."""
    try:
        parts = urlsplit(href)
        if parts.path == "/url" and _DIVERTED.fullmatch(parts.hostname or ""):
            query = parse_qs(parts.query)
            return next(iter(query.get("q") or query.get("url") or [href]))
    except ValueError:
        return ""
    return href


def _look(element: Element, setting: Setting, style: Declarations) -> Look:
    around = setting.look
    weight, slant, caps = (style.get(f"font-{name}", "") for name in ("weight", "style", "variant"))
    caps = style.get("font-variant-caps", caps)
    language = element.get("lang", "")
    speaks = _LANGUAGE.fullmatch(language) is not None and language.lower() != "zxx"
    classes = set(element.get("class", "").lower().split())
    link = target_of(element.get("href", "").strip()) if element.tag == "a" else ""
    return replace(
        around,
        italic=slant in {"italic", "oblique"} if slant else around.italic or element.tag in _ITALIC,
        bold=_is_bold(weight) if weight else around.bold or element.tag in _BOLD,
        small_caps="small-caps" in caps if caps else around.small_caps or bool(classes & _SMALL_CAPS),
        size=_size(element, around.size, style),
        language=language if speaks else around.language,
        foreign=around.foreign or (speaks and setting.trusts_languages),
        link=link if is_web_link(link) else around.link,
    )


def _is_bold(weight: str) -> bool:
    return weight in {"bold", "bolder"} or (weight.isdecimal() and len(weight) <= 4 and int(weight) >= 600)


def _size(element: Element, around: float, style: Declarations) -> float:
    if stated := style.get("font-size"):
        return points(stated, around) or around
    if element.tag == "font":
        return _FONT_SIZES.get(element.get("size", "").removeprefix("+"), around)
    return around * _GROWTH.get(element.tag, 1)


def _keeps_lines(element: Element, around: Setting, style: Declarations) -> bool:
    if space := style.get("white-space"):
        return space.startswith("pre")
    return around.keeps_lines or element.tag == "pre"


def _is_centred(element: Element, around: Setting, style: Declarations) -> bool:
    align = style.get("text-align") or element.get("align", "").lower()
    return align == "center" if align else around.centred or element.tag == "center"


def _is_drawn(border: str) -> bool:
    return bool(border) and not border.startswith(("none", "0", "hidden", "inherit", "initial"))


def _names(element: Element) -> tuple[str, ...]:
    """Classes as style names: "MsoQuote" is "quote", "scene-break" is "scenebreak"."""
    names = (name.lower().removeprefix("mso").replace("-", "") for name in element.get("class", "").split())
    return tuple(names)


def _lasting(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names that speak of all that is inside, as "poem" does; a "chapter" is no heading through and through."""
    return tuple(name for name in names if role_by_style(Passage(styles=(name,))) in {Role.QUOTE, Role.VERSE})
