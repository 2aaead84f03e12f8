"""The demo's path: an author's files, three readers at their browsers, judged by the whole of each mail."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from email.message import EmailMessage
from html.parser import HTMLParser

import boto3
import pytest
from botocore.exceptions import ClientError
from tests.support.local_cloud import DAY, GRACE, TOKEN, LocalCloud, Story, html_of, one_click, text_of

from local import visitor
from local.ministack import REGION
from local.walkthrough import AUTHOR, FIRST, LATER, READERS, SERIES, STORY, TITLES

pytestmark = pytest.mark.cloud

LARGEST_HTML = 100_000  # bytes
URL = re.compile(r"https?://[^\s<>\"]+")


@pytest.fixture(scope="module")
def inboxes(running_cloud: LocalCloud) -> dict[str, list[EmailMessage]]:
    """The whole path once: two chapters before anybody follows, three sign-ups, two chapters more."""
    here, story = running_cloud, TheLanternRoad(running_cloud, SERIES)
    # As `aws s3 sync` would: all at once, so that the settings and a chapter are worked on at the same time.
    story.publish("series.yaml", *(chapter.file for chapter in FIRST))
    for reader in READERS:
        story.subscribe(reader.name.lower(), reader.start)
        if reader.confirms:
            story.confirm(reader.name.lower())
    here.wait("Cleo, too, was asked to confirm", lambda: story.confirmation("cleo"))
    here.wait("Ada has begun", lambda: len(story.issues("ada")) == 1)
    story.publish(*(chapter.file for chapter in LATER))
    for chapters in (2, 3, 4):
        here.pass_time(DAY)
        here.wait(f"Ada has {chapters} chapters", lambda chapters=chapters: len(story.issues("ada")) == chapters)
    here.wait("Ben has his", lambda: len(story.issues("ben")) == 3)
    here.quiet()
    return {reader.name: story.mails(story.address(reader.name.lower())) for reader in READERS} | {
        "the author": story.mails(AUTHOR)
    }


class TheLanternRoad(Story):
    def publish(self, *files: str) -> None:
        released = self.newest + sum(not name.endswith(".yaml") for name in files)
        for name in files:
            self.here.drop(f"{self.slug}/{name}", (STORY / name).read_bytes())
        self.here.wait("all files were taken in", lambda: not self.here.messages(("Ingest",), "QueueUrl"))
        self.here.pass_time(GRACE)
        self.here.wait(f"{released} chapters are out", lambda: self.newest == released)


def issues(mails: list[EmailMessage]) -> list[EmailMessage]:
    return [mail for mail in mails if mail["List-Unsubscribe"]]


def test_each_reader_has_the_right_chapters_in_the_right_order(inboxes: dict[str, list[EmailMessage]]) -> None:
    for reader in READERS:
        got = [next(title for title in TITLES if title in mail["Subject"]) for mail in issues(inboxes[reader.name])]
        assert tuple(got) == reader.chapters


def test_nobody_is_sent_more_than_his_chapters_and_one_confirmation(inboxes: dict[str, list[EmailMessage]]) -> None:
    for reader in READERS:
        assert len(inboxes[reader.name]) == len(reader.chapters) + 1
        assert inboxes[reader.name][0]["Auto-Submitted"] == "auto-generated"


def test_the_author_is_told_of_each_file(inboxes: dict[str, list[EmailMessage]]) -> None:
    subjects = [mail["Subject"] for mail in inboxes["the author"]]
    assert all(any(title in subject for subject in subjects) for title in TITLES)
    assert any("settings" in subject for subject in subjects)


def test_an_issue_carries_the_headers_of_a_list(inboxes: dict[str, list[EmailMessage]], here: LocalCloud) -> None:
    base = re.escape(here.cloud.base_url)
    for name in ("Ada", "Ben"):
        for mail in issues(inboxes[name]):
            assert mail["From"] == "The Lantern Road <the-lantern-road@stories.example.org>"
            assert mail["To"] == f"{name.lower()}@{SERIES}.example.test"
            assert re.fullmatch(rf"{base}/unsubscribe/{SERIES}/[a-z2-7]+", one_click(mail))
            assert re.search(r", <mailto:leave-[a-z2-7]+@in\.\S+>$", mail["List-Unsubscribe"])
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            assert mail["List-Id"] == '"The Lantern Road" <the-lantern-road.stories.example.org>'
            assert mail["List-Archive"] == f"<{here.cloud.site_url}/{SERIES}>"


def test_an_issue_has_both_parts_and_stays_below_where_mail_programs_cut(
    inboxes: dict[str, list[EmailMessage]],
) -> None:
    for mail in issues(inboxes["Ada"]) + issues(inboxes["Ben"]):
        assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
        assert not [defect for part in mail.walk() for defect in part.defects]
        html = html_of(mail)
        assert html.isascii()
        assert len(html) < LARGEST_HTML


def test_the_story_is_in_both_parts(inboxes: dict[str, list[EmailMessage]]) -> None:
    mail = issues(inboxes["Ada"])[0]
    for words in ("from the land outward, the lamps began to go out", "To be continued"):
        assert words in " ".join(text_of(mail).split())
        assert words in " ".join(html_of(mail).split())
    assert "1 Sample Street, Exampleton" in text_of(mail)


def test_every_link_of_ours_opens(inboxes: dict[str, list[EmailMessage]], here: LocalCloud) -> None:
    found = {link for name in ("Ada", "Ben") for mail in issues(inboxes[name]) for link in links_of(mail)}
    ours = {link for link in found if link.startswith(here.cloud.base_url)}
    kinds = {urllib.parse.urlsplit(link.removeprefix(here.cloud.base_url)).path.split("/")[1] for link in ours}
    assert {"unsubscribe", "me"} <= kinds
    pages = {link for link in found if link.startswith(here.cloud.site_url)}
    assert {f"{here.cloud.site_url}/{SERIES}"} < pages
    for link in ours | {page for page in pages if not page.endswith(".epub")}:
        assert "<h1" in visitor.look(link)


def test_a_reader_of_feeds_who_has_the_newest_gets_an_answer_without_it(
    inboxes: dict[str, list[EmailMessage]], here: LocalCloud
) -> None:
    assert inboxes
    feed = f"{here.cloud.site_url}/{SERIES}/feed.xml"
    with urllib.request.urlopen(feed, timeout=30) as first:
        assert first.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert TITLES[0].encode() in first.read()
    again = urllib.request.Request(feed, headers={"If-None-Match": first.headers["ETag"]})
    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.urlopen(again, timeout=30)
    assert answer.value.code == 304
    assert answer.value.read() == b""


def test_no_mail_holds_another_readers_link(inboxes: dict[str, list[EmailMessage]]) -> None:
    tokens = {
        name: {token for mail in inboxes[name] for link in links_of(mail) for token in TOKEN.findall(link)}
        for name in ("Ada", "Ben", "Cleo")
    }
    assert all(tokens.values())
    assert not tokens["Ada"] & tokens["Ben"]
    assert not tokens["Cleo"] & (tokens["Ada"] | tokens["Ben"])


def test_whoever_has_no_right_is_refused(here: LocalCloud) -> None:
    """So the roles are enforced here, and the rest of these tests shows that they are enough."""
    iam, sts = here.cloud.client("iam"), here.cloud.client("sts")
    trust = {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
    role = iam.create_role(RoleName="nobody", AssumeRolePolicyDocument=document)["Role"]["Arn"]
    given = sts.assume_role(RoleArn=role, RoleSessionName="nobody")["Credentials"]
    table = boto3.client(
        "dynamodb",
        endpoint_url=here.cloud.endpoint,
        region_name=REGION,
        aws_access_key_id=given["AccessKeyId"],
        aws_secret_access_key=given["SecretAccessKey"],
        aws_session_token=given["SessionToken"],
    )
    with pytest.raises(ClientError, match="AccessDenied"):
        table.scan(TableName=here.cloud.outputs["Table"])


def links_of(mail: EmailMessage) -> set[str]:
    """In the header, the text and the HTML."""
    parser = _Links()
    parser.feed(html_of(mail))
    header = [one_click(mail)] if mail["List-Unsubscribe"] else []
    return {*parser.found, *URL.findall(text_of(mail)), *header}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {value for name, value in attrs if name == "href" and value and value.startswith("http")}
