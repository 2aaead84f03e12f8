"""DynamoDB's expression language, from the plain conditions and changes of `ports.Table`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cliffhanger.adapters.attributes import to_value
from cliffhanger.ports import AtLeast, Below, Between, Condition, Contains, OneOf, Presence, When


class Expressions:
    """Gathers the names and values of one request; every name goes by a placeholder, as so many are reserved."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._values: dict[str, Any] = {}

    def names_and_values(self) -> dict[str, Any]:
        values = {"ExpressionAttributeValues": self._values} if self._values else {}
        return {"ExpressionAttributeNames": self._names, **values}

    def condition(self, when: When) -> str:
        return " AND ".join(self._clause(self._path(path), wanted) for path, wanted in when.items())

    def update(
        self,
        set_: Mapping[str, Any],
        remove: tuple[str, ...],
        add: Mapping[str, Any],
        discard: Mapping[str, Any],
    ) -> str:
        clauses = {
            "SET": [f"{self._path(path)} = {self._value(value)}" for path, value in set_.items()],
            "REMOVE": [self._path(path) for path in remove],
            "ADD": [f"{self._path(path)} {self._value(value)}" for path, value in add.items()],
            "DELETE": [f"{self._path(path)} {self._value(value)}" for path, value in discard.items()],
        }
        return " ".join(f"{verb} {', '.join(parts)}" for verb, parts in clauses.items() if parts)

    def _clause(self, path: str, wanted: Condition) -> str:
        match wanted:
            case Presence.ABSENT:
                clause = f"attribute_not_exists({path})"
            case Presence.PRESENT:
                clause = f"attribute_exists({path})"
            case Below(limit):
                clause = f"(attribute_not_exists({path}) OR {path} < {self._value(limit)})"
            case AtLeast(limit):
                clause = f"{path} >= {self._value(limit)}"
            case Between(low, high):
                clause = f"{path} BETWEEN {self._value(low)} AND {self._value(high)}"
            case Contains(member):
                clause = f"contains({path}, {self._value(member)})"
            case OneOf(values):
                clause = f"{path} IN ({', '.join(self._value(value) for value in values)})"
            case _:
                clause = f"{path} = {self._value(wanted)}"
        return clause

    def _path(self, path: str) -> str:
        placeholders = []
        for name in path.split("."):
            self._names[f"#{name}"] = name
            placeholders.append(f"#{name}")
        return ".".join(placeholders)

    def _value(self, value: Any) -> str:
        placeholder = f":v{len(self._values)}"
        self._values[placeholder] = to_value(value)
        return placeholder
