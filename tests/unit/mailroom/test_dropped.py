"""What is dropped: quietly, and counted by its reason."""

from __future__ import annotations

import pytest
from tests.support.mails import kept, mail, post
from tests.unit.mailroom.conftest import Mailroom

from cliffhanger.mailroom.reasons import Reason

BEN = "ben@example.org"
BOX = "lantern+subscribe"


def dropped(mailroom: Mailroom, data: bytes) -> list[Reason]:
    assert mailroom.take(data) == []
    return list(mailroom.dropped)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied"}, Reason.AUTOMATIC),
        ({"Auto-Submitted": "Auto-Generated; type=x"}, Reason.AUTOMATIC),
        ({"X-Auto-Response-Suppress": "All"}, Reason.AUTOMATIC),
        ({"X-Autoreply": "yes"}, Reason.AUTOMATIC),
        ({"Precedence": "bulk"}, Reason.BULK),
        ({"Precedence": "Junk"}, Reason.BULK),
        ({"Precedence": "list"}, Reason.BULK),
        ({"List-Id": "<others.example.org>"}, Reason.BULK),
        ({"List-Unsubscribe": "<https://example.org>"}, Reason.BULK),
        ({"X-Cliffhanger-Letter": "1"}, Reason.OURS),
    ],
)
def test_robots_and_lists_say_so_in_their_headers(mailroom: Mailroom, headers: dict[str, str], reason: Reason) -> None:
    assert dropped(mailroom, kept(mail(BOX, sender=BEN, headers=headers), to=BOX, sender=BEN)) == [reason]


def test_a_person_may_say_that_a_person_wrote(mailroom: Mailroom) -> None:
    made = mail(BOX, sender=BEN, headers={"Auto-Submitted": "no", "Precedence": "first-class"})
    assert len(mailroom.take(kept(made, to=BOX, sender=BEN))) == 1


@pytest.mark.parametrize(
    "subject",
    ["Automatic reply: Chapter 7", "Out of Office", "Abwesenheitsnotiz", "Réponse automatique : Chapitre 7"],
)
def test_a_vacation_program_is_known_by_its_subject(mailroom: Mailroom, subject: str) -> None:
    assert dropped(mailroom, post(BOX, sender=BEN, subject=subject)) == [Reason.AUTOMATIC]


def test_a_reader_may_answer_a_chapter_whose_title_sounds_like_one(mailroom: Mailroom) -> None:
    assert len(mailroom.take(post(BOX, sender=BEN, subject="Re: Out of Office"))) == 1


@pytest.mark.parametrize(
    ("sender", "return_path"),
    [
        (BEN, ""),
        (BEN, "MAILER-DAEMON@example.org"),
        ("mailer-daemon@example.org", "x@example.org"),
        ("noreply@example.org", "x@example.org"),
    ],
)
def test_bounces_are_not_answered(mailroom: Mailroom, sender: str, return_path: str) -> None:
    assert dropped(mailroom, post(BOX, sender=sender, return_path=return_path)) == [Reason.BOUNCE]


@pytest.mark.parametrize("domain", ["stories.example.org", "in.stories.example.org", "x.stories.example.org"])
def test_our_own_letters_are_not_answered(mailroom: Mailroom, domain: str) -> None:
    assert dropped(mailroom, post(BOX, sender=f"lantern@{domain}")) == [Reason.OURS]


def test_what_ses_holds_for_spam_or_finds_a_virus_in_is_dropped(mailroom: Mailroom) -> None:
    assert dropped(mailroom, post(BOX, sender=BEN, spam="FAIL")) == [Reason.SPAM]
    mailroom.dropped.clear()
    assert dropped(mailroom, post(BOX, sender=BEN, virus="FAIL")) == [Reason.VIRUS]
    assert len(mailroom.take(post(BOX, sender=BEN, spam="GRAY"))) == 1


@pytest.mark.parametrize(
    ("domain", "found", "answered"),
    [
        ("example.org", {}, True),
        ("example.org", {"spf": "fail", "dmarc": "none"}, True),
        ("example.org", {"dkim": "none", "dmarc": "none"}, True),
        ("mail.example.org", {"dmarc": "none"}, True),
        ("org", {"dmarc": "none"}, False),
        ("ample.org", {"dmarc": "none"}, False),
        ("evil.example", {"dmarc": "none"}, False),
        ("evil.example", {"dmarc": "pass", "dmarc_domain": "evil.example"}, False),
        ("example.org", {"dmarc": "fail"}, False),
        ("example.org", {"spf": "softfail", "dkim": "fail", "dmarc": "none"}, False),
        ("bounces.provider.example", {"dmarc": "pass"}, True),
    ],
)
def test_without_an_aligned_spf_or_dkim_nothing_is_answered(
    mailroom: Mailroom, domain: str, found: dict[str, str], answered: bool
) -> None:
    findings = {"domain": domain, "return_path": f"x@{domain}", "dmarc_domain": "example.org"} | found
    sent = mailroom.take(post(BOX, sender=BEN, **findings))
    assert len(sent) == answered
    assert list(mailroom.dropped) == ([] if answered else [Reason.FORGED])


