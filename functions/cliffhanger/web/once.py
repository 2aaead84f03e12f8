"""What only a link may do that was mailed just now: change the address, hand out a reader's data, erase him.

The letter carries a token of 30 minutes (delivery/letters.py); its item in the store says what a click will do:
{kind, reader, series}, and for the second letter of a change, {address}. It works once: when the act is done the
item is marked `used`. Before that, a click that was cut off is finished by the next: to change or to erase twice is
to do it once, and a download is `claimed` first, so that two clicks at once bring one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum

from cliffhanger import keys, links, outbox
from cliffhanger.catalogue import Shelf
from cliffhanger.clock import MINUTE
from cliffhanger.delivery.envelope import mailbox
from cliffhanger.delivery.letters import ONCE_LIFE
from cliffhanger.errors import ConditionFailed
from cliffhanger.outbox import Letter
from cliffhanger.ports import ABSENT, Below, Item, Key
from cliffhanger.readers import addresses, erasing, joining, leaving, limits, moving, own_data
from cliffhanger.readers.addresses import BadAddress
from cliffhanger.rendering.letters import render_letter
from cliffhanger.web.page import Page, Site

ALONE = MINUTE
"""So long a download is the click's that claimed it. Its function has answered, or died, by then."""


class Once(StrEnum):
    CHANGE = "change"
    """Asks for the new address, and mails to it."""
    CHANGE_NEW = "change-new"
    """The new address is the reader's, too."""
    DOWNLOAD = "download"
    ERASE = "erase"

    @property
    def key(self) -> str:
        """What its strings and its page are called."""
        return self.value.replace("-", "_")


def is_one(item: Item) -> bool:
    return item.get("kind") in {kind.value for kind in Once}


def mail_link(site: Site, kind: Once, *, reader: str, address: str, shelf: Shelf, sealed: str) -> None:
    """To the reader's own address. `shelf` lends the letter its sender and its language.

    `sealed` is the seal of the form that asked for it: sent twice, it makes one letter.
    """
    letter_id = links.digest(sealed)[:32]
    letter = _letter(site, kind, _promise(kind, reader, shelf), address, shelf, id=letter_id)
    _post(site, letter, _may_write_to(site, address))


def _may_write_to(site: Site, address: str) -> bool:
    """A suppressed address is written to as rarely as for a sign-up, and counted with those (joining.may_write_to)."""
    if not leaving.is_suppressed(site.table, address, site.keys):
        return True
    subject = f"address#{links.address_digest(address, site.keys)}"
    return limits.allow(site.table, subject, limits.PER_SUPPRESSED, site.clock())


def ask(site: Site, item: Item, *, action: str) -> Page:
    kind = Once(item["kind"])
    if "used" in item or not (shelf := site.shelf(item["series"])):
        return site.link_invalid(item["series"])
    return Page(200, site.render(f"once_{kind.key}", language=shelf.series.language, action=action))


def act(site: Site, item: Item, form: Mapping[str, str]) -> Page:
    shelf = site.shelf(item["series"])
    profile = site.table.get(keys.profile(item["reader"]))
    address = profile["address"] if profile else item.get("erasing")
    if "used" in item or not shelf or not address:
        return site.link_invalid(item["series"])
    match Once(item["kind"]):
        case Once.CHANGE:
            return _mail_to_the_new(site, item, form, shelf)
        case Once.CHANGE_NEW:
            return _change(site, item, shelf)
        case Once.DOWNLOAD:
            return _hand_out(site, item)
        case Once.ERASE:
            return _erase(site, item, address, shelf)


def _mail_to_the_new(site: Site, item: Item, form: Mapping[str, str], shelf: Shelf) -> Page:
    """The answer and the work are the same for every address. A second click can only mail the same letter."""
    try:
        address = addresses.parse(form.get("email", ""))
    except BadAddress as fault:
        fields = {"fault": fault.fault.value, "part": fault.part, "series_url": site.series_url(shelf.series.slug)}
        return Page(400, site.render("bad_address", language=shelf.series.language, **fields))
    promise = _promise(Once.CHANGE_NEW, item["reader"], shelf) | {"address": address}
    letter = _letter(site, Once.CHANGE_NEW, promise, address, shelf, id=_digest(item)[:32])
    _post(site, letter, joining.may_write_to(site.table, address, site.keys, site.clock()))
    _use_up(site, item)
    return _said(site, shelf, "change_sent")


def _change(site: Site, item: Item, shelf: Shelf) -> Page:
    done = moving.change_address(site.table, item["reader"], item["address"], site.keys, site.clock())
    _use_up(site, item)
    return _said(site, shelf, "changed" if done else "taken")


def _erase(site: Site, item: Item, address: str, shelf: Shelf) -> Page:
    """Once the profile is gone, the next click of one that was cut off knows the address by the item alone."""
    site.table.update(_key(item), set={"erasing": address})
    erasing.erase(site.table, address, site.keys)
    _use_up(site, item)
    return _said(site, shelf, "erased")


def _hand_out(site: Site, item: Item) -> Page:
    now = site.clock()
    try:
        site.table.update(_key(item), set={"claimed": now}, when={"used": ABSENT, "claimed": Below(now - ALONE)})
    except ConditionFailed:
        return site.link_invalid(item["series"])
    data = own_data.everything(site.table, item["reader"], site.keys)
    _use_up(site, item)
    file = {"Content-Type": "application/json; charset=utf-8", "Content-Disposition": 'attachment; filename="me.json"'}
    return Page(200, json.dumps(data, ensure_ascii=False, indent=2) + "\n", headers=file)


def _use_up(site: Site, item: Item) -> None:
    site.table.update(_key(item), set={"used": True}, remove=("address", "erasing"))


def _key(item: Item) -> Key:
    return Key(item["pk"], item["sk"])


def _digest(item: Item) -> str:
    return str(item["pk"]).partition("#")[2]


def _said(site: Site, shelf: Shelf, what: str) -> Page:
    return Page(200, site.render("said", language=shelf.series.language, title=f"{what}_title", words=what))


def _promise(kind: Once, reader: str, shelf: Shelf) -> Item:
    return {"kind": kind.value, "reader": reader, "series": shelf.series.slug}


def _letter(site: Site, kind: Once, promise: Item, recipient: str, shelf: Shelf, *, id: str) -> Letter:
    series = shelf.series
    body = render_letter(
        "once", environment=site.templates, language=series.language, kind=kind.key, minutes=ONCE_LIFE // MINUTE
    )
    sender = mailbox(series.title, f"{series.slug}@{site.settings.sender_domain}")
    return Letter(id, "once", sender, recipient, body, confirms=promise)


def _post(site: Site, letter: Letter, allowed: bool) -> None:
    (outbox.post if allowed else outbox.pretend)(site.table, site.content, letter, now=site.clock())
    site.hints.letter(letter.id)
