"""HTTP API ▶ pages: what readers, and now and then an author, click."""

from __future__ import annotations

import base64
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.utilities.typing import LambdaContext
from jinja2 import Environment

from cliffhanger.rendering.environment import environment
from cliffhanger.rendering.pages import render_page, style_source
from cliffhanger.web import joining, leaving, reading, releasing
from cliffhanger.web.page import Page, Site
from handlers import wiring

LONGEST_FORM = 10_000
"""Characters, as they come: a multiple of four, so that base64 is cut between its groups."""

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}
PUBLIC = {"Cache-Control": "public, max-age=60", "Referrer-Policy": "strict-origin-when-cross-origin"}

logger = Logger()
app = APIGatewayHttpResolver()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


@app.get("/")
def list_series() -> Response[str]:
    return _answer(reading.list_series(_site()))


@app.get("/read/<slug>")
def show_series(slug: str) -> Response[str]:
    return _answer(reading.show_series(_site(), slug))


@app.get("/read/<slug>/<chapter>")
def show_chapter(slug: str, chapter: str) -> Response[str]:
    return _answer(reading.show_chapter(_site(), slug, chapter))


@app.post("/subscribe/<slug>")
def subscribe(slug: str) -> Response[str]:
    network = app.current_event.request_context.http.source_ip
    return _answer(joining.subscribe(_site(), slug, _form(), network))


@app.get("/confirm/<token>")
def ask_to_confirm(token: str) -> Response[str]:
    return _answer(joining.ask_to_confirm(_site(), token))


@app.post("/confirm/<token>")
def confirm(token: str) -> Response[str]:
    return _answer(joining.confirm(_site(), token))


@app.get("/unsubscribe/<slug>/<token>")
def ask_to_leave(slug: str, token: str) -> Response[str]:
    return _answer(leaving.ask_to_leave(_site(), slug, token))


@app.post("/unsubscribe/<slug>/<token>")
def leave(slug: str, token: str) -> Response[str]:
    return _answer(leaving.leave(_site(), slug, token))


@app.get("/preferences/<slug>/<token>")
def show_preferences(slug: str, token: str) -> Response[str]:
    return _answer(leaving.show_preferences(_site(), slug, token))


@app.get("/release/<slug>/<token>")
def ask_to_release(slug: str, token: str) -> Response[str]:
    return _answer(releasing.ask(_site(), slug, token))


@app.post("/release/<slug>/<token>")
def release(slug: str, token: str) -> Response[str]:
    return _answer(releasing.go(_site(), slug, token))


@app.exception_handler(Exception)  # type: ignore[untyped-decorator]
def sorry(error: Exception) -> Response[str]:
    """Neither the path nor the error's text is logged: both may hold a token or an address.

    It asks nothing of the site: that may be what failed.
    """
    logger.error("page failed", kind=type(error).__name__, route=app.current_event.raw_event.get("routeKey"))
    return _answer(Page(500, render_page("sorry", environment=_templates(), language="en")))


@app.not_found
def not_found(_: Exception) -> Response[str]:
    return _answer(_site().not_found())


@cache
def _templates() -> Environment:
    return environment(wiring.settings().templates)


@cache
def _site() -> Site:
    return Site(
        table=wiring.table(),
        content=wiring.content(),
        hints=wiring.hints(),
        clock=wiring.now(),
        keys=wiring.keys(),
        templates=_templates(),
        settings=wiring.settings(),
    )


def _form() -> dict[str, str]:
    """An urlencoded form; the last of two fields with one name counts. What is no form at all has no fields."""
    event = app.current_event
    body = (event.body or "")[:LONGEST_FORM]
    data = base64.b64decode(body) if event.is_base64_encoded else body.encode()
    return dict(parse_qsl(data.decode(errors="replace"), keep_blank_values=True))


def _answer(page: Page) -> Response[str]:
    return Response(page.status, content_types.TEXT_HTML + "; charset=utf-8", page.html, headers=_headers(page))


def _headers(page: Page) -> dict[str, str]:
    policy = (
        f"default-src 'none'; style-src {style_source(_templates())}; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    guards = {"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"}
    return guards | (PRIVATE if page.private else PUBLIC)
