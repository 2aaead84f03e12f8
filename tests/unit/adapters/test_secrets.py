from __future__ import annotations

from typing import Any

import pytest

from cliffhanger.adapters import secrets
from cliffhanger.errors import CliffhangerError
from cliffhanger.links import Keys


class FakeSecrets:
    def __init__(self, text: str) -> None:
        self._text = text
        self.asked = 0

    def get_secret_value(self, **_: str) -> dict[str, str]:
        self.asked += 1
        return {"SecretString": self._text}


def read(client: Any) -> Keys:
    return secrets.keys(client, "cliffhanger-secret")


def test_the_last_letter_signs_and_the_others_still_open() -> None:
    assert read(FakeSecrets('{"b": "new", "a": "old"}')) == Keys(current="b", known={"a": b"old", "b": b"new"})


def test_the_secret_is_read_once() -> None:
    client = FakeSecrets('{"a": "old"}')
    assert read(client) is read(client)
    assert client.asked == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hunter2",
        "null",
        "[]",
        '"hunter2"',
        "{}",
        '{"a": ""}',
        '{"a": 7}',
        '{"a": {"b": "hunter2"}}',
        '{"key": "hunter2"}',
        '{"a": "old", "B": "hunter2"}',
        '{"2": "hunter2"}',
        '{"a": "old", "2": "hunter2"}',
        '{"b": "hunter2"}',
        '{"": "hunter2"}',
    ],
)
def test_a_secret_that_names_no_keys_is_an_error_that_does_not_tell_it(text: str) -> None:
    with pytest.raises(CliffhangerError) as caught:
        read(FakeSecrets(text))
    assert caught.value.permanent
    assert "hunter2" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
