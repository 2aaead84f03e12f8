"""The way of a chapter by the handlers alone: a file is dropped, readers have joined, each gets one mail."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.support.lambdas import Lambdas, s3_notification, sqs_event
from tests.support.world import SERIES_YAML

from cliffhanger.adapters import aws
from cliffhanger.clock import DAY
from cliffhanger.ports import Object

GRACE_MINUTES = 10


def chapter(number: int) -> str:
    return f"# Chapter {number}: Night {number}\n\nThe lamp burned. It was night {number}.\n"


def begin(lambdas: Lambdas) -> None:
    """A series, and the first minute of its life."""
    lambdas.drop("lantern/series.yaml", SERIES_YAML)
    lambdas.minutes(1)


def ask(lambdas: Lambdas, name: str, start: str = "newest") -> dict[str, Any]:
    answer = lambdas.sign_up(f"{name}@example.org", start=start)
    lambdas.deliver()
    return answer


def join(lambdas: Lambdas, name: str, start: str = "newest") -> None:
    ask(lambdas, name, start)
    link = re.search(r"/confirm/[a-z2-7]+", lambdas.mails_to(f"{name}@example.org")[-1].body)
    assert link
    assert lambdas.post(link[0])["statusCode"] == 200
    lambdas.deliver()


def release(lambdas: Lambdas, *numbers: int) -> None:
    for number in numbers:
        lambdas.drop(f"lantern/{number:02}.md", chapter(number))
    lambdas.pass_seconds(60 * GRACE_MINUTES)
    lambdas.minutes(1)


def issues(lambdas: Lambdas, name: str) -> list[str]:
    """The titles of the chapters in a reader's inbox, in the order of arrival."""
    subjects = [mail.subject for mail in lambdas.mails_to(f"{name}@example.org")]
    return [subject.rpartition(": ")[2] for subject in subjects if "Chapter" in subject]


def metrics(lambdas: Lambdas) -> list[str]:
    """The names of the metrics in the log, in CloudWatch's embedded format."""
    lines = [json.loads(line) for line in lambdas.logged().splitlines() if line.startswith('{"_aws"')]
    return [
        metric["Name"]
        for line in lines
        for directive in line["_aws"]["CloudWatchMetrics"]
        for metric in directive["Metrics"]
    ]


def test_a_dropped_chapter_reaches_each_confirmed_reader_once(lambdas: Lambdas) -> None:
    begin(lambdas)
    join(lambdas, "ada", start="first")
    join(lambdas, "ben", start="newest")
    ask(lambdas, "cleo")
    release(lambdas, 1)
    lambdas.minutes(2)
    assert {name: issues(lambdas, name) for name in ("ada", "ben", "cleo")} == {
        "ada": ["Night 1"],
        "ben": ["Night 1"],
        "cleo": [],
    }


def test_a_reader_who_comes_late_is_carried_from_chapter_one_to_the_newest(lambdas: Lambdas) -> None:
    begin(lambdas)
    release(lambdas, 1, 2)
    join(lambdas, "ada", start="first")
    join(lambdas, "ben", start="newest")
    assert (issues(lambdas, "ada"), issues(lambdas, "ben")) == (["Night 1"], ["Night 2"])
    lambdas.time += DAY
    lambdas.minutes(1)
    assert (issues(lambdas, "ada"), issues(lambdas, "ben")) == (["Night 1", "Night 2"], ["Night 2"])


def test_nothing_goes_out_before_the_grace_is_over(lambdas: Lambdas) -> None:
    begin(lambdas)
    join(lambdas, "ada")
    lambdas.drop("lantern/01.md", chapter(1))
    lambdas.pass_seconds(60 * (GRACE_MINUTES - 1) - 1)
    lambdas.minutes(1)
    assert issues(lambdas, "ada") == []
    lambdas.delete("lantern/01.md")
    lambdas.minutes(2)
    assert issues(lambdas, "ada") == []


def test_the_same_s3_event_again_changes_nothing(lambdas: Lambdas) -> None:
    begin(lambdas)
    notification = sqs_event("ingest", s3_notification("lantern/01.md"))
    lambdas.put("lantern/01.md", chapter(1))
    lambdas.call("ingest", notification)
    once = lambdas.dump()
    lambdas.pass_seconds(3)
    lambdas.call("ingest", notification)
    assert lambdas.dump() == once


