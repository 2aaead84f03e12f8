"""The form on an author's own site: its HTML to copy, and an answer for scripts of the sites that the author lists."""

from __future__ import annotations

import json
from collections.abc import Mapping

from cliffhanger.catalogue import Shelf
from cliffhanger.rendering.strings import speaker
from cliffhanger.web.joining import EMBEDDED, STATUS, Answer, answer_to
from cliffhanger.web.page import Page, Site

JSON = {"Content-Type": "application/json; charset=utf-8"}


def show(site: Site, slug: str) -> Page:
    """For the author: plain HTML that posts to us and needs no script."""
    if not (shelf := site.shelf(slug)):
        return site.not_found()
    series = shelf.series
    snippet = site.render("snippet", language=series.language, action=site.url("subscribe", slug), form=EMBEDDED)
    fields = {"series": series.title, "snippet": snippet, "origins": sorted(series.embed_origins)}
    return Page(200, site.render("embed", language=series.language, **fields), private=False)


def answer(site: Site, slug: str, form: Mapping[str, str], network: str, origin: str) -> Page:
    """{"ok": bool, "answer": an Answer, "message": a sentence}; a browser shows it to listed origins only."""
    if not (shelf := _listing(site, slug, origin)):
        refusal = {"ok": False, "answer": "origin", "message": "This site is not in embed_origins of series.yaml."}
        return Page(403, json.dumps(refusal), headers=JSON | {"Vary": "Origin"})
    said, fault = answer_to(site, shelf, form, network, origin)
    say = speaker(shelf.series.language)
    message = say(f"bad_address_{fault.fault.value}", part=fault.part) if fault else say(said.value)
    document = {"ok": said is Answer.SUBSCRIBED, "answer": said.value, "message": message}
    status = 400 if said is Answer.ONCE_MORE else STATUS.get(said, 400)
    return Page(status, json.dumps(document, ensure_ascii=False), headers=JSON | _allow(origin))


def preflight(site: Site, slug: str, origin: str) -> Page:
    """May a script of this origin post? (Fetch standard, CORS-preflight request)"""
    if not _listing(site, slug, origin):
        return Page(403, "", headers={"Vary": "Origin"})
    allowed = {"Access-Control-Allow-Methods": "POST", "Access-Control-Allow-Headers": "accept, content-type"}
    return Page(204, "", headers=_allow(origin) | allowed | {"Access-Control-Max-Age": "600"})


def _listing(site: Site, slug: str, origin: str) -> Shelf | None:
    """The series, if it lists this origin."""
    shelf = site.shelf(slug)
    return shelf if shelf and origin in shelf.series.embed_origins else None


def _allow(origin: str) -> dict[str, str]:
    return {"Access-Control-Allow-Origin": origin, "Vary": "Origin"}
