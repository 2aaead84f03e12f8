"""A file that nobody can read, and what the operator sees and says."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from tests.support.local_cloud import LocalCloud, Story, text_of

pytestmark = pytest.mark.cloud

Begin = Callable[..., Story]
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"


def test_a_file_that_cannot_be_read_is_answered_counted_and_kept(begin: Begin, here: LocalCloud) -> None:
    story = begin("unreadable").join("ada")
    counted = refusals(here)
    story.drop("interlude.md", PICTURE)
    here.wait("the author is told", lambda: any("interlude.md" in text_of(word) for word in story.words()))
    word = next(word for word in story.words() if "interlude.md" in text_of(word))
    assert "picture" in text_of(word)

    kept = here.s3.get_object(Bucket=here.cloud.outputs["ManuscriptsBucket"], Key="unreadable/interlude.md")
    assert kept["Body"].read() == PICTURE
    assert refusals(here) == counted + 1
    story.release(1, 2)
    story.wait_for([1, 2], "ada")


def refusals(here: LocalCloud) -> int:
    """How often the metric was counted that the stack's alarm looks at, in CloudWatch's embedded metric format."""
    alarms = here.cloud.client("cloudwatch").describe_alarms()["MetricAlarms"]
    alarm = next(alarm for alarm in alarms if alarm["MetricName"] == "ManuscriptRefused")
    dimensions = {dimension["Name"]: dimension["Value"] for dimension in alarm["Dimensions"]}
    count = 0
    for line in here.logged("ingest"):
        if '"ManuscriptRefused"' in line:
            entry = json.loads(line)
            assert entry["_aws"]["CloudWatchMetrics"][0]["Namespace"] == alarm["Namespace"]
            assert entry["_aws"]["CloudWatchMetrics"][0]["Dimensions"] == [list(dimensions)]
            assert dimensions.items() <= entry.items()
            count += sum(entry["ManuscriptRefused"])
    return count


def test_an_operator_sees_stops_and_starts_the_sending(begin: Begin, here: LocalCloud) -> None:
    story = begin("operated").join("ada")
    assert here.operator("status").startswith("Sending at 90 of 90 letters a second; ")

    here.operator("pause")
    story.release(1)
    here.quiet()
    assert story.got("ada") == []
    assert here.operator("status").startswith("PAUSED: an operator stopped it. `cliffhanger resume` goes on.\n")
    status = json.loads(here.operator("status", "--json"))
    assert [line["state"] for line in status["series"] if line["series"] == "operated"] == ["paused"]
    assert [(send["position"], send["sent"]) for send in status["sends"] if send["series"] == "operated"] == [(1, 0)]
    assert "not yet: is at 0" in here.operator("letters", "operated", "1")

    here.operator("resume")
    story.wait_for([1], "ada")
    here.wait("the send is closed", lambda: closed(here, "operated"))
    (ada,) = here.operator("letters", "operated", "1", "--reader", story.address("ada")).splitlines()
    assert "a***@operated.example.test" in ada
    assert " sent" in ada
    assert here.operator("letters", "operated", "--in-doubt") == ""


def closed(here: LocalCloud, slug: str) -> bool:
    series = json.loads(here.operator("status", "--json"))["series"]
    return any(line["series"] == slug and line["state"] == "sent" for line in series)
