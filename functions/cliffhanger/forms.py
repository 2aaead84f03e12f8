"""A hidden field of our forms: when the page with the form was made, and for whom, signed.

So a form that somebody else wrote, or that was made for another reader, another act or long ago, is known. It looks
like `a65f0e2c0-mac`: the key's id, seconds since 1970 in hexadecimal, and a MAC over them and what the form is for.
"""

from __future__ import annotations

import hmac
import re

from cliffhanger.clock import SECOND
from cliffhanger.links import Keys, mac

_SEALED = re.compile("([a-z2-7])([0-9a-f]{1,12})-([a-z2-7]{16})")


def seal(*bound: str, keys: Keys, now: int) -> str:
    return _seal(keys.current, f"{now // SECOND:x}", bound, keys)


def age(sealed: str, *bound: str, keys: Keys, now: int) -> int | None:
    """How long ago (ms, to the second) we sealed a form with the same bounds; None if we never did."""
    if not (found := _SEALED.fullmatch(sealed)) or found[1] not in keys.known:
        return None
    if not hmac.compare_digest(sealed, _seal(found[1], found[2], bound, keys)):
        return None
    made = int(found[2], 16) * SECOND
    return now - made if made <= now else None


def _seal(key_id: str, seconds: str, bound: tuple[str, ...], keys: Keys) -> str:
    return f"{key_id}{seconds}-{mac(keys.known[key_id], 'form', seconds, *bound)}"
