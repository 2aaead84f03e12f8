"""Every source is at-least-once: what comes twice changes nothing. And a release may come while another is sent."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote_plus

import pytest
from tests.support.local_cloud import GRACE, LocalCloud, Story

from cliffhanger import keys, positions
from cliffhanger.clock import as_datetime
from local.post_office.events import events_of

pytestmark = pytest.mark.cloud

Begin = Callable[..., Story]


def test_whatever_comes_twice_changes_nothing(begin: Begin, here: LocalCloud) -> None:
    story = begin("twice").join("ada", "ben")
    story.release(1)
    story.wait_for([1], "ada", "ben")
    here.wait("all is settled", lambda: not story.in_doubt())
    here.quiet()
    here.quiet()
    office = here.cloud.post_office
    before, letters = here.dump(), len(office.letters)

    text = here.s3.get_object(Bucket=here.cloud.outputs["ManuscriptsBucket"], Key="twice/01.md")
    here.send("Ingest", notification(here, "twice/01.md", text["VersionId"]))
    here.send("Ingest", notification(here, "twice/01.md", text["VersionId"]))
    here.drop("twice/01.md", text["Body"].read())
    shards = [keys.shard_of(subscription.reader) for subscription in story.subscriptions()]
    for _ in range(2):
        here.send("Issues", {"series": "twice", "walk": shards})
        here.send("Issues", {"series": "twice", "due": shards})
    for letter in office.letters_to(story.address("ada")):
        here.send("Letters", {"letter": letter.request.tags.get("letter", "unknown")})
        for event in events_of(letter) * 2:
            here.publish(event)
    here.quiet()
    assert here.dump() == before
    assert len(office.letters) == letters


def test_a_chapter_released_while_another_is_sent_comes_after_it(begin: Begin, here: LocalCloud) -> None:
    names = ("ada", "ben", "cleo", "dora", "emil", "finn")
    story = begin("overlap").join(*names)
    here.quiet()
    story.chapter(1)
    here.pass_time(GRACE / 2)
    story.chapter(2)
    here.quiet()
    here.cloud.post_office.allow(rate=1, quota=50_000)
    here.pass_time(GRACE / 2)
    here.wait("the first letter has gone out", lambda: any(story.got(name) for name in names))
    here.pass_time(GRACE / 2)
    here.wait("chapter 2 is out", lambda: story.newest == 2)
    here.cloud.post_office.allow(rate=100, quota=50_000)
    story.wait_for([1, 2], *names)

    second = positions.find(here.table, story.slug, 2)
    assert second
    last_of_first = max(
        letter.at
        for name in names
        for letter in here.cloud.post_office.letters_to(story.address(name))
        if "Chapter 1:" in letter.subject
    )
    assert as_datetime(second.released_at) < last_of_first, "chapter 1 was sent too fast for this test to say anything"


def notification(here: LocalCloud, key: str, version: str) -> dict[str, object]:
    """What S3 puts into the queue (Amazon S3 user guide, "Event message structure")."""
    entity = {
        "bucket": {"name": here.cloud.outputs["ManuscriptsBucket"]},
        "object": {"key": quote_plus(key, safe="/"), "versionId": version},
    }
    return {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "s3": entity}]}
