"""Pages made to break, to spy or to never end: read, or refused in one sentence; nothing of their markup goes on."""

from html.parser import HTMLParser

import pytest
from tests.unit.manuscripts.prose import SENTENCE

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.read import read
from cliffhanger.rendering.html import HtmlWriter
from cliffhanger.rendering.strings import speaker

PROSE = f"<p>{SENTENCE.strip()}</p>"
FLOOD = " ".join(f"a{at}" for at in range(100_000))
HARMLESS = {"p", "em", "strong", "a", "blockquote", "br", "span", "div", "h2", "h3", "ul", "ol", "li"}
ATTACKS = [
    '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<math><mtext><table><mglyph><style><img src=x onerror="alert(1)"></style></mglyph></table></mtext></math>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    '<a href="java&#10;script:alert(1)" onclick="alert(1)">click</a>',
    '<p style="background:url(javascript:alert(1));width:expression(alert(1))">styled</p>',
    "<scr<script>x</script>ipt>alert(1)</script>",
    '<form action="https://evil.example"><input name="password"><button formaction="javascript:alert(1)">Go</button>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/">',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<plaintext><script>alert(1)</script>",
    "{{ 7*7 }} {% import os %}",
]


class Tags(HTMLParser):
    """What a browser would see of the rendered story."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= set(attrs)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_leaves_in_what_readers_get(attack: str) -> None:
    chapter = read("a.html", f"<html><h1>Chapter 4</h1>{PROSE}{attack}{PROSE}".encode())
    seen = Tags(str(HtmlWriter(chapter.footnotes, say=speaker("en")).blocks(chapter.blocks)))

    assert SENTENCE.strip() in blocks_text(chapter.blocks)
    assert seen.names <= HARMLESS
    assert {name for name, _ in seen.attributes} <= {"class", "role", "style"}


@pytest.mark.parametrize(
    "deep",
    [
        "<div>" * 10_000,
        "<blockquote>" * 10_000,
        "<ul><li>" * 10_000,
        "<b>" * 10_000,
        "<table><tr><td>" * 3_000,
        '<p><font size="7"><i>' * 3_000,
    ],
)
def test_ten_thousand_levels_keep_their_words(deep: str) -> None:
    assert SENTENCE.strip() in blocks_text(read("a.html", f"<h1>Chapter 4</h1>{deep}{PROSE}".encode()).blocks)


def test_what_lies_too_deep_keeps_its_order_and_its_paragraphs() -> None:
    page = f"<h1>Chapter 4</h1>{'<div>' * 200}One.<p>Two, <i>three</i>, four.</p>Five.{'</div>' * 200}<p>Six.</p>"

    assert blocks_text(read("a.html", page.encode()).blocks) == "One.\n\nTwo, three, four.\n\nFive.\n\nSix."


@pytest.mark.parametrize(
    ("flood", "says"),
    [
        (f"<p {FLOOD}>", "attributes"),
        (f"</p {FLOOD}>", "attributes"),
        (f'<!--> <p a="-->" b="> <p {FLOOD}>', "attributes"),
        (f'<? <p a="> <p {FLOOD}>', "attributes"),
        (f'<title><p a="</title><p {FLOOD}>', "attributes"),
        (f'<p ="a=">" {FLOOD}>', "attributes"),
        ("<i>" * 300_001, "tags"),
        ("&amp;" * 300_001, "tags"),
        ("<p>x" * 20_001, "paragraphs"),
        ("<br>" * 30_000, "paragraphs"),
        ("word " * 50_000, "200,000 characters"),
        ("<!--" * 100_000, "no story"),
        ("<script>" * 100_000, "no story"),
    ],
)
def test_a_flood_is_refused_in_one_sentence(flood: str, says: str) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        read("a.html", f"<html>{flood}".encode())

    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "css",
    [
        "{" * 100_000,
        "@media x{" * 50_000,
        "/*" * 100_000,
        "".join(f".a.b{at}{{font-style:italic}}" for at in range(20_000)),
        "p{margin-left:" + "9" * 10_000 + "em;font-size:1e999em}",
    ],
)
def test_a_style_sheet_made_to_stall_does_no_harm(css: str) -> None:
    page = f'<style>{css}</style><h1>Chapter 4</h1><div style="font-size:999em"><p class="a">{SENTENCE}</p></div>'

    assert blocks_text(read("a.html", page.encode()).blocks) == SENTENCE.strip()
