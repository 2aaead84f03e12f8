"""What a request to the pages says, out of API Gateway's event."""

from __future__ import annotations

import base64
from urllib.parse import parse_qsl

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

LONGEST_FORM = 10_000
"""Characters, as they come: a multiple of four, so that base64 is cut between its groups."""


def form(app: APIGatewayHttpResolver) -> dict[str, str]:
    """An urlencoded form; the last of two fields with one name counts. What is no form at all has no fields."""
    event = app.current_event
    body = (event.body or "")[:LONGEST_FORM]
    data = base64.b64decode(body) if event.is_base64_encoded else body.encode()
    return dict(parse_qsl(data.decode(errors="replace"), keep_blank_values=True))


def asked(app: APIGatewayHttpResolver, name: str) -> str:
    """A field of the query; "" if it is not there."""
    return (app.current_event.query_string_parameters or {}).get(name, "")


def network(app: APIGatewayHttpResolver) -> str:
    """The visitor's address on the net."""
    return str(app.current_event.request_context.http.source_ip)


def origin(app: APIGatewayHttpResolver) -> str:
    """The site that the request comes from, as its browser says; "" for a page of none."""
    return app.current_event.headers.get("origin", "")


def wants_json(app: APIGatewayHttpResolver) -> bool:
    return "application/json" in app.current_event.headers.get("accept", "")
