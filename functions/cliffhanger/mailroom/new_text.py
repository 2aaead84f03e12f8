"""What is new in an answer: without the mail it answers, signatures, and our own links.

Own code, line by line: the libraries for it take a dialogue's dashes for a signature, and minutes over one long
line (docs/decisions.md). What is cut by mistake is lost to the author, what is left only looks untidy: so in doubt
a line stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LONGEST = 10_000
"""Characters that go on."""

LONGEST_ATTRIBUTION = 300
_ATTRIBUTIONS = (
    *(("on ", "wrote"), ("am ", "schrieb"), ("le ", "a écrit"), ("el ", "escribió"), ("em ", "escreveu")),
    *(("il ", "ha scritto"), ("op ", "schreef")),
)
"""How the line before a quote begins, and what else stands in it: "On 7 Sep 2026, at 18:00, Mara Quill wrote:"."""

_HEADERS = re.compile(
    r"[*>\s]*(?:from|von|de|da|van|sent|gesendet|envoyé|enviado|enviada|date|datum|fecha|data|to|an|à|para|"
    r"subject|betreff|objet|asunto|assunto)\s?:\*?\s",
    re.IGNORECASE,
)
_OPENS_HEADERS = re.compile(r"[*\s]*(?:from|von|de|da|van)\s?:\*?\s", re.IGNORECASE)
_CUT = re.compile(
    r"-- ?|_{20,}|-{3,} ?(?:original message|ursprüngliche nachricht|message d'origine|message transféré|"
    r"mensaje original|mensagem original|forwarded message|weitergeleitete nachricht) ?-{3,}",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent from (?:my|outlook|yahoo|proton)|get outlook for|gesendet (?:von|mit)|von meinem \w+ gesendet|"
    r"envoyé (?:de|depuis)|enviado (?:desde|do|de) (?:mi|meu|mo)|obtenir outlook|obtener outlook)\b.{0,60}",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|_hs\w+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NewText:
    """`paragraphs` of lines. `cut`: it was too long, and this is its beginning."""

    paragraphs: tuple[tuple[str, ...], ...]
    cut: bool


def new_text(text: str, *, ours: tuple[str, ...]) -> NewText:
    """`ours` are the hosts and domains whose links and addresses are taken out: they hold their reader's tokens."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    kept = [line for line in lines[: _end(lines)] if not line.startswith(">")]
    while kept and (not kept[-1] or _SENT_FROM.fullmatch(kept[-1])):
        kept.pop()
    words = "\n".join(_clean(line, ours) for line in kept)
    return NewText(_paragraphs(words[:LONGEST]), cut=len(words) > LONGEST)


def _end(lines: list[str]) -> int:
    """The line at which the quoted mail or the signature begins."""
    for at, line in enumerate(lines):
        if _CUT.fullmatch(line) or _is_attribution(lines, at) or _is_header_block(lines, at):
            return at
    return len(lines)


def _is_attribution(lines: list[str], at: int) -> bool:
    """It has a date, so a digit; and mail programs break it into up to three lines."""
    first = lines[at].lower()
    for begins, says in _ATTRIBUTIONS:
        if not first.startswith(begins):
            continue
        for last in range(at, min(at + 3, len(lines))):
            whole = " ".join(lines[at : last + 1]).lower()
            if len(whole) <= LONGEST_ATTRIBUTION and whole.endswith(":") and says in whole and re.search(r"\d", whole):
                return True
    return False


def _is_header_block(lines: list[str], at: int) -> bool:
    """Outlook's: From, Sent, To, Subject in lines of their own, at least three of them."""
    if not _OPENS_HEADERS.match(f"{lines[at]} "):
        return False
    return sum(bool(_HEADERS.match(f"{line} ")) for line in lines[at : at + 6]) >= 3


def _clean(line: str, ours: tuple[str, ...]) -> str:
    """Without our links and addresses, also within another's redirect; links lose what tells who follows them."""
    words = (word for word in line.split(" ") if not any(domain in unquote(word).lower() for domain in ours))
    return " ".join(_untracked(word) if "://" in word else word for word in words)


def _untracked(link: str) -> str:
    try:
        url = urlsplit(link)
    except ValueError:
        return link
    if not _FOLLOWING.search(url.query):
        return link
    kept = [(name, value) for name, value in parse_qsl(url.query) if not _FOLLOWING.fullmatch(name)]
    return url._replace(query=urlencode(kept)).geturl()


def _paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    blocks = (tuple(line for line in block.split("\n") if line) for block in re.split(r"\n{2,}", text))
    return tuple(block for block in blocks if block)
