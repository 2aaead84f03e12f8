"""A reader answers an issue, the author answers the reader: neither sees the other's address."""

from __future__ import annotations

import pytest
from tests.support.mails import INBOUND, kept, mail, post
from tests.support.world import KEYS, SERIES_YAML
from tests.unit.mailroom.conftest import Mailroom

from cliffhanger.clock import HOUR
from cliffhanger.links import sign
from cliffhanger.mailroom.reasons import Reason
from cliffhanger.ports import Mail
from cliffhanger.readers import leaving

MARA = "mara@example.org"


def everything(letter: Mail) -> str:
    return "\n".join((letter.sender, letter.subject, letter.html, letter.text, str(letter.headers), str(letter.tags)))


def test_adas_words_go_on_to_the_author_without_her_address(mailroom: Mailroom) -> None:
    text = "The lamp! I cried.\n\nAda\n\nOn 7 Sep 2026, at 18:00, The Lantern Road wrote:\n> The lamp burned.\n"
    [letter] = mailroom.take(post(mailroom.reply_box(), text))
    assert (letter.recipient, letter.tags["kind"]) == (MARA, "reply")
    assert letter.sender == '"The Lantern Road" <lantern@stories.example.org>'
    assert letter.reply_to == f"{mailroom.relay_box()}@{INBOUND}"
    assert letter.subject == "A reader wrote about Chapter 1: Night 1"
    assert "The lamp! I cried." in letter.text
    assert "The lamp burned" not in letter.text + letter.html
    assert "ada@example.org" not in everything(letter)


def test_the_answer_goes_on_to_ada_and_so_on(mailroom: Mailroom) -> None:
    [to_mara] = mailroom.take(post(mailroom.reply_box(), "I cried."))
    assert to_mara.reply_to
    [to_ada] = mailroom.take(post(to_mara.reply_to.partition("@")[0], "So did I.", sender=MARA))
    assert (to_ada.recipient, to_ada.tags["kind"]) == ("ada@example.org", "relay")
    assert "So did I." in to_ada.text
    assert MARA not in everything(to_ada)
    assert to_ada.reply_to
    [again] = mailroom.take(post(to_ada.reply_to.partition("@")[0], "Really?"))
    assert again.recipient == MARA


def test_the_local_parts_fit_into_64_characters(mailroom: Mailroom) -> None:
    assert max(len(mailroom.reply_box(position=999_999)), len(mailroom.relay_box(position=999_999))) <= 64


def test_only_the_author_may_write_to_a_reader(mailroom: Mailroom) -> None:
    assert mailroom.take(post(mailroom.relay_box(), sender="eve@example.org")) == []
    assert mailroom.dropped == {Reason.NOT_THE_AUTHOR: 1}


def test_a_reply_may_come_from_another_address_of_hers(mailroom: Mailroom) -> None:
    assert len(mailroom.take(post(mailroom.reply_box(), sender="ada@work.example"))) == 1


def test_one_readers_link_to_answer_brings_ten_letters_an_hour_whoever_writes(mailroom: Mailroom) -> None:
    box = mailroom.reply_box()
    went_on = [mailroom.take(post(box, f"Hi {n}", sender=f"someone{n}@example.net")) for n in range(12)]
    assert [len(mails) for mails in went_on] == [1] * 10 + [0] * 2
    assert mailroom.dropped == {Reason.TOO_OFTEN: 2}
    assert len(mailroom.take(post(mailroom.relay_box(), "So many!", sender="mara@example.org"))) == 1
    mailroom.world.time += HOUR
    assert len(mailroom.take(post(box, "One more"))) == 1


def test_a_reply_that_comes_twice_goes_on_once(mailroom: Mailroom) -> None:
    data = post(mailroom.reply_box())
    assert len(mailroom.take(data, "one")) == 1
    assert mailroom.take(data, "one") == []


@pytest.mark.parametrize("purpose", ["unsubscribe", "relay"])
def test_a_token_of_another_purpose_opens_nothing(mailroom: Mailroom, purpose: str) -> None:
    token = sign(purpose, "lantern", mailroom.world.reader("ada"), KEYS)  # type: ignore[arg-type]
    assert mailroom.take(post(f"reply-1-{token}")) == []
    assert mailroom.dropped == {Reason.UNKNOWN_ADDRESS: 1}


