"""The visitor's network: what one house shares, and no single person's address; and how much it may do."""

from __future__ import annotations

import ipaddress

from cliffhanger.links import Keys, address_digest
from cliffhanger.readers import limits
from cliffhanger.web.page import Site


def digest_of(address: str, keys: Keys) -> str:
    """A keyed digest of the /24 or /48 that an address on the net lies in."""
    return address_digest(_network(address), keys)


def may_click(site: Site, reader: str, network: str) -> bool:
    """Whether one more change may be made for a reader, from a network. The link to leave (leaving.py) asks nobody."""
    now = site.clock()
    return limits.allow(
        site.table, f"clicks#{digest_of(network, site.keys)}", limits.CLICKS_PER_NETWORK, now
    ) and limits.allow(site.table, f"clicks#{reader}", limits.PER_READER, now)


def _network(address: str) -> str:
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))
