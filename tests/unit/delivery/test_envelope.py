from __future__ import annotations

from email.header import decode_header, make_header

import pytest
from tests.support.world import KEYS

from cliffhanger.delivery.envelope import issue_mail, issue_tags, mailbox
from cliffhanger.links import verify
from cliffhanger.mailbody import MailBody, Place
from cliffhanger.pace import LIVE
from cliffhanger.ports import Mail
from cliffhanger.series import Series
from cliffhanger.subscription import Claim, State, Subscription

READER = "abcdefghijklmnop"
CLAIM = Claim("0123456789abcdef", epoch=3, start=7, to=7, at=0)
SUBSCRIPTION = Subscription("lantern", READER, State.ACTIVE, "ada@example.org", 6, 3, LIVE, CLAIM)
BODY = MailBody("Chapter 7", ("<a href='", Place.UNSUBSCRIBE, "'>"), ("Leave: ", Place.PREFERENCES))


def mail(title: str = "The Lantern Road") -> Mail:
    return issue_mail(
        BODY,
        series=Series("lantern", title, "Mara Quill"),
        claimed=SUBSCRIPTION,
        base_url="https://stories.example.org",
        domain="stories.example.org",
        keys=KEYS,
    )


def test_a_letter_can_be_left_by_one_click() -> None:
    link = mail().headers["List-Unsubscribe"].strip("<>")
    assert mail().headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link.startswith("https://stories.example.org/unsubscribe/lantern/")
    assert verify("unsubscribe", "lantern", link.rpartition("/")[2], KEYS) == READER


def test_the_list_is_named_by_the_slug_whatever_the_title() -> None:
    assert mail("Another Title").headers["List-Id"] == '"Another Title" <lantern.stories.example.org>'
    assert mail().headers["List-Archive"] == "<https://stories.example.org/read/lantern>"


def test_places_are_filled_with_the_readers_own_links() -> None:
    assert "/unsubscribe/lantern/" in mail().html
    assert "/preferences/lantern/" in mail().text


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


def test_tags_hold_only_what_ses_allows_and_no_address() -> None:
    tags = issue_tags(CLAIM, "the-lantern-road", READER)
    assert all(value.replace("-", "").replace("_", "").isalnum() for value in tags.values())
    assert "example" not in repr(tags)


def test_a_mailbox_without_a_strange_name_is_quoted() -> None:
    assert mailbox("Cliffhanger, Inc.", "a@b.example") == '"Cliffhanger, Inc." <a@b.example>'
