"""RTF -> draft: the dialects of Word, WordPad, TextEdit, Scrivener and LibreOffice."""

from __future__ import annotations

from copy import copy

from cliffhanger.manuscripts.draft import Draft
from cliffhanger.manuscripts.model import Footnote, Image, NoteReference
from cliffhanger.manuscripts.office_blocks import blocks_of
from cliffhanger.manuscripts.office_passages import Passage, Run, runs_of
from cliffhanger.manuscripts.rtf_fonts import code_page
from cliffhanger.manuscripts.rtf_format import format_paragraph, format_text
from cliffhanger.manuscripts.rtf_sheets import Sheets
from cliffhanger.manuscripts.rtf_state import Field, Flow, Into, Picture, State
from cliffhanger.manuscripts.rtf_text import PendingText
from cliffhanger.manuscripts.rtf_tokens import Token, tokens_of
from cliffhanger.manuscripts.rtf_words import (
    CHARACTERS,
    CODE_PAGES,
    DESTINATIONS,
    KNOWN_STARRED,
    NO_STORY,
    PARAGRAPH_ENDS,
    PICTURES,
)

_CUT_OFF = "The RTF file breaks off in the middle: look whether its end is there."
_NO_PICTURE = "A picture of the RTF file is of a kind that no browser shows and was left out."


def read_rtf(data: bytes) -> Draft:
    return _walk(data).finish()


def pictures_in_rtf(data: bytes) -> dict[str, bytes]:
    """The bytes of each picture, by the `source` of its Image."""
    reader = _walk(data)
    reader.finish()
    return {name: picture.data for name, picture in reader.pictures.items()}


def _walk(data: bytes) -> _Reader:
    reader = _Reader()
    for token in tokens_of(data):
        reader.take(token)
    return reader


class _Reader:
    """One walk over the tokens. Text gathers in `pending` until a control ends it."""

    def __init__(self) -> None:
        self.text = Flow()
        self.state = State(self.text)
        self.stack: list[State] = []
        self.sheets = Sheets()
        self.notes: list[Footnote] = []
        self.warnings: list[str] = []
        self.pending = PendingText(self.sheets.fonts)
        self.pictures: dict[str, Picture] = {}
        self.notes_begun = 0
        self.usual_font = self.usual_language = 0
        self.is_starred = False
        self.property = ""

    def take(self, token: Token) -> None:
        word, state = token.word, self.state
        if not word:
            self.pending.add_bytes(token.text)
        elif self.pending.to_skip and word not in {"{", "}"}:
            self.pending.to_skip -= 1
        elif word == "u" and token.number is not None:
            self.pending.add_unicode(token.number, state.font, state.skip)
        elif word in CHARACTERS:
            self.pending.add_sign(word, state.font)
        else:
            self._emit()
            if word == "bin" and state.into is Into.PICTURE and state.picture:
                state.picture.digits.append(token.text.hex())
            self._control(word, token.number)

    def finish(self) -> Draft:
        self._emit()
        if self.stack:
            self.warnings.append(_CUT_OFF)
        while self.stack:
            self._close()
        if self.text.runs:
            self._end_paragraph()
        return Draft(blocks_of(self.text.passages), tuple(self.notes), warnings=tuple(dict.fromkeys(self.warnings)))

    def _emit(self) -> None:
        """The text since the last control goes where the state says."""
        state = self.state
        text = self.pending.take(state.font)
        match state.into:
            case Into.TEXT if text and state.shows:
                state.flow.runs.extend(runs_of(text, state.look()))
            case Into.TEXT if text:
                state.flow.has_hidden = True
            case Into.FIELD_CODE if state.field:
                state.field.code += text
            case Into.LABEL:
                state.flow.label += text
            case Into.FONTS | Into.STYLES:
                self.sheets.name(state.into, text)
            case Into.PICTURE if state.picture:
                state.picture.digits.append(text)
            case Into.PROPERTY_NAME:
                self.property += text
            case Into.PROPERTY_VALUE if state.picture:
                state.picture.say(self.property, text)

    def _control(self, word: str, number: int | None) -> None:
        starred, self.is_starred = self.is_starred, word == "*"
        state = self.state
        if word == "{":
            self.stack.append(copy(state))
            self.sheets.entry = 0 if state.into is Into.STYLES else self.sheets.entry
        elif word == "}":
            self._close()
        elif state.into is Into.NOWHERE and word != "ud":
            return
        elif word in NO_STORY or (starred and word not in KNOWN_STARRED):
            state.into = Into.NOWHERE
        elif self._begins(word):
            return
        elif state.into in {Into.FONTS, Into.STYLES}:
            self.sheets.control(state.into, word, number)
        else:
            self._text_control(word, number)

    def _begins(self, word: str) -> bool:
        """Whether the word says where the text of its group goes."""
        state = self.state
        match word:
            case "field":
                state.field = Field()
            case "footnote" if state.shows:
                self.notes_begun += 1
                state.flow.runs.append(Run(NoteReference(f"note{self.notes_begun}"), state.look()))
                state.flow = Flow(f"note{self.notes_begun}")
            case "footnote":
                state.into = Into.NOWHERE
            case "shptxt":
                state.flow, state.into = Flow(), Into.TEXT
            case _ if word in DESTINATIONS:
                state.into = DESTINATIONS[word]
                self.property = "" if word == "sn" else self.property
                state.picture = Picture() if word == "pict" else state.picture
            case _:
                return False
        return True

    def _text_control(self, word: str, number: int | None) -> None:
        state = self.state
        match word:
            case "pard":
                state.usual_paragraph()
            case "plain":
                state.plain(self.usual_font, self.usual_language)
            case "deff":
                self.usual_font = state.font = number or 0
            case "deflang":
                self.usual_language = state.language = number or 0
            case "ansicpg":
                self.sheets.fonts.page = code_page(number or 0)
            case _ if word in CODE_PAGES:
                self.sheets.fonts.page = CODE_PAGES[word]
            case _ if word in PICTURES and state.picture:
                state.picture.suffix = PICTURES[word]
            case _ if word in PARAGRAPH_ENDS:
                # A page or a table's row may end right after a paragraph; that is no empty one.
                if state.into is Into.TEXT and (word in {"par", "\n", "\r"} or state.flow.runs):
                    self._end_paragraph()
            case _:
                format_text(state, word, number)
                format_paragraph(state, word, number)

    def _end_paragraph(self) -> None:
        if not self.state.deleted:
            self.state.flow.end_paragraph(self.state.passage(self.sheets.styles))

    def _close(self) -> None:
        if not self.stack:
            return
        closed, self.state = self.state, self.stack.pop()
        if closed.flow is not self.state.flow:
            self._close_flow(closed)
        if closed.picture is not self.state.picture and closed.picture:
            self._close_picture(closed.picture)

    def _close_flow(self, closed: State) -> None:
        flow = closed.flow
        if flow.runs:
            flow.end_paragraph(closed.passage(self.sheets.styles))
        if flow.note:
            self.notes.append(Footnote(flow.note, blocks_of(flow.passages)))
        else:
            self.state.flow.frames.extend(flow.passages)

    def _close_picture(self, picture: Picture) -> None:
        flow = self.state.flow
        if not self.state.shows:
            return
        if picture.is_rule:
            flow.frames.append(Passage(is_rule=True))
        elif picture.suffix:
            name = f"picture{len(self.pictures) + 1}.{picture.suffix}"
            self.pictures[name] = picture
            flow.runs.append(Run(Image(name, picture.alt)))
        else:
            flow.has_hidden = True
            self.warnings.append(_NO_PICTURE)
