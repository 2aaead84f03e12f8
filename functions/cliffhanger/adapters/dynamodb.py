"""The table on DynamoDB, by the low-level client: the resource layer costs more than the call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from cliffhanger.adapters.attributes import from_item, to_item, to_value
from cliffhanger.adapters.expressions import Expressions
from cliffhanger.adapters.failures import told_clearly
from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import Item, Key, When

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

SERVICE = "DynamoDB"

ITEMS_OF_A_PAGE = 500
"""A page of 1 MB holds 2,000 subscriptions, and a worker at 14 letters a second serves 400 in its half minute: what it
reads beyond is paid for in vain."""


class DynamoTable:
    def __init__(self, client: DynamoDBClient, name: str) -> None:
        self._client = client
        self._name = name

    def get(self, key: Key) -> Item | None:
        with told_clearly(SERVICE):
            answer = self._client.get_item(TableName=self._name, Key=to_item(key._asdict()), ConsistentRead=True)
        return from_item(answer["Item"]) if "Item" in answer else None

    def put(self, key: Key, item: Item, *, when: When | None = None) -> None:
        expressions = Expressions()
        condition = expressions.condition(when or {})
        request: dict[str, Any] = {"TableName": self._name, "Item": to_item({**item, **key._asdict()})}
        if condition:
            request |= {"ConditionExpression": condition, **expressions.names_and_values()}
        self._write(self._client.put_item, request)

    def update(
        self,
        key: Key,
        *,
        set: Mapping[str, Any] | None = None,
        remove: tuple[str, ...] = (),
        add: Mapping[str, Any] | None = None,
        discard: Mapping[str, Any] | None = None,
        when: When | None = None,
    ) -> Item:
        expressions = Expressions()
        request: dict[str, Any] = {
            "TableName": self._name,
            "Key": to_item(key._asdict()),
            "UpdateExpression": expressions.update(set or {}, remove, add or {}, discard or {}),
            "ReturnValues": "ALL_NEW",
        }
        if condition := expressions.condition(when or {}):
            request["ConditionExpression"] = condition
        answer = self._write(self._client.update_item, request | expressions.names_and_values())
        return from_item(answer["Attributes"])

    def delete(self, key: Key, *, when: When | None = None) -> None:
        expressions = Expressions()
        request: dict[str, Any] = {"TableName": self._name, "Key": to_item(key._asdict())}
        if condition := expressions.condition(when or {}):
            request |= {"ConditionExpression": condition, **expressions.names_and_values()}
        self._write(self._client.delete_item, request)

    def query(self, pk: str, *, prefix: str = "", after: str = "", only: Sequence[str] = ()) -> Iterator[Item]:
        names = {"#pk": "pk"}
        values: dict[str, Any] = {":pk": to_value(pk)}
        condition = "#pk = :pk"
        if prefix:
            names["#sk"], values[":prefix"] = "sk", to_value(prefix)
            condition += " AND begins_with(#sk, :prefix)"
        request: dict[str, Any] = {
            "TableName": self._name,
            "KeyConditionExpression": condition,
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
            "ConsistentRead": True,
            "Limit": ITEMS_OF_A_PAGE,
        }
        if only:
            names |= {f"#only{number}": name for number, name in enumerate(only)}
            request["ProjectionExpression"] = ", ".join(f"#only{number}" for number in range(len(only)))
        if after:
            request["ExclusiveStartKey"] = to_item({"pk": pk, "sk": after})
        yield from self._pages(request)

    def due(self, due_pk: str, *, until: int, most: int | None = None) -> Iterator[Key]:
        request: dict[str, Any] = {
            "TableName": self._name,
            "IndexName": "due",
            "KeyConditionExpression": "due_pk = :pk AND due_at <= :until",
            "ExpressionAttributeValues": {":pk": to_value(due_pk), ":until": to_value(until)},
        }
        if most is not None:
            request["Limit"] = most  # of a page; there may be several
        for item in islice(self._pages(request), most):
            yield Key(item["pk"], item["sk"])

    def _pages(self, request: dict[str, Any]) -> Iterator[Item]:
        while True:
            with told_clearly(SERVICE):
                answer = self._client.query(**request)
            for attributes in answer["Items"]:
                yield from_item(attributes)
            if "LastEvaluatedKey" not in answer:
                return
            request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    @staticmethod
    def _write(call: Any, request: dict[str, Any]) -> Any:
        with told_clearly(SERVICE):
            try:
                return call(**request)
            except ClientError as error:
                if error.response["Error"]["Code"] == "ConditionalCheckFailedException":
                    raise ConditionFailed from None
                raise
