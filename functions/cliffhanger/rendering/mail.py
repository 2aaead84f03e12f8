"""A mail from a folder of templates: subject.txt, body.txt, body.html."""

from __future__ import annotations

import re
import secrets
from functools import cache

from css_inline import CSSInliner
from jinja2 import Environment

from cliffhanger.mailbody import MailBody, Pieces, Place
from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.strings import Say

# RFC 5322 allows 998 characters a line; a place is filled later, with a URL of its own length.
LONGEST_LINE = 700
LONGEST_SUBJECT = 300


def render_mail(folder: str, /, *, environment: Environment, say: Say, **fields: object) -> MailBody:
    """Templates write a personal place as `{{ places.unsubscribe }}`.

    That stands for a random word, drawn here, when all the text is long written: so no text can hold it.
    The bodies are parted at the word, and nothing of it is left.
    """
    nonce = secrets.token_hex(16)
    places = {place.value: nonce + place.value for place in Place}

    def render(name: str) -> str:
        return environment.get_template(f"{folder}/{name}").render(say=say, places=places, **fields)

    return MailBody(
        subject=one_line(render("subject.txt"), longest=LONGEST_SUBJECT),
        html=_parted(_mailable(render("body.html"), environment), nonce),
        text=_parted(render("body.txt").strip() + "\n", nonce),
    )


def _parted(body: str, nonce: str) -> Pieces:
    parts = re.split(f"{nonce}({'|'.join(Place)})", body)
    return tuple(Place(part) if odd % 2 else part for odd, part in enumerate(parts) if part)


def _mailable(html: str, environment: Environment) -> str:
    """HTML that mail programs show and no relay has to encode again.

    inline.css goes into the elements, for the programs that throw <style> away. What would be repeated on every
    paragraph stays in head.css: without it, paragraphs just look as the program likes them.
    """
    inlined = _inliner(environment.get_template("mail/inline.css").render()).inline(html)
    return _short_lines(inlined.encode("ascii", "xmlcharrefreplace").decode())


@cache
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css)


def _short_lines(html: str) -> str:
    """Break long lines at spaces; in scripts without spaces inside a comment, which shows as nothing."""
    head, body, rest = html.partition("<body")
    unspaced = re.sub(r"((?:&#\d+;){60})", "\\1<!--\n-->", rest)
    lines = (head + body + unspaced).split("\n")
    return "\n".join(_broken(line) if len(line) > LONGEST_LINE else line for line in lines)


def _broken(line: str) -> str:
    """Broken at the last space before the limit; in one look along the line, also where it has hardly any."""
    kept: list[str] = []
    at = 0
    while len(line) - at > LONGEST_LINE:
        space = line.rfind(" ", at + 1, at + LONGEST_LINE + 1)
        space = space if space >= 0 else line.find(" ", at + LONGEST_LINE)
        if space < 0:
            break
        kept.append(line[at:space])
        at = space + 1
    return "\n".join((*kept, line[at:]))
