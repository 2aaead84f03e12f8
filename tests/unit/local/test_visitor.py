"""A visitor without JavaScript sends what the page's form holds."""

from __future__ import annotations

from local.visitor import forms_of

PAGE = """
<form method="POST" action="/subscribe/the-lantern-road">
<input type="email" name="email" required>
<input type="hidden" name="token" value="a&amp;b">
<input type="radio" name="start" value="newest" checked><input type="radio" name="start" value="first">
<input name="website"><button>Subscribe</button>
</form>
<form action="/search"><input name="q"></form>
"""


def test_only_forms_that_post_are_pressed() -> None:
    assert [form.action for form in forms_of(PAGE)] == ["/subscribe/the-lantern-road"]


def test_a_form_is_sent_as_a_browser_would_if_nobody_typed() -> None:
    assert forms_of(PAGE)[0].fields == {"email": "", "token": "a&b", "start": "newest", "website": ""}
