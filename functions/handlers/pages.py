"""HTTP API ▶ pages: what readers, and now and then an author, click."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.utilities.typing import LambdaContext

from cliffhanger.rendering.pages import render_page
from cliffhanger.web import asking, choices, confirming, embedding, joining, leaving, mine, offering, releasing
from cliffhanger.web.page import Page
from handlers import request
from handlers.answering import answer, site, templates

logger = Logger()
app = APIGatewayHttpResolver()


def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


# To read: in the archive, on another origin ---------------------------------------------------------------


@app.get("/")
def list_series() -> Response[str]:
    return answer(offering.moved(site()))


@app.get("/read/<slug>")
def show_series(slug: str) -> Response[str]:
    return answer(offering.moved(site(), slug))


@app.get("/read/<slug>/<chapter>")
def show_chapter(slug: str, chapter: str) -> Response[str]:
    return answer(offering.moved(site(), slug, chapter))


# To join ------------------------------------------------------------------------------------------------


@app.get("/join/<slug>")
def show_form(slug: str) -> Response[str]:
    return answer(offering.show(site(), slug, request.asked(app, "start")))


@app.post("/subscribe/<slug>")
def subscribe(slug: str) -> Response[str]:
    take = embedding.answer if request.wants_json(app) else joining.subscribe
    return answer(take(site(), slug, request.form(app), request.network(app), request.origin(app)))


@app.route("/subscribe/<slug>", method="OPTIONS")
def may_subscribe(slug: str) -> Response[str]:
    return answer(embedding.preflight(site(), slug, request.origin(app)))


@app.get("/embed/<slug>")
def show_snippet(slug: str) -> Response[str]:
    return answer(embedding.show(site(), slug))


@app.get("/confirm/<token>")
def ask_to_confirm(token: str) -> Response[str]:
    return answer(confirming.ask(site(), token))


@app.post("/confirm/<token>")
def confirm(token: str) -> Response[str]:
    return answer(confirming.confirm(site(), token, request.form(app)))


# To stay, and to leave ----------------------------------------------------------------------------------


@app.get("/me/<token>")
def show_my_page(token: str) -> Response[str]:
    return answer(mine.show(site(), token, opened=request.asked(app, "open"), said=request.asked(app, "said")))


@app.post("/me/<token>")
def choose(token: str) -> Response[str]:
    return answer(choices.act(site(), token, request.form(app), request.network(app)))


@app.get("/preferences/<slug>/<token>")
def show_my_page_by_an_old_link(slug: str, token: str) -> Response[str]:
    return answer(mine.show_by_old_link(site(), slug, token))


@app.get("/next/<slug>/<token>")
def ask_for_the_next(slug: str, token: str) -> Response[str]:
    return answer(asking.ask(site(), "next", slug, token))


@app.post("/next/<slug>/<token>")
def send_the_next(slug: str, token: str) -> Response[str]:
    return answer(asking.act(site(), "next", slug, token, request.network(app)))


@app.get("/pause/<slug>/<token>")
def ask_to_pause(slug: str, token: str) -> Response[str]:
    return answer(asking.ask(site(), "pause", slug, token))


@app.post("/pause/<slug>/<token>")
def pause(slug: str, token: str) -> Response[str]:
    return answer(asking.act(site(), "pause", slug, token, request.network(app)))


@app.get("/resume/<slug>/<token>")
def ask_to_resume(slug: str, token: str) -> Response[str]:
    return answer(asking.ask(site(), "resume", slug, token))


@app.post("/resume/<slug>/<token>")
def resume(slug: str, token: str) -> Response[str]:
    return answer(asking.act(site(), "resume", slug, token, request.network(app)))


@app.get("/unsubscribe/<slug>/<token>")
def ask_to_leave(slug: str, token: str) -> Response[str]:
    return answer(leaving.ask_to_leave(site(), slug, token))


@app.post("/unsubscribe/<slug>/<token>")
def leave(slug: str, token: str) -> Response[str]:
    return answer(leaving.leave(site(), slug, token, request.form(app)))


# For authors --------------------------------------------------------------------------------------------


@app.get("/release/<slug>/<token>")
def ask_to_release(slug: str, token: str) -> Response[str]:
    return answer(releasing.ask(site(), slug, token))


@app.post("/release/<slug>/<token>")
def release(slug: str, token: str) -> Response[str]:
    return answer(releasing.go(site(), slug, token))


@app.exception_handler(Exception)  # type: ignore[untyped-decorator]
def sorry(error: Exception) -> Response[str]:
    """Neither the path nor the error's text is logged: both may hold a token or an address.

    It asks nothing of the site: that may be what failed.
    """
    logger.error("page failed", kind=type(error).__name__, route=app.current_event.raw_event.get("routeKey"))
    return answer(Page(500, render_page("sorry", environment=templates(), language="en")))


@app.not_found
def not_found(_: Exception) -> Response[str]:
    return answer(site().not_found())
