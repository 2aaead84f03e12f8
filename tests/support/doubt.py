"""A letter of which nobody can say whether SES took it, and what lets silence mean something."""

from __future__ import annotations

from cliffhanger.clock import MINUTE
from cliffhanger.ports import Mail
from tests.support.world import SERIES_YAML, World, refuse


def leave_in_doubt(world: World, *, policy: str = "resend") -> None:
    """Ada's letter of chapter 2 got no answer."""
    world.series(yaml=SERIES_YAML + f"in_doubt: {policy}\n")
    world.release(1)
    world.join("ada")
    world.work()
    world.release(2)
    world.mailer.next = [refuse(None, "NoAnswer")]
    world.minutes(1)
    assert world.subscription("ada").claim


def let_feedback_show_that_it_works(world: World) -> None:
    """A letter sent well after the claim brings its event."""
    world.time += 3 * MINUTE
    probe = Mail("a@b.example", "probe@example.org", "", "", "", {}, {"kind": "probe", "letter": "none"})
    world.event(probe, "Send")
