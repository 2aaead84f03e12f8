"""Readers and an author write to the service, through the bucket that SES would fill."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage

import pytest
from tests.support.local_cloud import LocalCloud, Story, text_of
from tests.support.mails import mail

from cliffhanger import mailboxes
from cliffhanger.adapters import secrets
from cliffhanger.subscription import State
from local import inbound
from local.cloud import INBOUND

pytestmark = pytest.mark.cloud

Begin = Callable[..., Story]


def write(here: LocalCloud, box: str, text: str, *, sender: str) -> None:
    found = inbound.Findings(recipient=f"{box}@{INBOUND}", return_path=sender, domain=sender.rpartition("@")[2])
    inbound.put(here.s3, here.cloud.outputs["InboundBucket"], mail(box, text, sender=sender).as_bytes(), found)


def test_a_reader_joins_answers_and_leaves_by_mail(begin: Begin, here: LocalCloud) -> None:
    story = begin("by-mail")
    story.release(1)
    ada = story.address("ada")
    write(here, "by-mail+subscribe", "Please!", sender=ada)
    story.confirm("ada")
    story.wait_for([1], "ada")

    keys = secrets.keys(here.cloud.client("secretsmanager"), here.cloud.outputs["SecretName"])
    reader = story.subscription("ada").reader
    reply_to = mailboxes.reply_address("by-mail", reader, 1, domain=INBOUND, keys=keys)
    write(here, reply_to.partition("@")[0], "I cried.\n\n> The lamp burned low.\n", sender=ada)
    letter = here.wait("the author has Ada's letter", lambda: found(story.words(), "I cried."))
    assert ada not in letter.as_string()

    write(here, str(letter["Reply-To"]).partition("@")[0], "So did I.", sender=story.author)
    answer = here.wait("Ada has the answer", lambda: found(story.mails(ada), "So did I."))
    assert str(answer["Reply-To"]) == reply_to

    leave = mailboxes.unsubscribe_mailto("by-mail", reader, domain=INBOUND, keys=keys)
    write(here, leave.removeprefix("mailto:").partition("@")[0], "", sender="robot@provider.example")
    here.wait("Ada has left", lambda: story.subscription("ada").state is State.LEFT)


def found(mails: list[EmailMessage], words: str) -> EmailMessage | None:
    return next((one for one in mails if words in text_of(one)), None)
