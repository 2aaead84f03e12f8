"""The notations of front matter, read as plain data: YAML without tags and anchors, and TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.encoding import clean

Values = Mapping[Any, object]
_TOML_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML without anchors and tags: a manuscript needs neither, and an alias can multiply without end."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _refused("has an anchor or alias (& or *); put the text in quotes", event.start_mark)
        if getattr(event, "tag", None):
            raise _refused("has a tag (!…), which is never read; put the text in quotes", event.start_mark)
        return super().compose_node(parent, index)


def load_yaml(source: str, first_line: int) -> Values:
    """`first_line` is the line of the file in which `source` begins, for a refusal."""
    try:
        values = yaml.load(source, _PlainLoader)  # noqa: S506 (a SafeLoader that knows even less)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in (error.problem or "")  # then the mark of what was opened says more
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        raise _unreadable(error.problem or "it is no YAML", first_line + (mark.line if mark else 0)) from None
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise Refusal("The front matter cannot be read: it is no YAML.", line=first_line) from None
    except Refusal as refusal:
        line = first_line + (refusal.line or 1) - 1
        raise Refusal(refusal.message.replace("LINE", str(line)), line=line) from None
    if not isinstance(values, dict):
        raise Refusal("The front matter is no list of names and values (“title: The Storm”).", line=first_line)
    return values


def load_toml(source: str, first_line: int) -> Values:
    """As `load_yaml`. An error at the end of the source is told for its last line."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        at = _TOML_LINE.search(told)
        line = first_line + (int(at[1]) - 1 if at else source.count("\n"))
        raise _unreadable(_TOML_LINE.sub("", told), line) from None
    except (ValueError, RecursionError):
        raise Refusal("The front matter cannot be read: it is no TOML.", line=first_line) from None


def _unreadable(problem: str, line: int) -> Refusal:
    return Refusal(f"The front matter cannot be read in line {line}: {clean(problem)}.", line=line)


def _refused(what: str, mark: yaml.Mark) -> Refusal:
    return Refusal(f"The front matter in line LINE {what}.", line=mark.line + 1)
