"""Carries the post office's events to wherever they are published, a moment after the answer as SES does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable

from local.post_office.office import PostOffice

ROUND = 0.05  # seconds


class Postman:
    """`publish` takes one event as JSON, as SES gives it to an SNS topic."""

    def __init__(self, office: PostOffice, publish: Callable[[str], None]) -> None:
        self._office = office
        self._publish = publish
        self._off_duty = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="postman", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._off_duty.set()
        self._thread.join()

    def _walk(self) -> None:
        while not self._off_duty.wait(ROUND):
            for event in self._office.take_events():
                self._publish(json.dumps(event))
