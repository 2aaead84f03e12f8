"""Which features of caniemail's list a style sheet or a style attribute uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

SHORTHANDS = ("border-radius", "border", "margin", "padding", "list-style", "text-decoration", "outline", "overflow")
"""What stands for its parts, where these have no entry of their own: margin-left is judged as margin, too."""

LOGICAL = {
    "css-margin-inline-start-end": r"margin-inline-(start|end)",
    "css-margin-block-start-end": r"margin-block-(start|end)",
    "css-padding-inline-start-end": r"padding-inline-(start|end)",
    "css-padding-block-start-end": r"padding-block-(start|end)",
    "css-margin-inline-block": r"margin-(inline|block)",
    "css-padding-inline-block": r"padding-(inline|block)",
    "css-border-inline-block": r"border-(inline|block)",
    "css-border-inline-block-individual": r"border-(inline|block)-(start|end)",
    "css-border-inline-block-longhand": r"border-(inline|block)-(color|style|width)",
    "css-border-radius-logical": r"border-(start|end)-(start|end)-radius",
    "css-block-inline-size": r"(block|inline)-size",
    "css-left-right-top-bottom": r"left|right|top|bottom",
    "css-gap": r"(row-|column-)?gap",
    "css-column-layout-properties": r"columns|column-(fill|gap|rule.*|span|width)",
    "css-grid-template": r"grid-template(-.*)?",
}
VALUES = {
    "css-display-flex": ("display", "flex"),
    "css-display-grid": ("display", "grid"),
    "css-display-none": ("display", "none"),
    "css-flex-direction": ("flex-direction", "column"),
    "css-flex-wrap": ("flex-wrap", "wrap"),
    "css-unit-initial": (None, "initial"),
    "css-intrinsic-size": (None, "fit-content|min-content|max-content"),
    "css-sytem-ui": (None, "system-ui|ui-serif|ui-sans-serif|ui-rounded|ui-monospace"),  # the list's own spelling
}
FUNCTIONS = {
    **{name: f"css-{name}" for name in ("rgb", "rgba", "linear-gradient", "radial-gradient", "conic-gradient")},
    **{name: f"css-function-{name}" for name in ("clamp", "light-dark", "max", "min")},
    **dict.fromkeys(("lch", "oklch", "lab", "oklab"), "css-modern-color"),
    **{"calc": "css-unit-calc", "var": "css-variables"},
}
CONDITIONS = ("hover", "orientation", "prefers-color-scheme", "prefers-reduced-motion", "device-pixel-ratio")
COMBINATORS = {">": "child", "+": "adjacent-sibling", "~": "general-sibling", "*": "universal"}

Found = tuple[set[str], set[str]]
"""Slugs, and names of properties (whose slug, where there is one, is "css-" and the name)."""


def of_declarations(text: str) -> Found:
    """Of a style attribute."""
    return _declared(tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True))


def of_style_sheet(text: str) -> Found:
    slugs = {"css-comments"} if "/*" in text else set()
    return _merged([(slugs, set()), *map(_ruled, tinycss2.parse_stylesheet(text, True, True))])


def _ruled(rule: Any) -> Found:
    """A rule, and the rules inside it."""
    if rule.type == "qualified-rule":
        inside = tinycss2.parse_blocks_contents(rule.content, True, True)
        return _merged([(set(_selected(rule.prelude)), set()), _declared(inside)])
    if rule.type != "at-rule":
        return set(), set()
    slugs = {f"css-at-{rule.at_keyword.lower()}"}
    condition = tinycss2.serialize(rule.prelude)
    slugs |= {f"css-at-media-{name}" for name in CONDITIONS if name in condition}
    return _merged([(slugs, set()), *map(_ruled, tinycss2.parse_rule_list(rule.content or [], True, True))])


def _declared(declarations: Iterable[Any]) -> Found:
    slugs: set[str] = set()
    names: set[str] = set()
    for declaration in declarations:
        if declaration.type == "qualified-rule":
            slugs.add("css-nesting")
        if declaration.type != "declaration" or declaration.lower_name.startswith("mso-"):
            continue  # Word's own properties are for Word
        name = declaration.lower_name
        names.add("variables" if name.startswith("--") else name)
        names.update(whole for whole in SHORTHANDS if name.startswith(f"{whole}-"))
        slugs.update(slug for slug, pattern in LOGICAL.items() if re.fullmatch(pattern, name))
        slugs.update(_valued(name, declaration.value))
        if declaration.important:
            slugs.add("css-important")
    return slugs, names


def _valued(name: str, tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        match token.type:
            case "dimension":
                yield f"css-unit-{token.lower_unit}"
            case "percentage":
                yield "css-unit-percent"
            case "function":
                yield FUNCTIONS.get(token.lower_name, "")
                yield from _valued(name, token.arguments)
            case "ident":
                for slug, (of, words) in VALUES.items():
                    if of in (None, name) and re.fullmatch(words, token.lower_value):
                        yield slug


def _selected(prelude: list[Any]) -> Iterator[str]:
    """What a list of selectors uses."""
    before: Any = None
    for at, token in enumerate(prelude):
        after = prelude[at + 1] if at + 1 < len(prelude) else None
        match token.type:
            case "ident" if before is None or before.type in ("whitespace", "literal"):
                yield "css-selector-" + ("class" if before is not None and before.value == "." else "type")
            case "hash":
                yield "css-selector-id"
            case "[] block":
                yield "css-selector-attribute"
            case "whitespace" if _is_simple(before) and _is_simple(after, ".:#*"):
                yield "css-selector-descendant"
            case "literal" if token.value in COMBINATORS:
                yield f"css-selector-{COMBINATORS[token.value]}"
            case "literal" if token.value == ",":
                yield "css-selector-grouping"
            case "literal" if token.value in ".#" and _is_simple(before):
                yield "css-selector-chaining"
            case "literal" if token.value == ":" and after is not None and after.type != "literal":
                yield _pseudo(before, after)
        before = token


def _pseudo(before: Any, after: Any) -> str:
    name = after.lower_name if after.type == "function" else after.lower_value
    kind = "element" if before is not None and before.type == "literal" and before.value == ":" else "class"
    return f"css-pseudo-{kind}-{name}"


def _is_simple(token: Any, literals: str = "*") -> bool:
    """Whether a simple selector can end (or, with `literals`, begin) with this token."""
    if token is None:
        return False
    return token.type in ("ident", "hash", "[] block", "function") or (
        token.type == "literal" and token.value in literals
    )


def _merged(found: Iterable[Found]) -> Found:
    pairs = list(found)
    return set().union(*(slugs for slugs, _ in pairs)), set().union(*(names for _, names in pairs))
