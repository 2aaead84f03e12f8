"""The same seed, the same run: ids that the domain draws come from the seed too."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from unittest.mock import patch


@contextmanager
def drawn_from(chance: Random) -> Iterator[None]:
    """Within, `secrets` draws from `chance`."""
    with (
        patch.object(secrets, "token_bytes", chance.randbytes),
        patch.object(secrets, "token_hex", lambda length: chance.randbytes(length).hex()),
    ):
        yield
