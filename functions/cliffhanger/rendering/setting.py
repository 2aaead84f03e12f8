"""What a typesetter sees in a story: where it begins, what a break looks like, which quotation is a telegram."""

from __future__ import annotations

import re
import unicodedata

from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.inlines import split_at
from cliffhanger.manuscripts.model import Blocks, Paragraph, Quote, SmallCaps, Text
from cliffhanger.rendering.faces import Face

LONGEST_ORNAMENT = 12
LEAST_OPENING = 60
LEAST_TELEGRAM = 20

_FEW_WORDS = re.compile(r"\S+(?: \S+){0,2}(?= )")
_ORNAMENTAL = {"So", "Po"}


def ornament(typed: str, face: Face) -> str:
    """The author's own mark where it is one (⁂, ❦, ◇); what a keyboard has (***, ~~~, #) only stands for ours."""
    mark = " ".join(typed.split())
    drawn = not mark.isascii() and all(c == " " or unicodedata.category(c) in _ORNAMENTAL for c in mark)
    return mark if drawn and len(mark) <= LONGEST_ORNAMENT else face.ornament


def with_lead(blocks: Blocks) -> Blocks:
    """The first words of a first paragraph in small capitals; a short line, a letter, a poem is left as it is."""
    match blocks:
        case (Paragraph((Text(text), *_) as inlines), *rest) if len(text) >= LEAST_OPENING:
            if few := _FEW_WORDS.match(text):
                lead, *others = split_at(inlines, [few.end()])
                return (Paragraph((SmallCaps(lead), Text(" "), *others[0])), *rest)
    return blocks


def is_telegram(quote: Quote) -> bool:
    """All in capitals, as telegraphs wrote."""
    text = blocks_text(quote.children)
    return len(text) >= LEAST_TELEGRAM and text.isupper()
