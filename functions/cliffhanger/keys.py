"""Where each item lives in the one table (docs/architecture.md has the same as a picture).

    CATALOGUE          / <series>          that there is such a series
    SERIES#s           / META              the series, `newest`, `closed`
    SERIES#s           / FILE#<name>       what an author's file became
    SERIES#s           / SHOWS#<name>      which files show a picture of that name, come or not
    SERIES#s           / CHAPTER#<id>      a chapter, released or not
    SERIES#s           / POSITION#<n>      an issue in its order of release
    SITE#              / <series>          what of a series' pages is still to be written
    SITE#              / HOUSE             the same of the pages of all series: the list, the map of the site
    SERIES#s           / SHARD#<00-3f>     a shard that holds somebody, and how far its walk is
    SERIES#s#<00-3f>   / READER#<id>       a subscription
    READER#id          / PROFILE           a reader's address and series
    ADDRESS#<hmac>     / ADDRESS           whose an address is, and whether it is suppressed
    CONFIRM#<hash>     / CONFIRM           a sign-up that waits for its click
    LETTER#id          / LETTER            a confirmation or a word to an author
    MISSED#s#n         / READER#<id>       who did not get a position, and why
    SEND#s#n           / TOTAL             counts of a send
    LIMIT#…            / <window>          sign-ups counted
    PACE               / PACE              the slots that all senders share
    FEEDBACK           / STATE             the newest event seen, and when one last failed
    REPUTATION         / <hour>            bounces and complaints of its letters

Due subscriptions and letters are also in the sparse index `due` (due_pk, due_at).
"""

from __future__ import annotations

import hashlib

from cliffhanger.ports import Key

SHARDS = tuple(f"{n:02x}" for n in range(64))

PACE = Key("PACE", "PACE")
FEEDBACK = Key("FEEDBACK", "STATE")
CATALOGUE = "CATALOGUE"
SITE = "SITE#"


def shard_of(identifier: str) -> str:
    return SHARDS[hashlib.sha256(identifier.encode()).digest()[0] % len(SHARDS)]


DUE_LETTERS = "DUE#letters"
"""In the index of the due: letters apart from readers, so that no crowd of readers hides a confirmation."""


def due_pk(shard: str) -> str:
    return f"DUE#{shard}"


def catalogue(series: str) -> Key:
    return Key(CATALOGUE, series)


def site(series: str) -> Key:
    return Key(SITE, series)


def house() -> Key:
    """No series is called that: their names are in lower case."""
    return Key(SITE, "HOUSE")


def series_pk(series: str) -> str:
    return f"SERIES#{series}"


def series_meta(series: str) -> Key:
    return Key(series_pk(series), "META")


def file(series: str, name: str) -> Key:
    return Key(series_pk(series), f"FILE#{name}")


def shows(series: str, picture: str) -> Key:
    return Key(series_pk(series), f"SHOWS#{picture}")


def chapter(series: str, chapter_id: str) -> Key:
    return Key(series_pk(series), f"CHAPTER#{chapter_id}")


def position(series: str, number: int) -> Key:
    return Key(series_pk(series), f"POSITION#{number:06d}")


def shard(series: str, shard: str) -> Key:
    return Key(series_pk(series), f"SHARD#{shard}")


def shard_pk(series: str, shard: str) -> str:
    return f"SERIES#{series}#{shard}"


def subscription(series: str, reader: str) -> Key:
    return Key(shard_pk(series, shard_of(reader)), f"READER#{reader}")


def profile(reader: str) -> Key:
    return Key(f"READER#{reader}", "PROFILE")


def address(digest: str) -> Key:
    return Key(f"ADDRESS#{digest}", "ADDRESS")


def confirmation(digest: str) -> Key:
    return Key(f"CONFIRM#{digest}", "CONFIRM")


def letter(letter_id: str) -> Key:
    return Key(f"LETTER#{letter_id}", "LETTER")


def missed(series: str, position: int, reader: str) -> Key:
    return Key(f"MISSED#{series}#{position}", f"READER#{reader}")


def send_total(series: str, position: int) -> Key:
    return Key(f"SEND#{series}#{position}", "TOTAL")


def limit(subject: str, window: int) -> Key:
    return Key(f"LIMIT#{subject}", str(window))


def reputation(hour: int) -> Key:
    """Hours since 1970."""
    return Key("REPUTATION", f"{hour:08d}")
