"""The demo's count is made from the letters that lie in the folder."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from local.tally import Tally, count

ADA, BEN = "ada@example.test", "ben@example.test"
ONE, TWO = "The First Lamp", "The Second Lamp"


def write(folder: Path, to: str, subject: str, *, issue: bool = True) -> None:
    mail = EmailMessage()
    mail["To"], mail["Subject"] = to, subject
    if issue:
        mail["List-Unsubscribe"] = "<https://example.org/unsubscribe>"
    (folder / f"{len(list(folder.iterdir())):06d}.eml").write_bytes(mail.as_bytes())


def counted(folder: Path) -> Tally:
    return count(folder, (ONE, TWO), {ADA: (ONE, TWO), BEN: (TWO,)})


def test_everybody_has_what_was_due(tmp_path: Path) -> None:
    for to, title in ((ADA, ONE), (BEN, TWO), (ADA, TWO)):
        write(tmp_path, to, f"The Road · Chapter – {title}")
    found = counted(tmp_path)
    assert (found.letters, found.doubled, found.missing, found.unasked) == (3, 0, 0, 0)
    assert found.right


def test_a_second_copy_is_doubled_and_a_letter_that_is_not_there_is_missing(tmp_path: Path) -> None:
    for to, title in ((ADA, ONE), (ADA, ONE), (ADA, TWO)):
        write(tmp_path, to, title)
    found = counted(tmp_path)
    assert (found.letters, found.doubled, found.missing, found.unasked) == (3, 1, 1, 0)
    assert not found.right


def test_a_chapter_for_somebody_who_was_not_to_have_it_is_unasked(tmp_path: Path) -> None:
    for to, title in ((ADA, ONE), (ADA, TWO), (BEN, ONE), (BEN, TWO)):
        write(tmp_path, to, title)
    assert counted(tmp_path).unasked == 1
    assert not counted(tmp_path).right


def test_words_to_the_author_and_confirmations_are_no_issues(tmp_path: Path) -> None:
    write(tmp_path, "author@example.org", f"Understood: {ONE}", issue=False)
    write(tmp_path, ADA, "Please confirm", issue=False)
    assert counted(tmp_path).letters == 0
