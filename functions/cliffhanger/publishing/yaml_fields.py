"""Plain values out of a document of YAML that an author wrote; a Refusal names what can't be taken."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

import yaml

from cliffhanger.errors import Refusal

LONGEST_FILE = 64_000
MOST_BRACKETS = 100
PARAGRAPH = "\n\n"

Choice = TypeVar("Choice", bound=StrEnum)


def mapping(data: bytes) -> dict[str, Any]:
    """The document, its names all text. No tags, no aliases."""
    if len(data) > LONGEST_FILE:
        raise Refusal("series.yaml is far too long; it only holds a few settings.")
    try:
        text = data.decode("utf-8-sig")
        if text.count("[") + text.count("{") > MOST_BRACKETS:  # the YAML reader takes minutes over a deep nest
            raise Refusal("series.yaml has far too many brackets; it holds only a few settings.")
        tokens = list(yaml.scan(text, Loader=yaml.SafeLoader))
        if any(isinstance(token, yaml.AliasToken | yaml.TagToken) for token in tokens):
            raise Refusal(
                "series.yaml uses YAML tags or aliases (“!…”, “*…”), which we don't read; write plain values."
            )
        document = yaml.safe_load(text)
    except UnicodeDecodeError:
        raise Refusal("series.yaml is not UTF-8 text; please save it as UTF-8.") from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = mark.line + 1 if mark else None
        raise Refusal("series.yaml can't be read as YAML; look at its quotes, colons and indents.", line=at) from None
    if not isinstance(document, dict) or not all(isinstance(name, str) for name in document):
        raise Refusal("series.yaml must hold settings such as “title: The Lantern Road”, one a line.")
    return document


def text(document: dict[str, Any], name: str, default: str, *, longest: int) -> str:
    value = document.get(name)
    if value is None:
        return default
    if not isinstance(value, str | int | float):
        raise Refusal(f"series.yaml: “{name}” must be plain text.")
    paragraphs = [line(paragraph) for paragraph in str(value).split("\n\n")]
    found = (PARAGRAPH if name == "blurb" else " ").join(filter(None, paragraphs))
    if len(found) > longest:
        raise Refusal(f"series.yaml: “{name}” is too long; at most {longest} characters.")
    return found or default


def line(words: str) -> str:
    return "".join(character for character in " ".join(words.split()) if character.isprintable())


def choice(document: dict[str, Any], name: str, choices: type[Choice], default: Choice) -> Choice:
    value = document.get(name, default.value)
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(one.value for one in choices)
        raise Refusal(f"series.yaml: “{name}: {value}” is not one of {known}.") from None


def yes_or_no(document: dict[str, Any], name: str, default: bool = False) -> bool:
    value = document.get(name, default)
    if not isinstance(value, bool):
        raise Refusal(f"series.yaml: “{name}” is either true or false.")
    return value
