"""The bodies of AWS's JSON answers, taken as they are.

botocore goes over every value with the service's model in hand, for the sake of dates and bytes: for three answers that
hold an item of the table, a sixth of what a letter costs (docs/performance.md). Nothing that we read of DynamoDB, SQS
and Secrets Manager is either. SES and S3 speak other protocols, and keep botocore's parsers.
"""

from __future__ import annotations

import json
from typing import Any

from botocore.parsers import JSONParser, ResponseParserError, ResponseParserFactory


class AsItIs(JSONParser):
    def _handle_json_body(self, raw_body: bytes, shape: Any) -> Any:  # noqa: ARG002 (botocore's signature)
        try:
            return json.loads(raw_body or b"{}")
        except ValueError:
            raise ResponseParserError("the body is no JSON") from None


class Parsers(ResponseParserFactory):
    """botocore's component `response_parser_factory`."""

    def create_parser(self, protocol_name: str) -> Any:
        return AsItIs() if protocol_name == "json" else super().create_parser(protocol_name)
