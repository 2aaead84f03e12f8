from __future__ import annotations

import pytest

from cliffhanger.errors import Refusal
from cliffhanger.readers import addresses


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("ada@example.org", "ada@example.org"),
        ("  Ada.L+serials@Example.ORG ", "Ada.L+serials@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_an_address_is_stored_as_ses_can_write_to_it(typed: str, stored: str) -> None:
    assert addresses.parse(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example.org, ben@example.org",
        "ada@exa mple.org",
        "ada@example.org\r\nBcc: x@y.z",
        "a" * 300 + "@example.org",
        "Ada <ada@example.org>",
        "адa@example.org",
    ],
)
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        addresses.parse(typed)


def test_a_mask_keeps_enough_for_its_owner() -> None:
    assert addresses.mask("ada.lovelace@example.org") == "a***@example.org"
