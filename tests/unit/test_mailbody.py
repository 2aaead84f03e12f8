from __future__ import annotations

import base64
import quopri

from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.mailbody import LAST_LINE, Block, MailBody, Part, Pieces, Place, bundle, fill, size

plain = st.lists(st.one_of(st.text(), st.sampled_from(Place))).map(tuple)
pieces = st.lists(st.one_of(st.text(), st.sampled_from(Place), st.builds(Block, st.sampled_from(Part), plain))).map(
    tuple
)


def chapter(name: str) -> MailBody:
    foot = Block(Part.ALONE, (f"web of {name}",))
    span = (Place.FIRST, " to ", Place.LAST)
    return MailBody(
        name,
        (f"<{name}>", Block(Part.STORY, (name, Place.NEXT)), foot),
        (f"({name})", Block(Part.STORY, (name,))),
        name,
        span,
    )


@given(st.text(), pieces, pieces, st.text(), plain)
def test_a_body_comes_back_from_the_store_as_it_was(
    subject: str, html: Pieces, text: Pieces, label: str, span: Pieces
) -> None:
    body = MailBody(subject, html, text, label, span)
    assert MailBody.from_json(body.to_json()) == body


def test_a_text_that_looks_like_a_place_stays_text() -> None:
    written = ('{"place": "unsubscribe"}', Place.UNSUBSCRIBE, "unsubscribe")
    assert fill(written, {Place.UNSUBSCRIBE: "URL"}) == '{"place": "unsubscribe"}URLunsubscribe'


def test_a_bundle_has_the_stories_of_all_and_the_rest_of_the_first() -> None:
    several = bundle([chapter("one"), chapter("two"), chapter("three")])
    assert several.subject == "one to three"
    assert fill(several.html, {Place.NEXT: "!"}) == "<one>one!two!three!"
    assert fill(several.text, {}) == "(one)onetwothree"
    assert bundle([chapter("one")]) == chapter("one")


def test_a_block_is_shown_to_those_who_are_meant_and_the_story_to_all() -> None:
    assert fill(chapter("one").html, {Place.NEXT: "!"}, show={Part.ALONE}) == "<one>one!web of one"
    assert fill(chapter("one").html, {Place.NEXT: "!"}) == "<one>one!"


def test_a_body_is_measured_with_all_its_blocks_and_long_urls() -> None:
    assert size(("x" * 570,)) == 780 + LAST_LINE
    assert size(("x" * 370, Place.NEXT)) == 780 + LAST_LINE
    assert size(("x" * 560, Block(Part.ALONE, ("x" * 10,)))) == 780 + LAST_LINE


@given(st.lists(st.text(st.sampled_from("abc =\n"), max_size=600)).map(tuple))
def test_no_transfer_encoding_makes_more_of_a_body_than_was_measured(pieces: tuple[str, ...]) -> None:
    sent = "".join(pieces).replace("\n", "\r\n").encode()
    quoted = quopri.encodestring(sent).replace(b"\n", b"\r\n")
    based = base64.encodebytes(sent).replace(b"\n", b"\r\n")
    assert max(len(sent), len(quoted), len(based)) <= size(pieces)
