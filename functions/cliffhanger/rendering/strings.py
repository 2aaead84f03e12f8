"""The words that we say to readers, in the language of their series.

Authors and operators are spoken to in English, in the templates themselves: the warnings and refusals that
their letters quote are English too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup

from cliffhanger.rendering.languages import english, french, german, portuguese, spanish

TABLES = {
    "en": english.STRINGS,
    "de": german.STRINGS,
    "fr": french.STRINGS,
    "es": spanish.STRINGS,
    "pt": portuguese.STRINGS,
}
FALLBACK = "en"

# Languages written from right to left, by their primary subtag (CLDR, scripts Arab, Hebr, Thaa).
RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


@dataclass(frozen=True, slots=True)
class Say:
    """Says a key of the table: `say("chapter", number=7)`. `language` is spoken, perhaps not the one asked for."""

    language: str

    def __call__(self, key: str, /, **values: object) -> str:
        return TABLES[self.language][key].format(**values)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def marks(self) -> Markup:
        """The attributes of an element in which our words stand among the author's, perhaps in another language."""
        return _marks(self.language)

    def reading(self, minutes: int) -> str:
        """How long a chapter takes."""
        return self("reading", minutes=minutes) if minutes > 1 else self("reading_one")

    def day(self, day: date) -> str:
        number = day.day if day.day > 1 else self("first_of_month")
        return self("day", day=number, month=self(f"month_{day.month}"), year=day.year)


@cache
def _marks(language: str) -> Markup:
    return Markup('lang="{}" dir="{}"').format(language, direction(language))


def speaker(language: str) -> Say:
    """`language` is a BCP 47 tag; its region is not looked at."""
    spoken = primary(language)
    return Say(spoken if spoken in TABLES else FALLBACK)


def direction(language: str) -> str:
    """The value of HTML's `dir`."""
    return "rtl" if primary(language) in RIGHT_TO_LEFT else "ltr"


def primary(language: str) -> str:
    """The `pt` of `pt-BR`."""
    return language.partition("-")[0].lower()
