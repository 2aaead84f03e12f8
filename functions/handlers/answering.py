"""Pages as API Gateway wants them, under the headers that guard them."""

from __future__ import annotations

from functools import cache

from aws_lambda_powertools.event_handler import Response, content_types
from jinja2 import Environment

from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.pages import style_source
from cliffhanger.web.page import Page, Site
from handlers import wiring

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
PUBLIC = {"Cache-Control": "public, max-age=60", "Referrer-Policy": "strict-origin-when-cross-origin"}
HTML = content_types.TEXT_HTML + "; charset=utf-8"


@cache
def templates() -> Environment:
    return environment(wiring.settings().templates)


@cache
def site() -> Site:
    return Site(
        table=wiring.table(),
        content=wiring.content(),
        hints=wiring.hints(),
        clock=wiring.now(),
        keys=wiring.keys(),
        templates=templates(),
        settings=wiring.settings(),
    )


def answer(page: Page) -> Response[str]:
    headers = _guards() | (PRIVATE if page.private else PUBLIC) | dict(page.headers)
    return Response(page.status, headers.pop("Content-Type", HTML), page.html, headers=headers)


def _guards() -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src {style_source(templates())}; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    return {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
