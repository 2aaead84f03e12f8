"""The scene that every file of events/ is played in. Its names are those of events/README.md.

The Lantern Road has been there for twenty minutes. Chapter 1 is out. Chapter 2 goes out now. Chapter 6 waits for its
author's word. Chapter 7 was dropped just now, and its file is gone again. Some files lie in the bucket unread.
Ada's letter of chapter 1 is in doubt since half a minute. Ben has not had it yet. Cleo catches up, and is due.
Dora has a confirmation mail, and has not clicked. Emil's confirmation is not sent yet. The mails that events/mailroom
tells of lie in the inbound bucket.
"""

from __future__ import annotations

from dataclasses import replace

from tests.support import drawn
from tests.support.aws import INBOUND_BUCKET
from tests.support.lambdas import EVENTS, KEYS, Lambdas
from tests.support.world import SERIES_YAML, SETTINGS, START

from cliffhanger import keys, links, outbox
from cliffhanger.adapters import aws
from cliffhanger.clock import DAY, MINUTE, SECOND
from cliffhanger.delivery import account
from cliffhanger.mailbody import MailBody, Place
from cliffhanger.outbox import Letter
from cliffhanger.pace import Kind, Pace
from cliffhanger.ports import Item

ADA, BEN, CLEO = "adaadaadaadaadaa", "benbenbenbenbenb", "cleocleocleocleo"
DORAS_TOKEN = "doradoradoradoradoradoradoradora"
EMILS_LETTER = "emilemilemilemil"
GRACE = 10 * MINUTE

LAST_LAMP = "![The last lamp](the%20last%20lamp.png)"

UNREAD: dict[str, str | bytes] = {
    "lantern/03.md": "# Chapter 3: Salt\n\nThe sea had been at the wick.\n",
    "lantern/Kapitel 4 – Über den Fluß.md": "# Chapter 4: Over the River\n\nThe ferryman asked for a name.\n",
    "lantern/05.pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "lantern/the last lamp.png": drawn.png(),
    "quay/series.yaml": "title: The Quay\nauthor: Mara Quill\nauthor_address: mara@example.org\n",
    "notes.txt": "Lies in no series.",
}


def play(lambdas: Lambdas) -> None:
    lambdas.time = START - 2 * GRACE
    lambdas.drop("lantern/series.yaml", SERIES_YAML)
    lambdas.drop("lantern/01.md", "# Chapter 1: The First Lamp\n\nThe lamp burned low.\n")
    lambdas.time = START - GRACE
    lambdas.tick()
    lambdas.drop("lantern/02.md", "# Chapter 2: Oil\n\nThere was oil for one night.\n")
    lambdas.time = START
    lambdas.drop("lantern/06.md", f"# Chapter 6: The Keeper\n\nNobody kept the light.\n\n{LAST_LAMP}\n")
    lambdas.table.update(keys.chapter("lantern", "chapter-6"), set={"stage": "held"})
    lambdas.drop("lantern/07.md", "# Chapter 7: Morning\n\nMorning came.\n")
    aws.s3().delete_object(Bucket="manuscripts", Key="lantern/07.md")
    for key, text in UNREAD.items():
        lambdas.put(key, text)
    for mail in (EVENTS / "mailroom").glob("*.eml"):
        aws.s3().put_object(Bucket=INBOUND_BUCKET, Key=mail.stem, Body=mail.read_bytes())
    _readers(lambdas)
    _letters(lambdas)
    settings = replace(SETTINGS, generation="1:cliffhanger")
    account.adapt(lambdas.table, lambdas.accounts.account(), settings=settings, now=START)


def _readers(lambdas: Lambdas) -> None:
    claim = {"id": "c1a1", "epoch": 1, "from": 1, "to": 1, "at": START - 30 * SECOND, "owed": False}
    _reader(lambdas, "ada", ADA, {"claim": claim})
    _reader(lambdas, "ben", BEN, {})
    _reader(lambdas, "cleo", CLEO, {"due_pk": keys.due_pk(keys.shard_of(CLEO)), "due_at": START})


def _reader(lambdas: Lambdas, name: str, reader: str, more: Item) -> None:
    address, table = f"{name}@example.org", lambdas.table
    subscription = {
        "series": "lantern",
        "reader": reader,
        "state": "active",
        "pace": Pace(Kind.DAYS).to_item(),
        "address": address,
        "bookmark": 0,
        "epoch": 1,
        "joined_by": "",
        "joined_at": START - DAY,
        "proof": {},
    }
    table.put(keys.subscription("lantern", reader), subscription | more)
    table.put(keys.profile(reader), {"address": address, "series": frozenset({"lantern"})})
    table.put(keys.address(links.address_digest(address, KEYS)), {"reader": reader, "confirmed_at": START - DAY})
    table.put(keys.shard("lantern", keys.shard_of(reader)), {"joined_at": START - DAY})


def _letters(lambdas: Lambdas) -> None:
    sign_up = {"series": "lantern", "start": "first", "proof": {"asked_at": START}}
    dora = {**sign_up, "address": "dora@example.org", "until": START + 7 * DAY}
    lambdas.table.put(keys.confirmation(links.digest(DORAS_TOKEN)), dora)
    letter = Letter(
        id=EMILS_LETTER,
        kind="confirmation",
        sender='"The Lantern Road" <lantern@stories.example.org>',
        recipient="emil@example.org",
        body=MailBody("Please confirm", ("<p>", Place.CONFIRM, "</p>"), (Place.CONFIRM,)),
        confirms={**sign_up, "address": "emil@example.org"},
    )
    outbox.post(lambdas.table, lambdas.content, letter, now=START)
