"""The visitor's network: what one house shares, and no single person's address."""

from __future__ import annotations

import ipaddress

from cliffhanger.links import Keys, address_digest


def digest_of(address: str, keys: Keys) -> str:
    """A keyed digest of the /24 or /48 that an address on the net lies in."""
    return address_digest(_network(address), keys)


def _network(address: str) -> str:
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network(f"{address}/{24 if version == 4 else 48}", strict=False))
