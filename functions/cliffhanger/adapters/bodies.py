"""Answers that hold items of the table, taken as they are.

botocore goes over every value with DynamoDB's model in hand, for the sake of bytes: the store holds none, and every
letter has two such answers and a share in others (docs/performance.md). All other answers keep botocore's parsers.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.parsers import JSONParser, ResponseParserError, ResponseParserFactory

WITH_ITEMS = frozenset({"GetItemOutput", "QueryOutput", "UpdateItemOutput"})
"""Names of DynamoDB's model."""


class AsItIs(JSONParser):
    """An answer that is no JSON was not understood: who asked finds the store busy. It is not asked for again here."""

    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:
        if shape.name not in WITH_ITEMS:
            return super()._handle_json_body(raw_body, shape)  # type: ignore[misc]
        try:
            return json.loads(raw_body or b"{}")
        except ValueError:
            raise ResponseParserError("the body is no JSON") from None


class Parsers(ResponseParserFactory):
    """botocore's component `response_parser_factory`."""

    def create_parser(self, protocol_name: str) -> Any:
        return AsItIs() if protocol_name == "json" else super().create_parser(protocol_name)
