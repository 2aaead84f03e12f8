"""The queues by the names that an operator gives them; without anything of AWS, for `--help` names them too."""

from __future__ import annotations

QUEUES = ("ingest", "issues", "letters", "feedback")
MAILROOM = "mailroom"
"""Only where readers may write to the service."""

TICK = "tick"
"""A dead-letter queue without a queue: its messages say that a minute failed, and the next minute did its work."""

ALL = (*QUEUES, MAILROOM, TICK)
