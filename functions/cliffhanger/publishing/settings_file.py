"""`series.yaml`: what an author says of the whole series."""

from __future__ import annotations

import re
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cliffhanger.errors import Refusal
from cliffhanger.publishing import settings_looks, yaml_fields
from cliffhanger.readers import addresses
from cliffhanger.series import Immediately, InDoubt, Rule, Series, Status, Weekly

FILE_NAME = "series.yaml"
LONGEST_TITLE = 200
LONGEST_BLURB = 4_000

KNOWN = {
    "title",
    "author",
    "author_address",
    "language",
    "blurb",
    "release",
    "status",
    "in_doubt",
    "typographic_quotes",
    "embed_origins",
    *settings_looks.KNOWN,
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_ORIGINS = 20
ORIGIN = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?(?::[0-9]{1,5})?|http://localhost(?::[0-9]{1,5})?")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def parse(slug: str, data: bytes) -> Series:
    """Refusal with one sentence (and the line, where YAML knows it) for what can't be taken."""
    document = yaml_fields.mapping(data)
    if unknown := sorted(set(document) - KNOWN):
        raise Refusal(
            f"series.yaml has a setting “{unknown[0]}” that we don't know; we know {', '.join(sorted(KNOWN))}."
        )
    address = yaml_fields.text(document, "author_address", "", longest=254)
    language = yaml_fields.text(document, "language", "en", longest=35)
    if not LANGUAGE.fullmatch(language):
        raise Refusal(f"series.yaml: “language: {language}” is no language tag; write for example en or pt-BR.")
    return Series(
        slug=slug,
        title=yaml_fields.text(document, "title", _title_from(slug), longest=LONGEST_TITLE),
        author=yaml_fields.text(document, "author", "", longest=LONGEST_TITLE),
        author_address=_address(address) if address else None,
        language=language,
        blurb=yaml_fields.text(document, "blurb", "", longest=LONGEST_BLURB),
        status=yaml_fields.choice(document, "status", Status, Status.ONGOING),
        rule=_rule(document.get("release", "immediately")),
        in_doubt=yaml_fields.choice(document, "in_doubt", InDoubt, InDoubt.RESEND),
        typographic_quotes=yaml_fields.yes_or_no(document, "typographic_quotes"),
        embed_origins=_origins(document.get("embed_origins")),
        **settings_looks.read(document),
    )


def default_series(slug: str, *, title: str | None = None, author: str | None = None) -> Series:
    """A series without settings: what its first chapter says, or its folder's name."""
    first = yaml_fields.line(title or "")[:LONGEST_TITLE] or _title_from(slug)
    return Series(slug, title=first, author=yaml_fields.line(author or "")[:LONGEST_TITLE])


def _title_from(slug: str) -> str:
    return slug.replace("-", " ").title()


def _address(text: str) -> str:
    try:
        return addresses.parse(text)
    except Refusal:
        raise Refusal("series.yaml: “author_address” is not an email address that we can write to.") from None


def _origins(value: Any) -> frozenset[str]:
    """One site or a list of them, each as a browser's Origin header has it (RFC 6454, 6.2)."""
    named = [] if value is None else value if isinstance(value, list) else [value]
    origins = frozenset(str(site).strip().lower().removesuffix("/") for site in named)
    if wrong := sorted(site for site in origins if not ORIGIN.fullmatch(site)):
        raise Refusal(f"series.yaml: “{wrong[0]}” in embed_origins is no site; write for example https://mara.example.")
    if len(origins) > MOST_ORIGINS:
        raise Refusal(f"series.yaml: embed_origins names too many sites; at most {MOST_ORIGINS}.")
    return origins


def _rule(value: Any) -> Rule:
    """`immediately`, or a mapping of `weekdays` (a list or one), `at` ("18:30") and `zone` (an IANA name)."""
    if value == "immediately":
        return Immediately()
    if not isinstance(value, dict) or set(value) != {"weekdays", "at", "zone"}:
        raise Refusal("series.yaml: “release” is either “immediately” or has weekdays, at and zone.")
    return Weekly(_weekdays(value["weekdays"]), _time_of_day(value["at"]), _zone(value["zone"]))


def _weekdays(value: Any) -> frozenset[int]:
    names = [str(name).lower() for name in (value if isinstance(value, list) else [value])]
    found = [
        next((n for n, day in enumerate(WEEKDAYS) if len(name) >= 3 and day.startswith(name)), None) for name in names
    ]
    if not found or None in found:
        raise Refusal("series.yaml: “weekdays” must name days, for example [monday, thursday].")
    return frozenset(day for day in found if day is not None)


def _time_of_day(value: Any) -> time:
    # YAML 1.1 reads an unquoted 18:30 as a number to the base of sixty.
    text = f"{value // 60:02d}:{value % 60:02d}" if isinstance(value, int) else str(value)
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise Refusal(f"series.yaml: “at: {text}” is no time of day; write for example 18:30.") from None


def _zone(value: Any) -> str:
    try:
        return ZoneInfo(str(value)).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refusal(f"series.yaml: “zone: {value}” is no time zone; write for example Europe/Berlin.") from None
