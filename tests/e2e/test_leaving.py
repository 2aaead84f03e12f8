"""Readers go: by one click, by a bounce, by a complaint. And who bounced comes back."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable

import pytest
from tests.support.local_cloud import HOUR, TOKEN, LocalCloud, Story, one_click, text_of

from cliffhanger.subscription import State
from local import visitor
from local.post_office.fates import Fate, Fates

pytestmark = pytest.mark.cloud

Begin = Callable[..., Story]
URLENCODED = ("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click")
MULTIPART = (
    "multipart/form-data; boundary=edge",
    b'--edge\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--edge--\r\n',
)


def test_one_click_unsubscribes_and_looking_does_not(begin: Begin, here: LocalCloud) -> None:
    story = begin("one-click").join("ada", "ben", "cleo")
    story.release(1)
    story.wait_for([1], "ada", "ben", "cleo")
    here.wait("all is settled", lambda: not story.in_doubt())
    here.quiet()

    before = here.dump()
    for name in ("ada", "ben", "cleo"):
        visitor.look(one_click(story.issues(name)[0]))
        links = [word for word in text_of(story.issues(name)[0]).split() if TOKEN.search(word)]
        assert len(links) == 2
        for link in links:
            visitor.look(link)
    assert here.dump() == before

    post(one_click(story.issues("ada")[0]), *URLENCODED)
    post(one_click(story.issues("ben")[0]), *MULTIPART)
    assert story.subscription("ada").state is State.LEFT
    assert story.subscription("ben").state is State.LEFT
    story.release(2)
    story.wait_for([1, 2], "cleo")
    here.quiet()
    assert (story.got("ada"), story.got("ben")) == ([1], [1])


@pytest.mark.parametrize("box", ["bounce", "complaint"])
def test_whoever_bounces_or_complains_is_written_to_no_more(begin: Begin, here: LocalCloud, box: str) -> None:
    story = begin(f"a-{box}").join("ada", box)
    story.release(1)
    story.wait_for([1], "ada", box)
    here.wait("SES's event suppressed the address", lambda: story.subscription(box).state is State.SUPPRESSED)
    story.release(2)
    story.wait_for([1, 2], "ada")
    here.quiet()
    assert story.got(box) == [1]


def test_who_bounced_and_signs_up_again_is_written_to_again(begin: Begin, here: LocalCloud) -> None:
    """No address of the simulator: SES never puts those on the account's suppression list."""
    story = begin("gone-and-back").join("ada")
    office, inbox = here.cloud.post_office, here.cloud.letters
    office.fates = Fates(of={story.address("ada"): Fate.HARD_BOUNCE})
    story.release(1)
    here.wait("the bounce suppressed the address", lambda: story.subscription("ada").state is State.SUPPRESSED)
    office.fates = Fates()
    for mail in inbox.glob(f"*-{story.address('ada')}-*.eml"):
        mail.unlink()  # so that the next confirmation is not taken for the first
    here.pass_time(HOUR)
    story.join("ada")
    story.release(2)
    story.wait_for([1, 2], "ada")


def post(url: str, content_type: str, body: bytes) -> None:
    """As a mail program does: no page before, no cookie, and no redirect is followed (RFC 8058, section 3.1)."""
    request = urllib.request.Request(url, body, {"Content-Type": content_type})
    with urllib.request.urlopen(request, timeout=visitor.TIMEOUT) as answer:
        assert (answer.status, answer.url) == (200, url)
        assert not answer.headers["Set-Cookie"]
