from __future__ import annotations

import re

from cliffhanger import links
from cliffhanger.links import Keys

OLD = Keys("a", {"a": b"the first key"})
ROTATED = Keys("b", {"a": b"the first key", "b": b"the second key"})
READER = "abcdefghijklmnop"


def test_a_token_opens_what_it_was_signed_for() -> None:
    token = links.sign("unsubscribe", "lantern", READER, OLD)
    assert links.verify("unsubscribe", "lantern", token, OLD) == READER


def test_and_nothing_else() -> None:
    token = links.sign("unsubscribe", "lantern", READER, OLD)
    assert links.verify("preferences", "lantern", token, OLD) is None
    assert links.verify("unsubscribe", "other", token, OLD) is None
    assert links.verify("unsubscribe", "lantern", token, Keys("a", {"a": b"another stack's key"})) is None


def test_no_forged_cut_or_strange_token_opens_anything() -> None:
    token = links.sign("unsubscribe", "lantern", READER, OLD)
    for forged in ("", "a", token[:-1], token + "a", "z" + token[1:], token[:5] + "é" + token[6:], "a" * 500):
        assert links.verify("unsubscribe", "lantern", forged, OLD) is None
    flipped = token[:3] + ("b" if token[3] != "b" else "c") + token[4:]
    assert links.verify("unsubscribe", "lantern", flipped, OLD) is None


def test_old_links_open_after_a_rotation() -> None:
    token = links.sign("unsubscribe", "lantern", READER, OLD)
    assert links.verify("unsubscribe", "lantern", token, ROTATED) == READER
    assert links.sign("unsubscribe", "lantern", READER, ROTATED)[0] == "b"


def test_an_address_keeps_its_name_over_a_rotation() -> None:
    assert links.address_digest("Ada@example.org", OLD) == links.address_digest("ada@example.org", ROTATED)


def test_also_if_the_new_keys_id_sorts_first() -> None:
    rotated = Keys("2", {"2": b"the second key", "a": b"the first key"})
    assert links.address_digest("ada@example.org", OLD) == links.address_digest("ada@example.org", rotated)


def test_tokens_are_short_case_free_and_fit_a_url() -> None:
    token = links.sign("unsubscribe", "lantern", links.new_identifier(), OLD)
    assert re.fullmatch(r"[a-z2-7]{33}", token)
    assert links.verify("unsubscribe", "lantern", token.upper(), OLD)
