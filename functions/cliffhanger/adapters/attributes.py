"""Plain values to DynamoDB's attribute values and back. Numbers are integers: the store needs no others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def to_value(value: Any) -> dict[str, Any]:
    """TypeError for what the store does not hold (float, None, empty set)."""
    match value:
        case str():
            return {"S": value}
        case bool():
            return {"BOOL": value}
        case int():
            return {"N": str(value)}
        case dict():
            return {"M": to_item(value)}
        case list() | tuple():
            return {"L": [to_value(element) for element in value]}
        case frozenset() if value:
            numbers = all(isinstance(element, int) for element in value)
            return {"NS" if numbers else "SS": [str(element) for element in sorted(value)]}
    raise TypeError(f"the store holds no {type(value).__name__} like this one")


def to_item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: to_value(value) for name, value in item.items()}


def from_value(value: Mapping[str, Any]) -> Any:
    ((kind, content),) = value.items()
    match kind:
        case "N":
            return int(content)
        case "M":
            return from_item(content)
        case "L":
            return [from_value(element) for element in content]
        case "NS":
            return frozenset(int(element) for element in content)
        case "SS":
            return frozenset(content)
    return content


def from_item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {name: from_value(value) for name, value in item.items()}
