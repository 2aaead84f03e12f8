"""What is new in an answer, as mail programs of the world write it."""

from __future__ import annotations

import pytest

from cliffhanger.mailroom.html_text import text_of
from cliffhanger.mailroom.new_text import new_text

OURS = ("in.example.org", "stories.example.org")


def new(text: str) -> str:
    return "\n\n".join("\n".join(lines) for lines in new_text(text, ours=OURS).paragraphs)


@pytest.mark.parametrize(
    "below",
    [
        "On 7 Sep 2026, at 18:00, The Lantern Road <lantern@stories.example.org> wrote:\n\n> The lamp",
        "On Mon, Sep 7, 2026 at 6:00 PM The Lantern Road <lantern@stories.example.org>\nwrote:\n\nThe lamp",
        "Am Mo., 7. Sept. 2026 um 18:00 Uhr schrieb Laternenweg <\nlantern@stories.example.org>:\n\n> Die Lampe",
        "Am 07.09.26 um 18:00 schrieb Laternenweg:\n> Die Lampe",
        "Le lun. 7 sept. 2026 à 18:00, La route <x@stories.example.org> a écrit\xa0:\n> La lampe",
        "El lun, 7 sept 2026 a las 18:00, El camino (<x@stories.example.org>) escribió:\n> La lámpara",
        "Em seg., 7 de set. de 2026 às 18:00, O caminho <x@stories.example.org> escreveu:\n> A lâmpada",
        "-----Original Message-----\nFrom: The Lantern Road\nThe lamp",
        "________________________________\nFrom: The Lantern Road <x@stories.example.org>\nThe lamp",
        "From: The Lantern Road <x@stories.example.org>\nSent: Monday\nTo: Ada\nSubject: Chapter 7\n\nThe lamp",
        "*Von:* Laternenweg\n*Gesendet:* Montag\n*An:* Ada\n*Betreff:* Kapitel 7\n\nDie Lampe",
        "De : La route\nEnvoyé : lundi\nÀ : Ada\nObjet : Chapitre 7\n\nLa lampe",
        "-- \nAda, reader of books",
        "Sent from my iPhone",
        "Von meinem iPhone gesendet",
        "Envoyé de mon iPhone",
        "> The lamp\n> burned",
    ],
)
def test_what_was_there_before_is_left_out(below: str) -> None:
    assert new(f"I cried.\n\nAda\n\n{below}\n") == "I cried.\n\nAda"


@pytest.mark.parametrize(
    "text",
    [
        "On the wall she wrote:\nnothing.",
        "- Hello, said he.\n- Hello, said she.",
        "— Bonjour, dit-il.\n— Bonjour !",
        "Best regards were all he left her.\nThat was cruel.",
        "From: the first line on I was caught.",
        "Thanks,\nAda\n\nP.S. More of the ferryman, please!",
        "***\n\nA scene break, and then more.",
        "Sent from my heart",
    ],
)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert new(f"{text}\n\nAda") == f"{text}\n\nAda"


def test_answers_between_the_quotes_stay() -> None:
    assert new("> The lamp burned.\nIt did!\n> Nobody came.\nPoor keeper.") == "It did!\nPoor keeper."


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("See <https://stories.example.org/unsubscribe/lantern/abc> there", "See there"),
        ("See stories.example.org/preferences/lantern/abc there", "See there"),
        ("Write leave-abc@in.example.org now", "Write now"),
        ("https://safe.example/?url=https%3A%2F%2Fstories.example.org%2Fx%2Fabc&d=1 this", "this"),
        ("As https://example.net/a?utm_source=x&page=2&fbclid=y says", "As https://example.net/a?page=2 says"),
        ("As https://example.net/a?page=2#b says", "As https://example.net/a?page=2#b says"),
        ("http://[broken?utm_x=1 stays", "http://[broken?utm_x=1 stays"),
    ],
)
def test_our_links_and_trackers_are_taken_out(text: str, left: str) -> None:
    assert new(text) == left


def test_html_becomes_lines_and_paragraphs_without_its_quotes() -> None:
    markup = (
        "<style>p {color: red}</style><div>Dear Mara,<br>I cried.</div><p>Twice &amp; more.</p>"
        "<script>x()</script><blockquote>The <b>lamp</b></blockquote>"
        '<div class="x gmail_quote"><div>On 7 Sep wrote:</div>The lamp<p>burned</p></div><p>Ada</p>'
    )
    assert new(text_of(markup)) == "Dear Mara,\nI cried.\nTwice & more.\n\nAda"


def test_words_style_sheets_before_the_body_are_passed_over() -> None:
    style = "<style>" + "p.MsoNormal {margin: 0}\n" * 5_000 + "</style>"
    assert new(text_of(f"<html><head>{style}</head><body lang=EN><p>I cried.</p></body></html>")) == "I cried."
