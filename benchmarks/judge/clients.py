"""Whether the mail programs that most people use support what our mails use, by the data of caniemail.

A feature counts where the latest version tested does not support it. What a mail does without as well is on a list
(enhancements.toml), each with what a reader gets instead; all else must be 0.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.judge.features import features
from benchmarks.judge.verdict import Verdict, listing, table

from tools.judges import HOME

DATA = HOME / "node_modules" / "caniemail" / "data" / "caniemail.json"
ENHANCEMENTS = Path(__file__).parent / "enhancements.toml"
JUDGED = {
    "gmail.desktop-webmail": "Gmail, web",
    "gmail.ios": "Gmail, iOS",
    "gmail.android": "Gmail, Android",
    "apple-mail.macos": "Apple Mail, macOS",
    "apple-mail.ios": "Apple Mail, iOS",
    "outlook.windows": "Outlook, Windows (Word)",
    "outlook.outlook-com": "Outlook.com, new Outlook for Windows",
    "outlook.macos": "new Outlook, macOS",
}
TOLD = {
    "gmail.mobile-webmail": "Gmail, in a phone's browser",
    "outlook.ios": "Outlook, iOS",
    "outlook.android": "Outlook, Android",
    "yahoo.desktop-webmail": "Yahoo, web",
    "fastmail.desktop-webmail": "Fastmail, web",
    "thunderbird.macos": "Thunderbird",
}
"""In the table, but not in the number."""


class Use(NamedTuple):
    feature: str
    client: str


class Enhancement(NamedTuple):
    features: tuple[str, ...]
    clients: tuple[str, ...]
    why: str
    instead: str

    def allows(self, use: Use) -> bool:
        return use.feature in self.features and use.client.startswith(self.clients)


def judge(mails: Mapping[str, str]) -> Verdict:
    """`mails`: HTML by the kind of chapter."""
    used = {kind: features(html, known()) for kind, html in mails.items()}
    kinds: dict[str, list[str]] = {}
    for kind, (slugs, _) in used.items():
        for slug in slugs:
            kinds.setdefault(slug, []).append(kind)
    lacking = [Use(slug, client) for slug in sorted(kinds) for client in JUDGED if lacks(slug, client)]
    allowed = enhancements()
    wrong = [use for use in lacking if not any(enhancement.allows(use) for enhancement in allowed)]
    unknown = sorted(set().union(*(names for _, names in used.values())))
    rows = ((name, *_counts(kinds, client)) for client, name in {**JUDGED, **TOLD}.items())
    report = [
        f"{len(kinds)} features in use; caniemail of {str(_data()['last_update_date'])[:10]}.",
        table(("client", "supported", "in part", "not at all", "unknown"), rows),
        "What we use though some of these clients lack it:",
        listing(
            ("features", "lacking in", "why", "what a reader gets instead"),
            ((", ".join(e.features), ", ".join(e.clients), e.why, e.instead) for e in allowed),
        ),
        f"Not in the data, so not judged: {', '.join(unknown) or 'nothing'}.",
    ]
    said = tuple(f"{JUDGED[use.client]} lacks {use.feature} (in {', '.join(kinds[use.feature][:4])})" for use in wrong)
    return Verdict(
        "What mail programs support", "\n\n".join(report), {"unsupported_in_gmail_apple_outlook": len(wrong)}, said
    )


def stale(mails: Mapping[str, str]) -> list[Use]:
    """What the list allows and no mail uses any more, or every client supports by now."""
    used = set().union(*(features(html, known())[0] for html in mails.values()))
    return [
        Use(slug, client)
        for enhancement in enhancements()
        for slug in enhancement.features
        for client in enhancement.clients
        if slug not in used or not any(lacks(slug, one) for one in JUDGED if one.startswith(client))
    ]


def known() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _data()["data"]
    return found


def lacks(slug: str, client: str) -> bool:
    return _support(slug, client) == "n"


def enhancements() -> list[Enhancement]:
    found = tomllib.loads(ENHANCEMENTS.read_text(encoding="utf-8"))["enhancement"]
    return [Enhancement(tuple(e["features"]), tuple(e["clients"]), e["why"], e["instead"]) for e in found]


def _counts(kinds: Mapping[str, object], client: str) -> Iterator[int]:
    found = [_support(slug, client) for slug in kinds]
    return (found.count(answer) for answer in "yanu")


def _support(slug: str, client: str) -> str:
    """y(es), a(lmost), n(o) or u(nknown), of the version that the data lists last, which is the latest."""
    family, _, platform = client.partition(".")
    versions = _by_slug()[slug]["stats"].get(family, {}).get(platform, {})
    return str(list(versions.values())[-1])[0] if versions else "u"


@cache
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DATA.read_bytes())
    return found


@cache
def _by_slug() -> dict[str, dict[str, Any]]:
    return {feature["slug"]: feature for feature in known()}
