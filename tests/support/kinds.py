"""One chapter of each kind: from the manuscripts in tests/fixtures/kinds to the mails that readers get, for real.

`tell()` gives them all; whoever judges mails or pages takes them from there. A chapter that becomes several issues is
under its kind's name and "<kind>-2" …; a new kind is a file in the folder and a row in KINDS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cliffhanger import pace
from cliffhanger.clock import DAY, HOUR
from cliffhanger.ports import Mail
from cliffhanger.publishing import release
from cliffhanger.publishing.settings_file import FILE_NAME
from cliffhanger.readers import life
from tests.support import prose
from tests.support.mails import INBOUND
from tests.support.world import SETTINGS, World

FOLDER = Path(__file__).parents[1] / "fixtures" / "kinds"
PICTURES = (".png", ".jpg")
ENGLISH = "the-night-post"
KINDS = {
    "prologue": f"{ENGLISH}/00-prologue.md",
    "dialogue": f"{ENGLISH}/01-the-sorting-car.txt",
    "verse": f"{ENGLISH}/02-the-sorters-rhyme.md",
    "letters": f"{ENGLISH}/03-letters-in-transit.md",
    "footnotes": f"{ENGLISH}/04-the-small-print.md",
    "warnings": f"{ENGLISH}/05-the-fifty-third-mile.txt",
    "picture": f"{ENGLISH}/06-the-map.md",
    "interlude": f"{ENGLISH}/06.5-the-dead-letter-album.docx",
    "notice": f"{ENGLISH}/07-a-late-train.txt",
    "long": f"{ENGLISH}/08-the-long-straight.md",
    "epilogue": f"{ENGLISH}/09-epilogue.md",
    "german": "das-stellwerk/01-der-gegenzug.md",
    "arabic": "masabih-al-mina/01-al-misbah-al-akhir.md",
    "hebrew": "migdal-hashaon/01-arba-veasara.md",
    "japanese": "kawa-no-yubin/01-watashi.md",
}
LONG = 20_000
"""Words of the long chapter, which is made and not kept: more than one mail can hold."""

COMPLETE = "status: complete\n"
BUNDLED = 3
ROUNDS = 2
"""A notice waits for the author's word, and so do chapters that become too many issues."""


@dataclass(frozen=True, slots=True)
class Telling:
    """`mails` by kind, in the order in which they went out. `world` is as all this left it."""

    world: World
    mails: dict[str, Mail]


def tell() -> Telling:
    """Ada gets each chapter when it comes; Ben comes when all is told, and gets the first chapters as one mail."""
    world = World(replace(SETTINGS, inbound_domain=INBOUND))
    mails: dict[str, Mail] = {}
    for slug in dict.fromkeys(file.partition("/")[0] for file in KINDS.values()):
        begin(world, slug)
        for kind, file in KINDS.items():
            if file.startswith(f"{slug}/"):
                mails |= _named(kind, publish(world, file, manuscript(file)))
    mails |= _named("farewell", _farewell(world))
    mails |= _named("bundle", _bundle(world))
    return Telling(world, mails)


def manuscript(file: str) -> bytes:
    path = FOLDER / file
    return path.read_bytes() if path.exists() else prose.chapter("en", LONG, number=8).encode()


def begin(world: World, slug: str) -> None:
    """The settings of a series and its pictures; Ada follows it."""
    for path in sorted((FOLDER / slug).iterdir()):
        if path.suffix in PICTURES or path.name == FILE_NAME:
            world.drop(f"{slug}/{path.name}", path.read_bytes())
    world.time += DAY  # confirmations to one address are few a day
    world.join("ada", slug=slug)


def publish(world: World, file: str, data: bytes) -> list[Mail]:
    """Drop a manuscript; what Ada, who follows its series, gets of it. Where the author is asked, he says yes."""
    before = len(world.issues("ada"))
    world.drop(file, data)
    world.post_letters()
    for _ in range(ROUNDS):
        release.let_go(world.table, file.partition("/")[0], world.time)
        _let_time_pass(world)
    return world.issues("ada")[before:]


def _farewell(world: World) -> list[Mail]:
    before = len(world.issues("ada"))
    world.drop(f"{ENGLISH}/{FILE_NAME}", (FOLDER / ENGLISH / FILE_NAME).read_text() + COMPLETE)
    _let_time_pass(world)
    return world.issues("ada")[before:]


def _bundle(world: World) -> list[Mail]:
    world.join("ben", "first", slug=ENGLISH)
    life.set_pace(world.table, ENGLISH, world.reader("ben"), pace.LIVE, bundle=BUNDLED, now=world.time)
    _let_time_pass(world)
    world.time += DAY
    _let_time_pass(world)
    return [mail for mail in world.issues("ben") if "before" in mail.tags][:1]


def _let_time_pass(world: World) -> None:
    world.time += HOUR
    world.tick()
    world.work()


def _named(kind: str, mails: Sequence[Mail]) -> dict[str, Mail]:
    return {kind if at == 1 else f"{kind}-{at}": mail for at, mail in enumerate(mails, start=1)}
