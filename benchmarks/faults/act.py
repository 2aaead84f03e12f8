"""One world of the search for every interleaving, from its root on.

Only calls on what others change are points of interleaving: the subscription, the series, the shard's mark, records
of misses, and SES. Slots are private here: pacing decides when a letter goes, not whether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from typing import Any

from benchmarks.faults.ending import Post, wrong_at_the_end
from benchmarks.faults.explorer import Choice, Player, begin_anew, let_go, point
from benchmarks.faults.interleavings import ADDRESS, BOTH, SETTINGS_OF_THE_SEARCH, SLUG, START, Plot, reader_of
from benchmarks.faults.kept import Backup, KeptTable
from benchmarks.faults.shared import ALONE, AtOnce, Hints, SharedTable
from benchmarks.stage import scene
from benchmarks.stage.platform import KEYS, KeptContent
from greenlet import getcurrent  # type: ignore[import-untyped]

from cliffhanger import catalogue, keys
from cliffhanger.clock import HOUR, MINUTE
from cliffhanger.delivery import feedback, feeder
from cliffhanger.delivery.feedback import Event, Meaning
from cliffhanger.delivery.feedback_health import LATEST_POST, Newest
from cliffhanger.delivery.worker import Worker
from cliffhanger.errors import CliffhangerError
from cliffhanger.ports import Key, Mail, MailError
from cliffhanger.publishing.release import release_due
from cliffhanger.readers import life
from cliffhanger.readers.joining import Start

LATER = (HOUR + 2 * MINUTE, 4 * MINUTE, HOUR + 2 * MINUTE, 4 * MINUTE, 4 * MINUTE)
"""How time goes on at the end: an hour for what is in doubt, then a hint's life."""

SETTINGS = SETTINGS_OF_THE_SEARCH
SIGNATURE_LIFE = 5 * MINUTE


