"""The letters that are no issue: confirmations to readers, words to authors and operators."""

from __future__ import annotations

from jinja2 import Environment

from cliffhanger.mailbody import MailBody
from cliffhanger.rendering.looks import PLAIN, Look
from cliffhanger.rendering.mail import render_mail
from cliffhanger.rendering.strings import speaker


def render_letter(
    name: str, /, *, environment: Environment, language: str, look: Look = PLAIN, **fields: object
) -> MailBody:
    """The letter in `templates/letters/<name>/`. The README there lists its fields; a missing one is an error."""
    return render_mail(f"letters/{name}", environment=environment, say=speaker(language), look=look, mark="", **fields)
