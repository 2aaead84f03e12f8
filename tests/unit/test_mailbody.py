from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.mailbody import MailBody, Place, fill

pieces = st.lists(st.one_of(st.text(), st.sampled_from(Place))).map(tuple)


@given(st.text(), pieces, pieces)
def test_a_body_comes_back_from_the_store_as_it_was(subject: str, html: tuple[str, ...], text: tuple[str, ...]) -> None:
    body = MailBody(subject, html, text)
    assert MailBody.from_json(body.to_json()) == body


def test_a_text_that_looks_like_a_place_stays_text() -> None:
    written = ('{"place": "unsubscribe"}', Place.UNSUBSCRIBE, "unsubscribe")
    assert fill(written, {Place.UNSUBSCRIBE: "URL"}) == '{"place": "unsubscribe"}URLunsubscribe'
