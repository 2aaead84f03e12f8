"""Word's styles: what a paragraph and a run look like once their styles are worked out."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from cliffhanger.manuscripts.docx_properties import TOGGLES, Properties, paragraph_properties, run_properties
from cliffhanger.manuscripts.office_passages import Look
from cliffhanger.manuscripts.office_xml import child, children

_MAX_CHAIN = 20
# A file without a style sheet still names the styles that every Word has.
_KNOWN: dict[str, Properties] = {"Emphasis": {"i": True}, "Strong": {"b": True}}


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str | None = None
    run: Properties = field(default_factory=dict)
    paragraph: Properties = field(default_factory=dict)


class Styles:
    """`styles.xml`. A style that is not there has its id for a name and no properties."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._usual_paragraph = ""
        self._flat: dict[tuple[str, str], Properties] = {}
        self._defaults = run_properties(child(root, "w:docDefaults/w:rPrDefault/w:rPr"))
        for element in children(root, "w:style"):
            self._add(element)

    def _add(self, element: Element) -> None:
        key = element.get("w:styleId", "")
        name, based_on = (child(element, f"w:{tag}") for tag in ("name", "basedOn"))
        self._styles[key] = _Style(
            name=key if name is None else name.get("w:val", key),
            based_on=None if based_on is None else based_on.get("w:val"),
            run=run_properties(child(element, "w:rPr")),
            paragraph=paragraph_properties(child(element, "w:pPr")),
        )
        if element.get("w:type") == "paragraph" and element.get("w:default") in {"1", "true", "on"}:
            self._usual_paragraph = key

    def paragraph(self, said: Properties) -> Properties:
        """A paragraph's own properties over those of its style."""
        return {**self._flattened(self._key(said), "paragraph"), **said}

    def names(self, said: Properties) -> tuple[str, ...]:
        key = self._key(said)
        return tuple(style.name for style in self._chain(key)) or (key,)

    def look(self, paragraph: Properties, said: Properties) -> Look:
        merged = self._merged(paragraph, said)
        size, language = merged.get("sz"), merged.get("lang")
        return Look(
            # Typewritten manuscripts underline what print sets in italics.
            italic=bool(merged.get("i") or merged.get("u")),
            bold=bool(merged.get("b")),
            small_caps=bool(merged.get("smallCaps")),
            size=size if isinstance(size, float) else 10,
            language=language if isinstance(language, str) else None,
        )

    def is_hidden(self, paragraph: Properties, said: Properties) -> bool:
        return bool(self._merged(paragraph, said).get("vanish"))

    def _merged(self, paragraph: Properties, said: Properties) -> Properties:
        by_paragraph = self._flattened(self._key(paragraph), "run")
        key = str(said.get("style", ""))
        by_character = self._flattened(key, "run") if key in self._styles else _KNOWN.get(key, {})
        merged = {**self._defaults, **by_paragraph, **by_character, **said}
        for toggle in TOGGLES:
            if toggle not in said and by_paragraph.get(toggle) and by_character.get(toggle):
                merged[toggle] = False
        if _is_link(key):
            merged["u"] = False
        return merged

    def _key(self, said: Properties) -> str:
        return str(said.get("style") or self._usual_paragraph)

    def _chain(self, key: str) -> list[_Style]:
        """The style and those that it is based on, nearest first."""
        chain: list[_Style] = []
        style = self._styles.get(key)
        while style is not None and len(chain) < _MAX_CHAIN:
            chain.append(style)
            style = self._styles.get(style.based_on or "")
        return chain

    def _flattened(self, key: str, kind: str) -> Properties:
        known = self._flat.get((key, kind))
        if known is None:
            known = {}
            for style in reversed(self._chain(key)):
                known |= style.run if kind == "run" else style.paragraph
            self._flat[(key, kind)] = known
        return known


def _is_link(style: str) -> bool:
    return "hyperlink" in style.lower() or style == "InternetLink"
