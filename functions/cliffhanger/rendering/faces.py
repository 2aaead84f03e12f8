"""How each script is set: its fonts, leading and indent, and whether it knows italics and spaced letters."""

from __future__ import annotations

from dataclasses import dataclass

from cliffhanger.rendering.strings import primary

BOOKISH = "'Iowan Old Style', 'Palatino Linotype', Palatino, 'Book Antiqua', Georgia, serif"


@dataclass(frozen=True, slots=True)
class Face:
    """`fonts`, `leading` and `indent` are values of CSS: fonts of every system, for a mail can't bring its own.

    `upright`: the script has no italics, and a slanted letter is a mistake; what is emphasised is bold. `cased`: it has
    small capitals, and may be letter-spaced (which would tear Arabic apart). `ornament` stands for a scene break.
    """

    fonts: str = BOOKISH
    leading: str = "1.6"
    indent: str = "1.4em"
    upright: bool = False
    cased: bool = True
    ornament: str = "* * *"


BOOK = Face()
_JAPANESE = Face(
    "'Hiragino Mincho ProN', 'Yu Mincho', YuMincho, 'Noto Serif CJK JP', 'Noto Serif JP', serif",
    "1.9", "1em", upright=True, cased=False, ornament="＊　＊　＊",
)  # fmt: skip
_SIMPLE = Face(
    "'Songti SC', STSong, 'Noto Serif CJK SC', 'Noto Serif SC', SimSun, serif",
    "1.9", "2em", upright=True, cased=False, ornament="＊　＊　＊",
)  # fmt: skip
_TRADITIONAL = Face(
    "'Songti TC', LiSong, 'Noto Serif CJK TC', 'Noto Serif TC', PMingLiU, serif",
    "1.9", "2em", upright=True, cased=False, ornament="＊　＊　＊",
)  # fmt: skip
_KOREAN = Face(
    "AppleMyungjo, 'Noto Serif CJK KR', 'Noto Serif KR', Batang, serif",
    "1.8", "1em", upright=True, cased=False,
)  # fmt: skip
_ARABIC = Face(
    "'Noto Naskh Arabic', 'Geeza Pro', 'Sakkal Majalla', 'Traditional Arabic', 'Times New Roman', serif",
    "1.9", upright=True, cased=False,
)  # fmt: skip
_HEBREW = Face(
    "'Frank Ruehl CLM', 'Noto Serif Hebrew', 'New Peninim MT', David, 'Times New Roman', serif",
    "1.7", upright=True, cased=False,
)  # fmt: skip
_FACES = {
    "ja": _JAPANESE,
    "zh": _SIMPLE,
    "ko": _KOREAN,
    **dict.fromkeys(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"), _ARABIC),
    **dict.fromkeys(("he", "yi"), _HEBREW),
}
UPRIGHT = tuple(language for language, face in _FACES.items() if face.upright)
"""Primary subtags, for a style sheet that all languages share."""
_WHERE_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def face(language: str) -> Face:
    """`language` is a BCP 47 tag; of a language that is not known here we think that it is set like English."""
    if primary(language) == "zh" and _WHERE_TRADITIONAL & set(language.lower().split("-")):
        return _TRADITIONAL
    return _FACES.get(primary(language), BOOK)