def test_a_position_that_there_is_not_is_about_the_story(mailroom: Mailroom) -> None:
    [letter] = mailroom.take(post(mailroom.reply_box(position=77)))
    assert letter.subject == "A reader wrote about The Lantern Road"


def test_what_a_reader_writes_is_never_html_and_never_a_header(mailroom: Mailroom) -> None:
    raw = (
        b"From: ada@example.org\r\nSubject: =?utf-8?q?Hi=0D=0ABcc:_eve=40evil.example?=\r\n\r\n"
        b"<script>alert(1)</script>\r\nBcc: eve@evil.example\r\n{{ 7 * 7 }}"
    )
    [letter] = mailroom.take(kept(raw, to=mailroom.reply_box()))
    assert "<script>alert" not in letter.html
    assert "&lt;script&gt;" in letter.html
    assert "{{ 7 * 7 }}" in letter.text
    assert "evil" not in letter.subject + str(letter.headers)


def test_a_mail_of_html_alone_is_read_as_text(mailroom: Mailroom) -> None:
    html = "<p>I <b>cried</b>.</p><div class='gmail_quote'>On 7 Sep:<blockquote>The lamp burned.</blockquote></div>"
    made = mail(mailroom.reply_box())
    made.set_content(html, subtype="html")
    [letter] = mailroom.take(kept(made, to=mailroom.reply_box()))
    assert "I cried." in letter.text
    assert "burned" not in letter.text


def test_attachments_are_left_out_and_that_is_said(mailroom: Mailroom) -> None:
    made = mail(mailroom.reply_box(), "See my drawing.")
    made.add_attachment(b"\x89PNG secret", maintype="image", subtype="png", filename="lamp.png")
    [letter] = mailroom.take(kept(made, to=mailroom.reply_box()))
    assert "left out" in letter.text
    assert "lamp.png" not in everything(letter)


def test_a_very_long_letter_is_cut_and_that_is_said(mailroom: Mailroom) -> None:
    [letter] = mailroom.take(post(mailroom.reply_box(), "a word " * 5_000))
    assert "This is its beginning" in letter.text
    assert len(letter.text) < 12_000


@pytest.mark.parametrize("text", ["", " \n\t\n", "> only\n> quotes", "-- \nAda", "\u202e"])
def test_nothing_new_goes_on_to_nobody(mailroom: Mailroom, text: str) -> None:
    assert mailroom.take(post(mailroom.reply_box(), text)) == []
    assert mailroom.dropped == {Reason.EMPTY: 1}


def test_our_links_with_her_tokens_do_not_reach_the_author(mailroom: Mailroom) -> None:
    token = sign("unsubscribe", "lantern", mailroom.world.reader("ada"), KEYS)
    text = f"See https://stories.example.org/unsubscribe/lantern/{token} and <{mailroom.leave_box()}@{INBOUND}> there."
    [letter] = mailroom.take(post(mailroom.reply_box(), text))
    assert token not in everything(letter)
    assert "See and there." in letter.text


def test_a_series_whose_author_has_no_address_takes_no_replies(mailroom: Mailroom) -> None:
    mailroom.world.series(yaml=SERIES_YAML.replace("author_address: mara@example.org\n", ""))
    mailroom.world.post_letters()
    assert mailroom.take(post(mailroom.reply_box())) == []
    assert mailroom.dropped == {Reason.NO_AUTHOR: 1}


@pytest.mark.parametrize(("address", "box"), [(MARA, "reply"), ("ada@example.org", "relay")])
def test_nothing_goes_on_to_a_suppressed_address(mailroom: Mailroom, address: str, box: str) -> None:
    leaving.suppress(mailroom.room.table, address, reason="bounce", since=mailroom.world.time, keys_=KEYS)
    local = mailroom.reply_box() if box == "reply" else mailroom.relay_box()
    assert mailroom.take(post(local, sender=MARA)) == []
    assert mailroom.dropped == {Reason.SUPPRESSED: 1}
