"""A small world on the stage: readers, releases and an operator, and a history of what they did."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from traceback import extract_tb
from unittest.mock import patch

from benchmarks.faults.history import History, Membership, Restore
from benchmarks.faults.kept import Backup, KeptTable
from benchmarks.faults.reasons import Record
from benchmarks.stage import scene
from benchmarks.stage.chance import drawn_from
from benchmarks.stage.faults import Fates
from benchmarks.stage.functions import every
from benchmarks.stage.kernel import Kernel
from benchmarks.stage.platform import KEYS, Platform

from cliffhanger import keys, links
from cliffhanger.clock import MINUTE
from cliffhanger.delivery import breaker, pacing
from cliffhanger.delivery.parcels import due_hint
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Item
from cliffhanger.readers import life
from cliffhanger.readers.joining import Start
from cliffhanger.series import InDoubt, Series
from cliffhanger.settings import Settings
from cliffhanger.subscription import State
from cliffhanger.web.page import Site
from local.post_office.letter import Letter

SECOND = 1_000_000
UNSURE_AFTER = 900_000
"""Microseconds after SES took a letter: its worker has settled by then, and no event can have."""


class World:
    """`shards` is how many there are: a small world on few of them is denser, and its minutes are cheaper."""

    def __init__(self, seed: int, settings: Settings, *, shards: int, rate: float, fates: Fates | None = None) -> None:
        self.chance = Random(seed)
        self.kernel = Kernel(fates=fates)
        self.table = KeptTable()
        self.platform = Platform(self.kernel, self.chance, settings=settings, table=self.table, rate=rate)
        self.platform.counter.after_accepting = self._accepted
        every(self.kernel, 60 * SECOND, self._look)
        self.history = History()
        self.unsure: list[Letter] = []
        self._shards = shards
        self._backup: Backup = {}
        self._backed_up_at = 0
        self._open_then: frozenset[str] = frozenset()
        self._seen = 0

    def patches(self) -> tuple[AbstractContextManager[object], ...]:
        """What must hold while this world runs: ids from its seed, and its number of shards."""
        return drawn_from(self.chance), patch.object(keys, "SHARDS", keys.SHARDS[: self._shards])

    # What people do --------------------------------------------------------------------------------------

    def series(self, slug: str, in_doubt: InDoubt = InDoubt.RESEND) -> None:
        scene.series(self.table, Series(slug, f"The {slug.title()} Road", "Mara Quill", in_doubt=in_doubt))
        self.history.released[slug] = 0

    def release(self, slug: str) -> None:
        """The next chapter's grace is over now: the next minute releases it."""
        number = self.history.released[slug] = self.history.released[slug] + 1
        scene.chapter(self.table, self.platform.content, slug, number, ready_at=self.now)

    def join(self, address: str, slug: str, start: Start = Start.NEWEST) -> Membership:
        """A click on a confirmation's button, again until a page answers."""
        stay = Membership(address, slug, self.now)
        token = f"token-{len(self.history.stays)}"
        scene.sign_up(self.table, slug, address, token, start=start, now=self.now)
        before = max(self._newest(slug), 1)

        def click(site: Site) -> None:
            reader = scene.click(site.table, slug, token, site.clock())
            site.hints.issues([due_hint(slug, keys.shard_of(reader))])
            if stay.joined_at < self.now:
                return  # a page that was frozen, and he has long had his answer
            stay.epoch = self._subscription(address, slug)["epoch"]
            stay.joined_at = self.now
            stay.first = (1, 1) if start is Start.FIRST else (before, max(self._newest(slug), 1))

        self.history.stays.append(stay)
        self.platform.visit(click)
        return stay

    def settle_in(self, address: str, slug: str) -> None:
        """A reader who has long been there, before anything was released: live, and waiting."""
        token = f"token-{len(self.history.stays)}"
        scene.sign_up(self.table, slug, address, token, start=Start.NEWEST, now=self.now)
        scene.click(self.table, slug, token, self.now)
        self.history.stays.append(Membership(address, slug, self.now, epoch=1, joined_at=self.now))

    def leave(self, stay: Membership) -> None:
        reader = self._subscription(stay.address, stay.series)["reader"]
        stay.leaving_at = self.now

        def post(site: Site) -> None:
            life.leave(site.table, stay.series, reader, now=site.clock())
            stay.left_at = min(stay.left_at, self.now)

        self.platform.visit(post)

    def operate(self) -> None:
        """What an operator does whom the alarms have called: resume what stands, redrive what was laid aside."""
        for queue in (self.platform.issues, self.platform.letters, self.platform.feedback):
            queue.redrive()
        if "paused" in (self.table.get(keys.PACE) or {}):
            pacing.resume(self.table, self.platform.settings.generation)
        for slug in self.history.released:
            if "halted" in self.meta(slug):
                breaker.resume(self.table, slug, self.now)

    def call_helpers(self) -> None:
        """From now on each shard of an open send is helped as well, as in large sends (delivery/parcels.py)."""
        every(self.kernel, 60 * SECOND, self._help)

    def back_up(self) -> None:
        claims = frozenset(
            item["claim"]["id"]
            for slug in self.history.released
            for item in self.subscriptions(slug)
            if "claim" in item
        )
        self._backup, self._backed_up_at, self._open_then = self.table.backup(), self.now, claims

    def restore(self, *, resumes_in: int) -> None:
        """Put the backup back under a new generation; the operator resumes so much later (ms)."""
        self.table.restore(self._backup)
        settings = replace(self.platform.settings, generation="2:table")
        self.platform.redeploy(settings)
        self.history.restore = Restore(self._backed_up_at, self.now, self.now + resumes_in, self._open_then)
        self.at(resumes_in, lambda: pacing.resume(self.table, settings.generation))

    # Time ------------------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        return self.kernel.now // 1_000

    def at(self, milliseconds: int, act: Callable[[], object]) -> None:
        """Have something happen so long after now."""
        self.kernel.after(milliseconds * 1_000, lambda: (act(), None)[1])

    def run_to_rest(self, at_most: int, operating_every: int = 30) -> bool:
        """Run minute by minute until nothing is left to do; False if that takes longer than `at_most` (ms)."""
        for minute in range(at_most // MINUTE):
            self.platform.run(MINUTE)
            if self.at_rest():
                return True
            if minute % operating_every == operating_every - 1:
                self.operate()
        return False

    def at_rest(self) -> bool:
        """Everything is released, closed and read, and nobody waits for a letter."""
        platform = self.platform
        if any(queue.visible or queue.in_flight for queue in (platform.issues, platform.letters, platform.feedback)):
            return False
        if platform.office.next_event_at or not all(self._closed(slug) for slug in self.history.released):
            return False
        return not any(
            "claim" in item or "due_at" in item or "owed" in item
            for slug in self.history.released
            for item in self.subscriptions(slug)
            if item["state"] == State.ACTIVE.value
        )

    # What there is ---------------------------------------------------------------------------------------

    def meta(self, slug: str) -> Item:
        return self.table.get(keys.series_meta(slug)) or {}

    def subscriptions(self, slug: str) -> list[Item]:
        return [
            item for shard in keys.SHARDS for item in self.table.query(keys.shard_pk(slug, shard), prefix="READER#")
        ]

    def records(self) -> dict[tuple[str, int, str], Record]:
        """Who missed what."""
        return {
            (slug, position, item["address"]): Record(record["reason"], record["at"], record["epoch"])
            for slug, newest in self.history.released.items()
            for item in self.subscriptions(slug)
            for position in range(1, newest + 1)
            for record in self.table.query(f"MISSED#{slug}#{position}", prefix=item["sk"])
        }

    def unforeseen(self) -> list[str]:
        """Errors that are no answer of the world outside: defects."""
        platform = self.platform
        told = [("tick", error) for error in platform.told if not isinstance(error, CliffhangerError)]
        raised = [(function.name, error) for function in platform.functions for error in function.unforeseen]
        return [f"{name} raised {error!r} at {_place(error)}" for name, error in told + raised]

    def unrest(self) -> str:
        """What keeps the world from rest, for whoever looks into a failure."""
        platform = self.platform
        queues = {"issues": platform.issues, "letters": platform.letters, "feedback": platform.feedback}
        waiting = {name: (q.visible, q.in_flight, len(q.dead)) for name, q in queues.items()}
        metas = {s: (self.meta(s).get("newest", 0), self.meta(s).get("closed", 0)) for s in self.history.released}
        claims = [item["claim"] for s in self.history.released for item in self.subscriptions(s) if "claim" in item]
        return f"queues {waiting}, series {metas}, claims {claims}, pace {self.table.get(keys.PACE)}"

    def _closed(self, slug: str) -> bool:
        meta = self.meta(slug)
        return bool(meta.get("closed", 0) == meta.get("newest", 0) == self.history.released[slug])

    def _help(self) -> None:
        for slug in self.history.released:
            if not self._closed(slug):
                for shard in keys.SHARDS:
                    self.platform.issues.send({"series": slug, "help": [shard]})

    def _look(self) -> None:
        """Once a minute somebody notes which sends are closed, and whom the others may not count."""
        for slug in self.history.released:
            closed, newest = self.meta(slug).get("closed", 0), self._newest(slug)
            for position in range(1, closed + 1):
                self.history.closed.setdefault((slug, position), self.now)
            due = {(item["address"], item["epoch"]) for item in self.subscriptions(slug) if "due_at" in item}
            for position in range(closed + 1, newest + 1):
                self.history.by_index[slug, position] |= due

    def _newest(self, slug: str) -> int:
        return int(self.meta(slug).get("newest", 0))

    def _subscription(self, address: str, slug: str) -> Item:
        owner = self.table.get(keys.address(links.address_digest(address, KEYS)))
        assert owner
        item = self.table.get(keys.subscription(slug, owner["reader"]))
        assert item
        return item

    def _accepted(self) -> None:
        """SES took a letter, or said no. See a second later whether its worker knows."""
        self.platform.postman.watch()
        letters = self.platform.office.letters[self._seen :]
        self._seen += len(letters)
        for letter in letters:
            if letter.request.tags.get("kind") == "issue":
                self.kernel.after(UNSURE_AFTER, partial(self._note_if_unsure, letter))

    def _note_if_unsure(self, letter: Letter) -> None:
        tags = letter.request.tags
        item = self.table.get(keys.subscription(tags["series"], tags["reader"])) or {}
        if item.get("claim", {}).get("id") == tags["claim"]:
            self.unsure.append(letter)


def _place(error: Exception) -> str:
    last = extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
