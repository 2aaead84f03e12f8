"""A mail from a folder of templates: subject.txt, body.txt, body.html."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from css_inline import CSSInliner
from jinja2 import Environment

from cliffhanger.mailbody import Block, MailBody, Part, Pieces, Place, fill
from cliffhanger.rendering.ascii import as_ascii, short_lines
from cliffhanger.rendering.labels import one_line
from cliffhanger.rendering.looks import PLAIN, Look
from cliffhanger.rendering.strings import Say

LONGEST_SUBJECT = 300

A_MARK = "-0a1b2c"
"""As long as every mark: who weighs pieces of a mail to come (parting.py) weighs their anchors too."""

BEGIN, END, STOP = "begin-", "end-", "."

_ANCHORED = re.compile(r'<a href="#note-(\d+)" id="ref-\1"')
_BACK = re.compile(r'<a href="#ref-(\d+)"')
_UNMARKED = re.compile(r'<(?:a href="#|li id=")(?:note|ref)-\d+')


def render_mail(
    folder: str, /, *, environment: Environment, say: Say, look: Look, mark: str, **fields: object
) -> MailBody:
    """`mark`, of [a-z0-9-], ends the anchors of a body that may be bundled with others."""

    def mailable(html: str) -> str:
        return as_mail(html, environment, look, mark)

    shared: dict[str, Any] = {"environment": environment, "say": say, "fields": {"look": look, **fields}}
    return MailBody(
        subject=fill(render_pieces(f"{folder}/subject.txt", finish=_subject, **shared), {}),
        html=render_pieces(f"{folder}/body.html", finish=mailable, **shared),
        text=render_pieces(f"{folder}/body.txt", finish=lambda text: text.strip() + "\n", **shared),
    )


def render_span(name: str, /, *, environment: Environment, say: Say, **fields: object) -> Pieces:
    """The subject of a bundle; what its first and last chapter are called is filled in when it is sent."""
    return render_pieces(name, environment=environment, say=say, finish=_subject, fields=fields)


def render_pieces(
    name: str, /, *, environment: Environment, say: Say, finish: Callable[[str], str], fields: Mapping[str, object]
) -> Pieces:
    """Templates write a personal place as `{{ places.unsubscribe }}`, and a block from `{{ begin.story }}` to
    `{{ end.story }}`.

    Each stands for a random word, drawn here, when all the text is long written: so no text can hold it.
    What is rendered is parted at the word, and nothing of it is left.
    """
    nonce = secrets.token_hex(16)
    marks = {
        "places": {place.name.lower(): f"{nonce}{place}{STOP}" for place in Place},
        "begin": {part.name.lower(): f"{nonce}{BEGIN}{part}{STOP}" for part in Part},
        "end": {part.name.lower(): f"{nonce}{END}{part}{STOP}" for part in Part},
    }
    rendered = environment.get_template(name).render(say=say, **marks, **fields)
    return _parted(finish(rendered), nonce)


def _subject(text: str) -> str:
    return one_line(text, longest=LONGEST_SUBJECT)


def _parted(body: str, nonce: str) -> Pieces:
    text, *marked = body.split(nonce)
    parts = [text]
    for one in marked:
        mark, _, text = one.partition(STOP)
        parts += (mark, text)
    return _pieces(iter(parts), "")


def _pieces(parts: Iterator[str], until: str) -> Pieces:
    """Text and marks in turn, text first."""
    pieces: list[str | Place | Block] = []
    for text in parts:
        if text:
            pieces.append(text)
        if (mark := next(parts, until)) == until:
            return tuple(pieces)
        if mark.startswith(BEGIN):
            part = Part(mark.removeprefix(BEGIN))
            pieces.append(Block(part, _pieces(parts, END + part)))
        else:
            pieces.append(Place(mark))
    raise AssertionError("unreachable: a text stands after the last mark")


def as_mail(html: str, environment: Environment, look: Look = PLAIN, mark: str = A_MARK) -> str:
    """HTML that mail programs show and no relay has to encode again.

    inline.css goes into the elements, for the programs that throw <style> away. What would be repeated on every
    paragraph stays in head.css: without it, paragraphs just look as the program likes them.
    """
    inlined = _inliner(environment.get_template("mail/inline.css").render(look=look)).inline(_named(html, mark))
    return short_lines(as_ascii(inlined))


def _named(html: str, mark: str) -> str:
    """Footnotes and the way back from them, also where a link finds only the `name` of an anchor: Gmail on the web,
    Outlook on Windows (caniemail, "Local anchors", note 7). All others go by `id`. Each anchor ends with `mark`.
    """
    html = _ANCHORED.sub(rf'<a href="#note-\1" id="ref-\1{mark}" name="ref-\1{mark}"', html)
    html = _BACK.sub(rf'\g<0> name="note-\1{mark}"', html)
    return _UNMARKED.sub(rf"\g<0>{mark}", html)


@lru_cache(maxsize=16)
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=css)
