"""A small table: DynamoDB's requests, in the forms that `adapters.expressions` gives them, on plain dicts."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

Json = dict[str, Any]

PAGE = 1_000
VERB = re.compile(r"\b(SET|REMOVE|ADD|DELETE)\b")
BETWEEN_CLAUSES = re.compile(r" AND (?!:)")
OPERAND = re.compile(r"[#:][\w.#]+")


class ConditionFailed(Exception):
    """To be told as DynamoDB's ConditionalCheckFailedException."""


class State:
    """Items as attribute values: {"pk": {"S": "PACE"}, …}."""

    def __init__(self, items: Iterable[Json] = ()) -> None:
        self._partitions: dict[str, dict[str, Json]] = {}
        for item in items:
            self._keep(item)

    def answer(self, operation: str, request: Json) -> Json:
        match operation:
            case "GetItem":
                item = self._find(request["Key"])
                return {"Item": item} if item else {}
            case "PutItem":
                self._check(request, request["Item"])
                self._keep(request["Item"])
                return {}
            case "UpdateItem":
                return {"Attributes": self._update(request)}
            case "Query":
                return self._query(request)
            case "Scan":
                items = [item for partition in self._partitions.values() for item in partition.values()]
                return {"Items": items, "Count": len(items), "ScannedCount": len(items)}
        raise ValueError(f"the sink does not know {operation}")

    def _find(self, key: Json) -> Json | None:
        return self._partitions.get(key["pk"]["S"], {}).get(key["sk"]["S"])

    def _keep(self, item: Json) -> None:
        self._partitions.setdefault(item["pk"]["S"], {})[item["sk"]["S"]] = item

    def _update(self, request: Json) -> Json:
        names, values = request.get("ExpressionAttributeNames", {}), request.get("ExpressionAttributeValues", {})
        self._check(request, request["Key"])
        item = dict(self._find(request["Key"]) or request["Key"])
        parts = VERB.split(request["UpdateExpression"])
        for verb, clause in zip(parts[1::2], parts[2::2], strict=True):
            for change in clause.split(","):
                path, *value = change.replace("=", " ").split()
                name = names.get(path, path)
                if verb == "SET":
                    item[name] = values[value[0]]
                elif verb == "ADD":
                    item[name] = _added(item.get(name), values[value[0]])
                else:
                    item.pop(name, None)
        self._keep(item)
        return item

    def _check(self, request: Json, key: Json) -> None:
        item = self._find(key) or {}

        def operand(word: str) -> Any:
            if word.startswith(":"):
                return request["ExpressionAttributeValues"][word]
            found: Any = {"M": item}
            for name in word.split("."):
                found = (found or {}).get("M", {}).get(request["ExpressionAttributeNames"][name])
            return found

        if condition := request.get("ConditionExpression"):
            for clause in BETWEEN_CLAUSES.split(condition):
                if not _holds(clause, [operand(word) for word in OPERAND.findall(clause)]):
                    raise ConditionFailed

    def _query(self, request: Json) -> Json:
        if "IndexName" in request:
            return {"Items": [], "Count": 0, "ScannedCount": 0}
        values = request["ExpressionAttributeValues"]
        partition = self._partitions.get(values[":pk"]["S"], {})
        prefix = values.get(":prefix", {"S": ""})["S"]
        names = sorted(name for name in partition if name.startswith(prefix))
        after = request.get("ExclusiveStartKey", {}).get("sk", {}).get("S", "")
        page = names[bisect_right(names, after) :][: request.get("Limit", PAGE)]
        shown = [_projected(partition[name], request) for name in page]
        answer: Json = {"Items": shown, "Count": len(page), "ScannedCount": len(page)}
        if page and page[-1] != names[-1]:
            answer["LastEvaluatedKey"] = {"pk": values[":pk"], "sk": {"S": page[-1]}}
        return answer


def _projected(item: Json, request: Json) -> Json:
    if not (wanted := request.get("ProjectionExpression")):
        return item
    names = [request["ExpressionAttributeNames"][word] for word in wanted.split(", ")]
    return {name: item[name] for name in names if name in item}


def _holds(clause: str, operands: list[Any]) -> bool:
    """`operands` are the attribute values in the clause, in its order; None for a path that leads to none."""
    value, *others = operands
    if clause.startswith("attribute_not_exists"):
        return value is None
    if value is None or clause.startswith("attribute_exists"):
        return value is not None or clause.startswith("(attribute_not_exists")
    if clause.startswith("contains"):
        return next(iter(others[0].values())) in next(iter(value.values()))
    if " IN " in clause or " = " in clause:
        return value in others
    numbers = [int(operand["N"]) for operand in operands]
    if " BETWEEN " in clause:
        return numbers[1] <= numbers[0] <= numbers[2]
    return numbers[0] >= numbers[1] if " >= " in clause else numbers[0] < numbers[-1]


def _added(old: Json | None, more: Json) -> Json:
    if "N" in more:
        return {"N": str(int((old or {"N": "0"})["N"]) + int(more["N"]))}
    ((kind, members),) = more.items()
    return {kind: sorted({*(old or {kind: []})[kind], *members})}
