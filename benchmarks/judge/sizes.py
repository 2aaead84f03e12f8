"""How large issues are in the transfer encoding that makes them largest, and whether any would be clipped.

Gmail hides what goes beyond about 102 KB, and nobody says whether of the HTML or of its encoding. We send ASCII in
short lines, so 7bit would do; a relay may choose another all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP

from benchmarks.judge.verdict import Verdict, table
from tests.support import prose
from tests.support.kinds import publish
from tests.support.mails import INBOUND
from tests.support.world import SETTINGS, World

from cliffhanger.ports import Mail

MOST = 100_000
ENCODINGS = ("7bit", "quoted-printable", "base64")
LENGTHS = (500, 1_000, 2_500, 6_000, 10_000, 20_000, 40_000)
LANGUAGES = {"en": "English", "ru": "Russian", "ja": "Japanese", "ar": "Arabic"}
SERIES = "title: {title}\nauthor: Ilse Varran\nlanguage: {language}\n"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes of the HTML part, by transfer encoding."""

    by_encoding: Mapping[str, int]

    @property
    def worst(self) -> int:
        return max(self.by_encoding.values())


def judge(mails: Mapping[str, Mail]) -> Verdict:
    """`mails` by kind; the made chapters of LENGTHS words come on top."""
    made = {(language, words): issues(language, words) for language in LANGUAGES for words in LENGTHS}
    sizes = {f"{language}, {words:,} words": list(map(sizes_of, found)) for (language, words), found in made.items()}
    sizes |= {kind: [sizes_of(mail)] for kind, mail in mails.items()}
    clipped = {name: one.worst for name, every in sizes.items() for one in every if one.worst > MOST}
    report = [
        "Issues that a chapter becomes, and bytes of the largest one's HTML in its worst transfer encoding:",
        table(
            ("words", *LANGUAGES.values()),
            ((words, *(_told(sizes[f"{language}, {words:,} words"]) for language in LANGUAGES)) for words in LENGTHS),
        ),
        f"The largest of each, over these and one chapter of each kind ({len(mails)} mails):",
        table(ENCODINGS, [[_largest(sizes.values(), encoding) for encoding in ENCODINGS]]),
        "A Japanese word is taken as two characters.",
    ]
    largest = max(one.worst for every in sizes.values() for one in every)
    said = tuple(f"{name}: {size:,} bytes, more than {MOST:,}" for name, size in clipped.items())
    numbers = {"clipped": len(clipped), "largest_html_bytes": largest}
    return Verdict("Sizes", "\n\n".join(report), numbers, said)


def issues(language: str, words: int) -> list[Mail]:
    """What a reader gets of a made chapter, by the real code."""
    world = World(replace(SETTINGS, inbound_domain=INBOUND))
    world.series("made", SERIES.format(title=prose.LANGUAGES[language].title, language=language))
    world.join("ada", slug="made")
    return publish(world, "made/01.md", prose.chapter(language, words).encode())


def sizes_of(mail: Mail) -> Sizes:
    return Sizes({encoding: len(_encoded(mail.html, encoding)) for encoding in ENCODINGS})


def _encoded(html: str, encoding: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message.set_content(html, subtype="html", cte=encoding)
    return message.as_bytes().partition(b"\r\n\r\n")[2]


def _told(every: list[Sizes]) -> str:
    return f"{len(every)} × {max(one.worst for one in every):,}"


def _largest(sizes: Iterable[list[Sizes]], encoding: str) -> int:
    return max(one.by_encoding[encoding] for every in sizes for one in every)