class Act:
    """A scene of the explorer (see there for what its methods are asked)."""

    def __init__(self, plot: Plot, root: Backup, content: KeptContent) -> None:
        self.plot = plot
        self.table = KeptTable()
        self.table.restore(root)
        self.now = START
        self.posts: list[Post] = []
        self.players: dict[str, Player] = {}
        self._content = content
        self._spent = False
        self._second = False
        self._wrong: str | None = None
        self._was = (0, 0)
        # Where both do the same, it is all one whom the fault strikes.
        self._unlucky = "A" if plot.hints[0] == plot.hints[1] else "AB"
        self._ids: Counter[str] = Counter()
        self._reader = reader_of(self.table)
        self._key = keys.subscription(SLUG, self._reader)
        self._shard = keys.shard_of(self._reader)
        for name, hint in zip("AB", plot.hints, strict=True):
            times = BOTH if plot.twice and name == "A" else 1
            self._add(name, partial(self._work, {"series": SLUG, hint: [self._shard]}, times))
        if plot.out < BOTH:
            self._add("R", self._release)
        if plot.leaves:
            self._add("L", self._leave_and_return)
        self._begin()

    # The explorer's ----------------------------------------------------------------------------------------

    def choices(self) -> Sequence[Choice]:
        ready = [player for player in self.players.values() if player.is_ready]
        if not ready:
            return [("hour", "")] if any(player.frozen for player in self.players.values()) else []
        found = [("step", player.name) for player in ready]
        if not self._spent:
            found += [(fault, p.name) for p in ready if p.name in self._unlucky for fault in self._faults(p)]
        return found

    def do(self, choice: Choice) -> None:
        what, name = choice
        if what == "hour":
            return self._hour()
        player = self.players[name]
        self._spent = self._spent or what != "step"
        if what == "crash":
            player.alive = False
        elif what == "freeze":
            player.frozen = True
        else:
            player.go_on(what)
            self._begin()
            self._look(player)
        return None

    def digest(self) -> Hashable:
        store = frozenset(
            (pk, sk, tuple(sorted((name, repr(value)) for name, value in item.items())))
            for pk, items in self.table.backup().items()
            if not pk.startswith(ALONE)
            for sk, item in items.items()
        )
        players = tuple((player.digest, self._ids[player.name]) for player in self.players.values())
        return self._second, self._spent, hash(store), players, tuple(self.posts)

    def wrong(self) -> str | None:
        return self._wrong

    def end(self) -> str | None:
        """What the service's own schedule makes of it."""
        worker = self._worker()
        for later in LATER:
            self.now += later
            self._hear()
            for hint in self._hints():
                worker.take(hint, enough=lambda: False)
                self._hear()
        return self._wrong or wrong_at_the_end(self.table, self._reader, self.posts, self.plot)

    def close(self) -> None:
        let_go(list(self.players.values()))

    # What the players do -----------------------------------------------------------------------------------

    def _work(self, hint: dict[str, Any], times: int = 1) -> None:
        for time in range(times):
            begin_anew(time)
            self._worker().take(hint, enough=lambda: False)

    def _worker(self) -> Worker:
        return Worker(
            table=SharedTable(self.table, self._is_settled),
            content=self._content,
            mailer=self,
            feedback_queue=self,
            clock=lambda: self.now,
            sleep=lambda _: None,
            pool=AtOnce(),
            keys=KEYS,
            settings=SETTINGS,
        )

    def send(self, mail: Mail) -> None:
        """SES. What was signed long ago it refuses, so a worker may freeze here without harm."""
        point("post", partial(self._accept, mail, self.now), lambda: MailError(None, "NoAnswer"))

    def forget(self, address: str) -> None:
        raise AssertionError(f"no letters here: {len(address)}")

    def unread(self) -> int:
        """The feedback queue: whoever asks, asks after an hour."""
        return 0

    def _release(self) -> None:
        table = SharedTable(self.table, self._is_settled)
        shelf = catalogue.find(table, SLUG)
        assert shelf
        release_due(table, shelf, self.now, show=lambda _series, _position: None)

    def _leave_and_return(self) -> None:
        table = SharedTable(self.table, self._is_settled)
        life.leave(table, SLUG, self._reader, now=self.now)
        scene.sign_up(self.table, SLUG, ADDRESS, "token-1", start=Start.NEWEST, now=self.now)
        scene.click(table, SLUG, "token-1", self.now)

    def _accept(self, mail: Mail, signed_at: int) -> None:
        if self.now - signed_at > SIGNATURE_LIFE:
            raise MailError(403, "InvalidSignatureException", "Signature expired")
        post = Post(mail.tags["claim"], int(mail.tags["epoch"]), int(mail.tags["position"]))
        if post in self.posts:
            self._wrong = f"two letters under the claim {post.claim}"
        claim = self.table.peek(self._key).get("claim")
        if claim and claim["id"] == post.claim and self.now - claim["at"] > LATEST_POST:
            self._wrong = "a letter goes out more than a minute after its claim"
        self.posts.append(post)
        if isinstance(getcurrent(), Player):
            self._add(f"F{len(self.posts)}", partial(self._feedback, post))
        else:
            self._feedback(post)

    def _feedback(self, post: Post) -> None:
        tags = {"kind": "issue", "series": SLUG, "reader": self._reader}
        tags |= {"epoch": str(post.epoch), "position": str(post.position), "claim": post.claim}
        event = Event(Meaning.ACCEPTED, self.now, tags)
        table, clock = SharedTable(self.table, self._is_settled), lambda: self.now
        feedback.take(event, table=table, keys_=KEYS, settings=SETTINGS, clock=clock, newest=Newest())

    # How time goes on --------------------------------------------------------------------------------------

    def _hour(self) -> None:
        self._second = True
        self.now += HOUR + 2 * MINUTE
        self._hear()
        for player in self.players.values():
            player.frozen = False
        self._add("C", partial(self._work, {"series": SLUG, "walk": [self._shard]}))
        self._begin()

    def _hear(self) -> None:
        """A later letter's event has come: silence means something."""
        self.table.update(keys.FEEDBACK, set={"seen": self.now})

    def _hints(self) -> list[dict[str, Any]]:
        hints = Hints([])
        shelf = catalogue.find(self.table, SLUG)
        assert shelf
        feeder.feed(SharedTable(self.table, self._is_settled), hints, [shelf], SETTINGS, self.now)
        return hints.found

    # What must hold ----------------------------------------------------------------------------------------

    def _look(self, player: Player) -> None:
        """After each step."""
        item = self.table.peek(self._key)
        is_ = item["epoch"], item["bookmark"]
        if is_ < self._was:
            self._wrong = f"epoch and bookmark went from {self._was} to {is_}"
        self._was = is_
        if player.error and not isinstance(player.error, CliffhangerError):
            self._wrong = f"{player.name} raised {player.error!r}"

    # Small things ------------------------------------------------------------------------------------------

    def _faults(self, player: Player) -> Iterator[str]:
        """Who dies before he reads has done no more than who dies after it: only writes are points to die at."""
        writes = not (player.at or "").startswith(("get", "query", "due"))
        for fault in self.plot.faults:
            if writes or fault == "freeze":
                yield fault

    def _is_settled(self, key: Key, operation: str) -> bool:
        """Whether no other player will change what is asked for, or mind: then it needs no point.

        Chapters and positions stay as they are; so does the series once the releases are over.
        """
        if key.pk != keys.series_pk(SLUG):
            return False
        if key.sk == "META":
            return operation == "get" and ("R" not in self.players or self.players["R"].done)
        return not key.sk.startswith("SHARD#")

    def _add(self, name: str, run: Callable[[], object]) -> None:
        self.players[name] = Player(name, run)

    def _begin(self) -> None:
        for player in self.players.values():
            player.begin()

    def draw_id(self) -> str:
        """An id that a player draws: the same on each way to the same state."""
        me = getcurrent()
        name = me.name if isinstance(me, Player) else "end"
        self._ids[name] += 1
        return f"{name}{self._ids[name]}"
