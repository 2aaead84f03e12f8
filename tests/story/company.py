"""The service in one process, the post office beside it, and a clock that goes from hour to hour."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from tests.support.world import KEYS, SETTINGS, World

from cliffhanger import catalogue, keys, links
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import DAY, HOUR, MINUTE, as_datetime, as_milliseconds
from cliffhanger.delivery import feedback
from cliffhanger.pace import Pace
from cliffhanger.ports import Account, Mail, MailError, Table
from cliffhanger.publishing import minute, release
from cliffhanger.readers import joining
from cliffhanger.readers.joining import SignUp
from local.post_office.fates import Fate, Fates
from local.post_office.letter import Letter
from local.post_office.office import PostOffice

SLUG = "lantern"
BEGIN = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Counter:
    """The post office's counter: a mailer, and the account behind it."""

    office: PostOffice

    def send(self, mail: Mail) -> None:
        answer = self.office.accept(
            {
                "FromEmailAddress": mail.sender,
                "Destination": {"ToAddresses": [mail.recipient]},
                "EmailTags": [{"Name": name, "Value": value} for name, value in mail.tags.items()],
                "Content": {
                    "Simple": {
                        "Subject": {"Data": mail.subject},
                        "Body": {"Html": {"Data": mail.html}, "Text": {"Data": mail.text}},
                        "Headers": [{"Name": name, "Value": value} for name, value in mail.headers.items()],
                    }
                },
            }
        )
        if answer.status != 200:
            raise MailError(answer.status, answer.headers.get("x-amzn-ErrorType", ""))

    def forget(self, address: str) -> None:
        """Whether it was on the list or not is all one, as it is to the adapter."""
        self.office.forget(address)

    def account(self) -> Account:
        quota = json.loads(self.office.account().body)["SendQuota"]
        return Account(True, quota["MaxSendRate"], quota["Max24HourSend"], quota["SentLast24Hours"])


class Company:
    """Readers are known by their names. `now` is in ms."""

    def __init__(self) -> None:
        self.world = World(replace(SETTINGS, spacing=10 * MINUTE))
        self.world.time = as_milliseconds(BEGIN)
        self.office = PostOffice(clock=lambda: as_datetime(self.now))
        counter = Counter(self.office)
        self.world.worker = replace(self.world.worker, mailer=counter)
        self._counter = counter
        self._fates: dict[str, Fate] = {}
        self.readers: dict[str, str] = {}

    @property
    def now(self) -> int:
        return self.world.time

    @property
    def table(self) -> Table:
        return self.world.table

    @property
    def shelf(self) -> Shelf:
        shelf = catalogue.find(self.world.table, SLUG)
        assert shelf
        return shelf

    def pass_hour(self) -> None:
        """To the next full hour; there the minute's work is done until it makes no more letters."""
        self.world.time += HOUR - self.world.time % HOUR
        letters = -1
        while letters < len(self.office.letters):
            letters = len(self.office.letters)
            minute.tick(self.world.desk, self._counter)
            self.world.work()
            self._bring_events()
            self.world.time += MINUTE

    def join(self, name: str, *, start: str, pace: Pace | None = None, bundle: int = 1) -> None:
        """The form, and the click in the confirmation."""
        address = f"{name.lower()}@example.org"
        token = f"{name}-{self.now}"
        promised = joining.promise(SLUG, SignUp(address, start, "network", "story", pace, bundle), self.now)
        self.world.table.put(keys.confirmation(links.digest(token)), promised | {"until": self.now + DAY})
        _, self.readers[name] = joining.confirm(self.world.table, token, self.shelf, KEYS, self.now)

    def let_go(self) -> None:
        """The author's word to what waits for it."""
        release.let_go(self.world.table, SLUG, self.now)

    def mailbox(self, name: str, fate: Fate) -> None:
        self._fates[f"{name.lower()}@example.org"] = fate
        self.office.fates = Fates(of=dict(self._fates))

    def letters_of(self, day: date) -> list[Letter]:
        """The issues that went out on a day (UTC)."""
        return [letter for letter in self.office.letters if letter.at.date() == day and "epoch" in letter.request.tags]

    def _bring_events(self) -> None:
        for event in self.office.take_events(as_datetime(self.now) + timedelta(hours=1)):
            feedback.take(
                feedback.parse(event),
                table=self.world.table,
                keys_=KEYS,
                settings=self.world.settings,
                clock=self.world.clock,
                newest=self.world.newest_event,
            )
