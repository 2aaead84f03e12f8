from __future__ import annotations

from dataclasses import replace
from email.header import decode_header, make_header
from unittest.mock import ANY

import pytest
from tests.support.world import KEYS, SETTINGS

from cliffhanger import mailboxes
from cliffhanger.delivery.envelope import issue_mail, issue_tags, mailbox
from cliffhanger.links import verify
from cliffhanger.mailbody import Block, MailBody, Part, Place
from cliffhanger.pace import LIVE
from cliffhanger.ports import Mail
from cliffhanger.series import Series
from cliffhanger.subscription import Claim, State, Subscription

READER = "abcdefghijklmnop"
CLAIM = Claim("0123456789abcdef", epoch=3, start=7, to=7, at=0)
SUBSCRIPTION = Subscription("lantern", READER, State.ACTIVE, "ada@example.org", 6, 3, LIVE, CLAIM)
NEXT = Block(Part.CATCHING_UP, ("Now: ", Place.NEXT, " or rest: ", Place.PAUSE))
HTML = ("<a href='", Place.UNSUBSCRIBE, "'>", Block(Part.ALONE, ("<p>on the web",)))
WRITE = Block(Part.REPLY, (" Write: ", Place.REPLY))
BODY = MailBody("Chapter 7", HTML, ("Leave: ", Place.PREFERENCES, NEXT, WRITE))


def mail(
    title: str = "The Lantern Road", *, claim: Claim = CLAIM, may_ask: bool = False, inbound: str | None = None
) -> Mail:
    return issue_mail(
        BODY,
        may_ask=may_ask,
        series=Series("lantern", title, "Mara Quill"),
        claimed=replace(SUBSCRIPTION, claim=claim),
        settings=replace(SETTINGS, inbound_domain=inbound),
        keys=KEYS,
    )


def test_a_letter_can_be_left_by_one_click() -> None:
    link = mail().headers["List-Unsubscribe"].strip("<>")
    assert mail().headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith("https://stories.example.org/unsubscribe/lantern/")
    assert verify("unsubscribe", "lantern", link.rpartition("/")[2], KEYS) == READER


def test_the_list_is_named_by_the_slug_whatever_the_title() -> None:
    assert mail("Another Title").headers["List-Id"] == '"Another Title" <lantern.stories.example.org>'
    assert mail().headers["List-Archive"] == "<https://read.example.org/lantern>"


def test_places_are_filled_with_the_readers_own_links() -> None:
    assert "/unsubscribe/lantern/" in mail().html
    assert "/me/" in mail().text


@pytest.mark.parametrize(
    "title",
    [
        "Дорога фонарей",
        "灯籠の道" * 20,
        'Say "lamp" \\ once',
        "Ünïcode " * 24,
        "😀" * 200,
        "Two\r\nBcc: eve@example.org\r\nlines",
    ],
)
def test_every_header_is_printable_ascii_in_one_line(title: str) -> None:
    letter = mail(title)
    for value in (letter.sender, *letter.headers.values()):
        assert value.isascii()
        assert value.isprintable()
        assert len(value) <= 995
    if len(title) > 190:
        return  # so long a name is cut
    name = str(make_header(decode_header(letter.sender.rpartition(" <")[0])))
    assert name.strip('"').replace('\\"', '"').replace("\\\\", "\\") == " ".join(title.split())


def test_who_may_have_the_next_chapter_now_finds_his_own_links_to_it_and_to_a_pause() -> None:
    _, _, rest = mail(may_ask=True).text.partition("Now: ")
    now, _, pause = rest.partition(" or rest: ")
    assert verify("next", "lantern", now.removeprefix("https://stories.example.org/next/lantern/"), KEYS) == READER
    assert verify("pause", "lantern", pause.removeprefix("https://stories.example.org/pause/lantern/"), KEYS) == READER
    assert "Now" not in mail().text


def test_a_bundle_names_its_chapters_in_a_tag_and_has_no_link_to_one_of_them() -> None:
    bundle = mail(claim=replace(CLAIM, start=4, before=(4, 6)))
    assert (bundle.tags["from"], bundle.tags["before"], bundle.tags["position"]) == ("4", "4_6", "7")
    assert "on the web" not in bundle.html
    assert "on the web" in mail().html


def test_where_readers_may_write_they_can_leave_and_answer_by_mail() -> None:
    letter = mail(inbound="in.example.org")
    link, mailto = letter.headers["List-Unsubscribe"].split(", ")
    assert link.startswith("<https://stories.example.org/unsubscribe/lantern/")
    assert mailto.startswith("<mailto:leave-")
    assert letter.reply_to
    assert mailboxes.read(letter.reply_to.removesuffix("@in.example.org")) == mailboxes.Reply(7, ANY)
    assert mail().reply_to is None


def test_where_readers_may_write_the_mail_says_so_and_has_a_link_to_the_author() -> None:
    letter = mail(inbound="in.example.org")
    assert f"Write: mailto:{letter.reply_to}" in letter.text
    assert "Write" not in mail().text


def test_a_series_may_be_one_conversation() -> None:
    threaded = issue_mail(
        BODY,
        may_ask=False,
        series=Series("lantern", "The Lantern Road", "Mara Quill", threaded=True),
        claimed=SUBSCRIPTION,
        settings=SETTINGS,
        keys=KEYS,
    )
    root = "<lantern.series@stories.example.org>"
    assert (threaded.headers["References"], threaded.headers["In-Reply-To"]) == (root, root)
    assert not {"References", "In-Reply-To"} & mail().headers.keys()


def test_tags_hold_only_what_ses_allows_and_no_address() -> None:
    tags = issue_tags(CLAIM, "the-lantern-road", READER)
    assert all(value.replace("-", "").replace("_", "").isalnum() for value in tags.values())
    assert "example" not in repr(tags)


def test_a_mailbox_without_a_strange_name_is_quoted() -> None:
    assert mailbox("Cliffhanger, Inc.", "a@b.example") == '"Cliffhanger, Inc." <a@b.example>'
