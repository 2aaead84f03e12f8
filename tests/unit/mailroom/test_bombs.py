"""Mails made to take the reader down: each is read, or dropped, in bounded time and memory."""

from __future__ import annotations

import random
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.mails import kept, mail, post
from tests.unit.mailroom.conftest import Mailroom

from cliffhanger.mailroom.html_text import text_of
from cliffhanger.mailroom.new_text import new_text
from cliffhanger.mailroom.opening import LARGEST, open_mail
from cliffhanger.mailroom.reasons import Dropped, Reason
from cliffhanger.mailroom.words import MOST_BYTES, words_of

BEN = "ben@example.org"
BOX = "lantern+subscribe"
HEAD = b"From: ben@example.org\r\nMIME-Version: 1.0\r\n"


def nested(depth: int) -> bytes:
    opened = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth))
    return HEAD + opened + b"\r\nHello"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (HEAD + b"\r\n" + b"x" * LARGEST, Reason.TOO_LARGE),
        (nested(500), Reason.BOMB),
        (HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 500, Reason.BOMB),
        (HEAD + b"X-A: b\r\n" * 1_000 + b"\r\nHello", Reason.BOMB),
        (HEAD + b"X-A: " + b"b" * 200_000 + b"\r\n\r\nHello", Reason.BOMB),
        (HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\n" * 5_000, Reason.BOMB),
    ],
    ids=["large", "nested", "mails", "headers", "header", "parts"],
)
def test_a_bomb_is_known_before_it_is_read(data: bytes, reason: Reason) -> None:
    with pytest.raises(Dropped) as caught:
        open_mail(data)
    assert caught.value.reason is reason


def test_ordinary_depth_is_read() -> None:
    assert words_of(open_mail(nested(10)).message).text.strip() == "Hello"


@pytest.mark.parametrize(
    "charset", ["punycode", "idna", "unicode_escape", "utf-7", "rot13", "nothing", "\x00", "x" * 999]
)
def test_only_charsets_of_texts_are_used(charset: str) -> None:
    raw = HEAD + f"Content-Type: text/plain; charset={charset}\r\n\r\n".encode() + b"Hello \\ud800 " + b"-a" * 90_000
    assert "Hello" in words_of(open_mail(raw).message).text


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "x-uuencode", "7bit", "none"])
def test_a_broken_encoding_is_no_trouble(encoding: str) -> None:
    raw = HEAD + f"Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + b"=\xff=ZZ begin 644 x\n!!!\xfe=="
    assert isinstance(words_of(open_mail(raw).message).text, str)


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a 1 " * 50_000,
        ">" * 200_000,
        "https://" * 25_000,
        "a@" * 100_000,
        "From: " * 30_000,
        "\n".join(["From: x", "-- x", "On 1"] * 20_000),
        "-" * 200_000,
        " " * 200_000,
        "\n" * 200_000,
        "http://[" * 20_000,
    ],
)
def test_no_line_is_too_long_to_be_read(text: str) -> None:
    """A library with a backtracking pattern would be here for minutes (pytest would be stopped)."""
    assert sum(len(line) for lines in new_text(text, ours=("in.example.org",)).paragraphs for line in lines) <= 10_000


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 40_000 + "x",
        "<!--" * 50_000,
        "<![CDATA[" * 20_000,
        "<a " * 60_000,
        "&" * 200_000,
        "<p><table>" * 20_000,
    ],
    ids=["deep", "comments", "cdata", "attributes", "references", "tables"],
)
def test_hostile_html_is_read_in_one_go(markup: str) -> None:
    assert isinstance(text_of(markup), str)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=2_000), st.binary(max_size=2_000))
def test_no_bytes_break_the_reading(head: bytes, body: bytes) -> None:
    try:
        opened = open_mail(head + b"\r\n\r\n" + body)
    except Dropped:
        return
    new_text(words_of(opened.message).text, ours=("in.example.org",))


def test_a_mail_that_was_tampered_with_is_answered_or_dropped(mailroom: Mailroom) -> None:
    """Some bytes changed, cut or doubled, anywhere. None raises, and none makes a letter of what is not ours."""
    draw = random.Random(7)
    made = mail(BOX, "Hello", sender=BEN, html="<p>Hello</p>")
    made.add_attachment(b"x" * 30, maintype="image", subtype="png", filename="é.png")
    whole = kept(made, to=BOX, sender=BEN)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(draw.randint(1, 6)):
            at = draw.randrange(len(data))
            cut = data[at : at + draw.randint(0, 40)]
            data[at : at + draw.choice((0, 1, len(cut)))] = draw.choice((b"", cut * 2, bytes([draw.randrange(256)])))
        mailroom.world.time += 86_400_000
        for letter in mailroom.take(bytes(data)):
            assert letter.tags["kind"] == "confirmation"
            assert letter.subject == "Please confirm: The Lantern Road"


def test_of_many_long_parts_only_so_much_is_read() -> None:
    made = EmailMessage()
    made.make_mixed()
    for _ in range(30):
        part = EmailMessage()
        part.set_content("word " * 4_000)
        made.attach(part)
    assert len(words_of(open_mail(made.as_bytes()).message).text) <= MOST_BYTES + 30


def test_long_headers_of_many_parts_are_read_by_simple_rules() -> None:
    """By `policy.default` these would take minutes."""
    part = b"--b\r\nContent-Type: text/plain" + b"; a=b" * 900 + b"\r\n\r\nHello\r\n"
    raw = HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + part * 190
    assert words_of(open_mail(raw).message).text.count("Hello") == 190


def test_parts_that_can_not_be_read_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = open_mail(HEAD + b"\r\nHello")
    monkeypatch.setattr(opened.message, "get_payload", dict.popitem)
    with pytest.raises(Dropped) as caught:
        words_of(opened.message)
    assert caught.value.reason is Reason.UNREADABLE


def test_an_ordinary_mail_is_still_answered_after_all_that(mailroom: Mailroom) -> None:
    assert len(mailroom.take(post(BOX, sender=BEN))) == 1
