"""deliver's process dies by SIGKILL in the middle of a letter. Nobody gets two, nobody gets none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.support.local_cloud import HOUR, MINUTE, LocalCloud, Story

from cliffhanger import keys
from local.post_office.events import events_of
from local.post_office.faults import Fault

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds the process to kill in /proc"),
]

Begin = Callable[..., Story]


def test_killed_between_claim_and_send_a_letter_is_sent_an_hour_later(begin: Begin, here: LocalCloud) -> None:
    story = begin("killed-before").join("ada", "ben")
    here.cloud.post_office.misbehave(Fault.HANG, to=story.address("ada"))
    story.release(1)
    kill_when_stuck(story, "ada")
    assert story.got("ada") == []

    here.pass_time(MINUTE)  # no worker has a letter in hand for longer
    told = here.operator("letters", story.slug, "--in-doubt").splitlines()
    assert len(told) == 1
    assert "a***@killed-before.example.test" in told[0]
    assert "1 is in doubt since" in told[0]

    here.pass_time(50 * MINUTE)
    here.quiet()
    assert story.got("ada") == []
    here.pass_time(HOUR)
    story.wait_for([1], "ada")
    here.wait("the letter is settled", lambda: not story.in_doubt())
    assert here.operator("letters", story.slug, "--in-doubt") == ""
    nobody_gets_more(story, {"ada": [1], "ben": [1]})


def test_killed_between_acceptance_and_settle_a_letter_is_settled_by_its_event(begin: Begin, here: LocalCloud) -> None:
    story = begin("killed-after").join("ada", "ben")
    here.cloud.post_office.misbehave(Fault.ACCEPT_THEN_HANG, to=story.address("ada"))
    story.release(1)
    story.wait_for([1], "ada", "ben")
    here.kill_deliver()
    here.wait("the event settled it", lambda: not story.in_doubt())
    assert story.subscription("ada").bookmark == 1
    nobody_gets_more(story, {"ada": [1], "ben": [1]})


def test_an_event_that_comes_late_settles_it_too(begin: Begin, here: LocalCloud) -> None:
    story = begin("killed-late").join("ada", "ben")
    lose_events_of_a_stuck_letter(story, "ada")
    here.pass_time(MINUTE)
    assert "a***@killed-late" in here.operator("letters", story.slug, "--in-doubt")

    here.pass_time(50 * MINUTE)
    here.quiet()
    for event in events_of(here.cloud.post_office.letters_to(story.address("ada"))[-1]):
        here.publish(event)
    here.wait("the late event settled it", lambda: not story.in_doubt())
    assert story.subscription("ada").bookmark == 1
    nobody_gets_more(story, {"ada": [1], "ben": [1]})


def test_where_every_event_is_lost_a_series_may_hold_the_letter(begin: Begin, here: LocalCloud) -> None:
    story = begin("killed-lost", in_doubt="hold").join("ada", "ben")
    lose_events_of_a_stuck_letter(story, "ada")
    assert story.in_doubt() == [story.address("ada")]

    here.pass_time(HOUR + MINUTE)
    here.wait("the series' policy decided", lambda: not story.in_doubt())
    record = here.table.get(keys.missed(story.slug, 1, story.subscription("ada").reader))
    assert record
    assert record["reason"] == "held"
    story.release(2)
    story.wait_for([1, 2], "ada", "ben")
    nobody_gets_more(story, {"ada": [1, 2], "ben": [1, 2]})


def lose_events_of_a_stuck_letter(story: Story, name: str) -> None:
    office = story.here.cloud.post_office
    office.misbehave(Fault.ACCEPT_THEN_HANG, to=story.address(name))
    office.misbehave(Fault.LOSE_EVENTS, to=story.address(name))
    story.release(1)
    kill_when_stuck(story, name)
    assert story.got(name) == [1]


def kill_when_stuck(story: Story, name: str) -> None:
    """When the post office has the letter and says nothing, and everybody else's is done with."""
    here, only = story.here, [story.address(name)]
    here.wait("the post office is asked", lambda: here.cloud.post_office.ordered == 0)
    story.wait_for([1], "ben")
    here.wait(f"{name}'s letter alone is claimed", lambda: story.in_doubt() == only)
    here.kill_deliver()
    assert story.in_doubt() == only


def nobody_gets_more(story: Story, inboxes: dict[str, list[int]]) -> None:
    """However long one waits."""
    for _ in range(2):
        story.here.pass_time(2 * HOUR)
        story.here.quiet()
    assert {name: story.got(name) for name in inboxes} == inboxes