def test_a_file_that_cannot_be_read_stays_and_its_author_hears_why(lambdas: Lambdas) -> None:
    begin(lambdas)
    answer = lambdas.drop("lantern/01.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    assert answer == {"batchItemFailures": []}
    lambdas.deliver()
    word = lambdas.mails_to("mara@example.org")[-1]
    assert "01.pdf" in word.subject + word.body
    assert "This is a PDF file, which cannot be read" in word.body
    assert aws.s3().head_object(Bucket="manuscripts", Key="lantern/01.pdf")
    assert metrics(lambdas) == ["ManuscriptRefused"]


def test_a_file_that_cannot_be_read_holds_up_no_other_chapter(lambdas: Lambdas) -> None:
    begin(lambdas)
    join(lambdas, "ada")
    lambdas.drop("lantern/notes.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    release(lambdas, 1)
    assert issues(lambdas, "ada") == ["Night 1"]


def test_a_metric_carries_the_stacks_name_as_the_alarm_asks(lambdas: Lambdas) -> None:
    begin(lambdas)
    lambdas.drop("lantern/01.md", "")
    (line,) = [json.loads(line) for line in lambdas.logged().splitlines() if line.startswith('{"_aws"')]
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert (directive["Namespace"], directive["Dimensions"], line["service"]) == ("Cliffhanger", [["service"]], "test")
    assert line["ManuscriptRefused"] == [1.0]


def test_a_minute_with_nothing_to_count_writes_nothing_to_the_log(lambdas: Lambdas) -> None:
    lambdas.minutes(1)
    assert lambdas.logged() == ""


def test_one_message_that_fails_takes_no_other_with_it_and_tells_no_address(
    lambdas: Lambdas, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(lambdas)
    desk = lambdas.handler("ingest").desk()
    current = desk.manuscripts.current

    def fail_at_two(key: str) -> Object | None:
        if key == "lantern/02.md":
            raise RuntimeError("no luck with mara@example.org")
        return current(key)  # type: ignore[no-any-return]

    monkeypatch.setattr(desk.manuscripts, "current", fail_at_two)
    names = ["lantern/01.md", "lantern/02.md", "lantern/03.md"]
    for number, name in enumerate(names, start=1):
        lambdas.put(name, chapter(number))
    batch = sqs_event("ingest", *map(s3_notification, names))
    answer = lambdas.call("ingest", batch)
    assert answer == {"batchItemFailures": [{"itemIdentifier": batch["Records"][1]["messageId"]}]}
    assert {key.sk for key in lambdas.dump() if key.sk.startswith("CHAPTER#")} == {
        "CHAPTER#chapter-1",
        "CHAPTER#chapter-3",
    }
    assert "RuntimeError" in lambdas.logged()
    assert "mara" not in lambdas.logged()


def test_the_same_hints_again_send_nothing_again(lambdas: Lambdas) -> None:
    begin(lambdas)
    join(lambdas, "ada")
    release(lambdas, 1)
    (shard,) = [key.sk.partition("#")[2] for key in lambdas.dump() if key.sk.startswith("SHARD#")]
    sent = len(lambdas.mails)
    for hint in ({"series": "lantern", "walk": [shard]}, {"series": "lantern", "due": [shard]}):
        lambdas.call("deliver", sqs_event("issues", json.dumps(hint), json.dumps(hint)))
    assert len(lambdas.mails) == sent


def test_with_its_time_nearly_up_deliver_begins_no_letter(lambdas: Lambdas) -> None:
    begin(lambdas)
    join(lambdas, "ada")
    lambdas.drop("lantern/01.md", chapter(1))
    lambdas.pass_seconds(60 * GRACE_MINUTES)
    lambdas.left_ms = 29_000
    lambdas.minutes(1)
    assert issues(lambdas, "ada") == []
    lambdas.left_ms = 60_000
    lambdas.minutes(1)
    assert issues(lambdas, "ada") == ["Night 1"]


def test_who_has_the_feed_already_is_told_so_and_an_unchanged_one_keeps_its_tag(lambdas: Lambdas) -> None:
    """RFC 9110, 13.1.2; CloudFront asks S3 in the same way."""
    begin(lambdas)
    release(lambdas, 1)
    s3 = aws.s3()
    feed = {"Bucket": "site", "Key": "lantern/feed.xml"}
    tag = s3.get_object(**feed)["ETag"]
    lambdas.drop("lantern/series.yaml", SERIES_YAML + "in_doubt: hold\n")
    lambdas.minutes(2)

    with pytest.raises(ClientError) as told:
        s3.get_object(**feed, IfNoneMatch=tag)
    assert told.value.response["ResponseMetadata"]["HTTPStatusCode"] == 304

    release(lambdas, 2)
    assert s3.get_object(**feed, IfNoneMatch=tag)["ContentType"] == "application/atom+xml; charset=utf-8"
    assert s3.head_object(Bucket="site", Key="lantern/lantern.epub")["ContentType"] == "application/epub+zip"
