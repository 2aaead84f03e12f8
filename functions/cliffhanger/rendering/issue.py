"""The mail of one chapter."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Environment

from cliffhanger.mailbody import LIMIT, MailBody, size
from cliffhanger.manuscripts.model import Chapter
from cliffhanger.rendering.card import Card, Showing, showing
from cliffhanger.rendering.figures import figures
from cliffhanger.rendering.fitting import Fitting
from cliffhanger.rendering.labels import SUBJECT_FIELDS, one_line
from cliffhanger.rendering.looks import look
from cliffhanger.rendering.mail import A_MARK, render_mail, render_span
from cliffhanger.rendering.strings import speaker
from cliffhanger.rendering.subjects import in_address, subject_of, subject_of_part
from cliffhanger.series import Series

PREVIEW_LIMIT = 80_000  # leaves room for the words to the author around it
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the mail, as laws ask for it at its foot (CAN-SPAM, CASL)."""

    name: str
    postal_address: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The mail of all of a chapter, however large it is then, and the card that it shows."""

    body: MailBody
    card: Card


def render_issue(
    chapter: Chapter,
    *,
    series: Series,
    series_url: str,
    chapter_url: str,
    sender: Sender,
    environment: Environment,
    limit: int = LIMIT,
    whole: Whole | None = None,
) -> MailBody:
    """The issue. Where its HTML would be above `limit` bytes, long notes are left to `chapter_url`; where that is not
    enough it ends early, with "read on" to there.

    `whole` is what `whole_issue` makes of the same, if that is known already.
    """
    render = partial(
        _render, series=series, series_url=series_url, chapter_url=chapter_url, sender=sender, environment=environment
    )
    body = whole.body if whole else render(_whole(chapter, series))
    fitting = Fitting(chapter, series, chapter_url, figures(chapter).minutes, render)
    return body if size(body.html) <= limit else render(fitting.issue(limit))


def whole_issue(
    chapter: Chapter, *, series: Series, series_url: str, chapter_url: str, sender: Sender, environment: Environment
) -> Whole:
    shown = _whole(chapter, series)
    body = _render(
        shown, series=series, series_url=series_url, chapter_url=chapter_url, sender=sender, environment=environment
    )
    return Whole(body, shown.html)


def preview_issue(
    chapter: Chapter,
    *,
    series: Series,
    series_url: str,
    chapter_url: str,
    sender: Sender,
    environment: Environment,
) -> Showing:
    """What the issue shows, for the field `shown` of the letter `word-understood`."""
    render = partial(
        _render, series=series, series_url=series_url, chapter_url=chapter_url, sender=sender, environment=environment
    )
    return Fitting(chapter, series, chapter_url, figures(chapter).minutes, render).preview(PREVIEW_LIMIT, of_mail=LIMIT)


def _whole(chapter: Chapter, series: Series) -> Showing:
    return showing(chapter, series=series, minutes=figures(chapter).minutes)


def _render(
    shown: Showing, *, series: Series, series_url: str, chapter_url: str, sender: Sender, environment: Environment
) -> MailBody:
    say, subject = speaker(series.language), _subject(shown.text, series)
    body = render_mail(
        "issue",
        environment=environment,
        say=say,
        look=look(series),
        mark=_mark(chapter_url),
        shown=shown,
        subject=subject,
        answer=in_address(f"Re: {subject}"),
        series_url=series_url,
        chapter_url=chapter_url,
        sender=one_line(sender.name),
        postal_address=one_line(sender.postal_address),
    )
    label = one_line(shown.text.label or shown.text.title or shown.text.series, longest=LONGEST_LABEL)
    span = (
        (body.subject,)
        if series.threaded
        else render_span("issue/span.txt", environment=environment, say=say, series=shown.text.series)
    )
    return replace(body, label=label, span=span)


def _mark(chapter_url: str) -> str:
    """Tells a chapter's anchors from those of others in one mail; short, for a note has six of them."""
    return f"-{hashlib.sha256(chapter_url.encode()).hexdigest()}"[: len(A_MARK)]


def _subject(card: Card, series: Series) -> str:
    """A conversation has one subject for all its mails: else Gmail begins another."""
    if series.threaded:
        return card.series
    fields = {name: getattr(card, name) for name in SUBJECT_FIELDS}
    if card.portion:
        return subject_of_part(series.subject, fields, card.portion, speaker(series.language))
    return subject_of(series.subject, fields) or card.series
