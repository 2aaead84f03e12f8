"""The control words that say how text and paragraphs look."""

from __future__ import annotations

from cliffhanger.manuscripts.rtf_state import State

_TOGGLES = {"i": "italic", "b": "bold", "scaps": "small_caps", "v": "hidden", "deleted": "deleted"}
_UNDERLINES = {"ul", "uld", "uldash", "uldashd", "uldashdd", "uldb", "ulth", "ulw", "ulwave"}
_SIDES = {"brdrt": "top", "brdrb": "bottom", "brdrl": "left", "brdrr": "right"}
_ALIGNMENTS = {"qc", "ql", "qr", "qj"}
_MAX_POINTS = 10_000


def outline_of(number: int | None) -> int | None:
    """A heading's level from 1; RTF counts from 0, and 9 is no heading."""
    return number + 1 if number is not None and 0 <= number < 9 else None


def format_text(state: State, word: str, number: int | None) -> None:
    match word:
        case _ if word in _TOGGLES:
            setattr(state, _TOGGLES[word], number != 0)
        case _ if word in _UNDERLINES:
            state.underlined = number != 0
        case "ulnone":
            state.underlined = False
        case "fs":
            state.size = _points(number, 2)
        case "f":
            state.font = number or 0
        case "lang":
            state.language = number or 0
        case "uc":
            state.skip = max(number or 0, 0)


def format_paragraph(state: State, word: str, number: int | None) -> None:
    match word:
        case "s":
            state.style = number or 0
        case _ if word in _ALIGNMENTS:
            state.centred = word == "qc"
        case "li" | "lin":
            state.left = _points(number, 20)
        case "ri" | "rin":
            state.right = _points(number, 20)
        case "outlinelevel":
            state.outline = outline_of(number)
        case "ilvl":
            state.level = number or 0
        case "box":
            state.borders = frozenset(_SIDES.values())
        case _ if word in _SIDES:
            state.side = _SIDES[word]
            state.borders |= {state.side}
        case "brdrnone" | "brdrnil":
            state.borders -= {state.side}


def _points(number: int | None, in_a_point: int) -> float:
    return max(-_MAX_POINTS, min((number or 0) / in_a_point, _MAX_POINTS))