def test_a_subdomain_of_the_sealed_domain_is_its_own(mailroom: Mailroom) -> None:
    sender = "ben@news.example.org"
    assert len(mailroom.take(post(BOX, sender=sender, domain="example.org", dmarc="none"))) == 1


FORGED_RESULTS = (
    b"Authentication-Results: amazonses.com; dkim=pass header.i=@example.org; dmarc=pass header.from=example.org;\r\n"
)


def test_results_that_the_sender_wrote_himself_count_for_nothing(mailroom: Mailroom) -> None:
    """Below SES's own lines stand those that came with the mail."""
    raw = FORGED_RESULTS + mail(BOX, sender=BEN).as_bytes()
    data = kept(raw, to=BOX, sender=BEN, domain="evil.example", dmarc="none")
    assert dropped(mailroom, data) == [Reason.FORGED]


def test_a_mail_that_ses_never_saw_is_no_mail(mailroom: Mailroom) -> None:
    raw = mail(BOX, sender=BEN).as_bytes()
    assert dropped(mailroom, raw) == [Reason.NOT_FROM_SES]
    assert dropped(mailroom, FORGED_RESULTS + b"X-SES-RECEIPT: x\r\n" + raw) == [Reason.NOT_FROM_SES]


def test_results_of_another_host_count_for_nothing(mailroom: Mailroom) -> None:
    data = post(BOX, sender=BEN).replace(b"Results: amazonses.com", b"Results: amazonses.com.evil.example")
    assert dropped(mailroom, data) == [Reason.NOT_FROM_SES]


@pytest.mark.parametrize(
    "found",
    [
        {"helo": "x; dkim=pass header.i=@example.org; y"},
        {"return_path": '"a; dkim=pass header.i=@example.org; "@evil.example'},
    ],
)
def test_a_forger_can_not_put_a_result_into_those_of_ses(mailroom: Mailroom, found: dict[str, str]) -> None:
    findings = {"domain": "evil.example", "dmarc": "none", "dmarc_domain": "example.org"} | found
    assert dropped(mailroom, post(BOX, sender=BEN, **findings)) == [Reason.FORGED]


def test_nor_into_the_name_that_dkim_signs_for(mailroom: Mailroom) -> None:
    raw = b"DKIM-Signature: v=1; d=evil.example; i=a=3Bdkim\r\n" + mail(BOX, sender=BEN).as_bytes()
    assert dropped(mailroom, kept(raw, to=BOX, sender=BEN)) == [Reason.FORGED]


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"", Reason.NO_SINGLE_SENDER),
        (b"From: ben@example.org\r\nFrom: eve@example.org\r\n", Reason.NO_SINGLE_SENDER),
        (b"From: ben@example.org, eve@example.org\r\n", Reason.NO_SINGLE_SENDER),
        (b"From: ben@example.org <eve@example.org>\r\n", Reason.NO_SINGLE_SENDER),
        (b"From: undisclosed:;\r\n", Reason.NO_SINGLE_SENDER),
        (b"From: \xff\xfe\x00\r\n", Reason.NO_SINGLE_SENDER),
        ("From: zoë@example.org\r\n".encode(), Reason.NO_SINGLE_SENDER),
        (b"From: " + b"(" * 3_000 + b"ben@example.org\r\n", Reason.UNREADABLE),
    ],
)
def test_a_mail_of_no_one_sender_is_dropped(mailroom: Mailroom, head: bytes, reason: Reason) -> None:
    assert dropped(mailroom, kept(head + b"Subject: x\r\n\r\nHello", to=BOX, sender=BEN)) == [reason]


@pytest.mark.parametrize(
    "name", ["Ben", '"ben@evil.example"', "=?utf-8?q?B=40n?=", '"=?utf-8?q?B=40n?="', "Ben (b@x) B.", "Bén"]
)
def test_a_name_may_be_anything(mailroom: Mailroom, name: str) -> None:
    raw = f"From: {name} <ben@example.org>\r\nSubject: x\r\n\r\nHello".encode()
    [letter] = mailroom.take(kept(raw, to=BOX, sender=BEN))
    assert letter.recipient == BEN


def test_a_subject_that_python_can_not_read_is_no_subject(mailroom: Mailroom) -> None:
    raw = b"From: ben@example.org\r\nSubject: =?utf-8?q?" + b"(" * 2_000 + b"?= =?x\r\n\r\nHello"
    assert len(mailroom.take(kept(raw, to=BOX, sender=BEN))) == 1


def test_bytes_that_are_no_mail_are_dropped(mailroom: Mailroom) -> None:
    assert dropped(mailroom, b"") == [Reason.NOT_FROM_SES]
    mailroom.dropped.clear()
    assert dropped(mailroom, bytes(range(256)) * 20) == [Reason.NOT_FROM_SES]
