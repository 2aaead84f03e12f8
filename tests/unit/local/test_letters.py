"""Each accepted letter becomes the mail that SES would make, and a page of the inbox."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from local.post_office import inbox
from local.post_office.letter import Letter, eml, file_name, keep_in
from local.post_office.request import read

LINK = "https://example.org/unsubscribe/the-lantern-road/" + "t" * 200


def letter(number: int = 1, to: str = "ada@example.test", subject: str = "Chapter 1 – “Straße”") -> Letter:
    request = read(
        {
            "FromEmailAddress": "=?utf-8?q?Zo=C3=AB?= <story@example.org>",
            "ReplyToAddresses": ["zoe@example.org"],
            "Destination": {"ToAddresses": [to], "BccAddresses": ["archive@example.org"]},
            "Content": {
                "Simple": {
                    "Subject": {"Data": subject},
                    "Body": {
                        "Text": {"Data": "Ein Weg – " + "lang " * 400},
                        "Html": {"Data": "<p>“Ein Weg”</p><script>alert(1)</script>"},
                    },
                    "Headers": [
                        {"Name": "List-Unsubscribe", "Value": f"<{LINK}>, <mailto:leave@example.org>"},
                        {"Name": "List-Id", "Value": "<the-lantern-road.example.org>"},
                    ],
                }
            },
        }
    )
    return Letter(number, f"m-{number}", datetime(2026, 3, 1, 8, 0, number, tzinfo=UTC), request)


def parsed(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_the_mail_has_both_parts_as_they_were_given() -> None:
    message = parsed(eml(letter()))
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    text, html = message.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert text.get_content().splitlines() == ["Ein Weg – " + "lang " * 400]
    assert html.get_content().splitlines() == ["<p>“Ein Weg”</p><script>alert(1)</script>"]


def test_the_mail_has_the_senders_headers_and_those_of_ses() -> None:
    message = parsed(eml(letter()))
    assert message["Subject"] == "Chapter 1 – “Straße”"
    assert message["From"] == "Zoë <story@example.org>"
    assert message["To"] == "ada@example.test"
    assert message["Reply-To"] == "zoe@example.org"
    assert message["List-Unsubscribe"] == f"<{LINK}>, <mailto:leave@example.org>"
    assert message["List-Id"] == "<the-lantern-road.example.org>"
    assert message["Date"].datetime == datetime(2026, 3, 1, 8, 0, 1, tzinfo=UTC)
    assert message["Message-ID"] == "<m-1@us-east-1.amazonses.com>"


def test_hidden_recipients_stay_hidden() -> None:
    assert b"archive@" not in eml(letter())


def test_no_line_is_longer_than_mail_allows() -> None:
    assert max(len(line) for line in eml(letter()).split(b"\r\n")) <= 998
    assert not [line for line in eml(letter()).split(b"\r\n") if b"\n" in line]


def test_files_sort_by_acceptance_and_are_safe_for_any_address(tmp_path: Path) -> None:
    for number, to in enumerate(['"../../etc/x"@example.test', "ada+a|b@example.test", "ada@example.test"], 1):
        keep_in(tmp_path, letter(number, to))
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "000001-_.._.._etc_x_@example.test-chapter-1-stra-e.eml",
        "000002-ada+a_b@example.test-chapter-1-stra-e.eml",
        "000003-ada@example.test-chapter-1-stra-e.eml",
    ]


def test_a_letter_without_a_speakable_subject_has_a_file_name() -> None:
    assert file_name(letter(subject="…")) == "000001-ada@example.test-no-subject.eml"


def test_the_inbox_shows_the_newest_mailbox_and_letter_first() -> None:
    page = inbox.index([letter(1, subject="First"), letter(2, "ben@example.test"), letter(3, subject="Third")])
    places = [page.index(text) for text in ("ada@example.test", "Third", "First", "ben@example.test")]
    assert places == sorted(places)


def test_a_letters_html_is_shown_in_a_frame_that_runs_nothing() -> None:
    page = inbox.page(letter())
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page


def test_the_inbox_is_written_as_files_that_link_to_each_other(tmp_path: Path) -> None:
    start = inbox.write([letter(1), letter(2)], tmp_path / "inbox")
    assert 'href="letters/2.html"' in start.read_text(encoding="utf-8")
    assert 'href="../index.html"' in (start.parent / "letters" / "2.html").read_text(encoding="utf-8")
