"""RTF's control words by what they do (the specification's version 1.9.1)."""

from __future__ import annotations

from cliffhanger.manuscripts.rtf_state import Into

CHARACTERS = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "endash": "–", "emdash": "—", "bullet": "•",
    "tab": "\t", "line": "\n", "lbr": "\n", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "zwj": "\u200d", "zwnj": "\u200c", "~": "\xa0", "_": "\u2011", "-": "\u00ad", "|": "", ":": "",
}  # fmt: skip
PARAGRAPH_ENDS = {"par", "sect", "cell", "nestcell", "row", "nestrow", "page", "column", "\n", "\r"}
# Where the text of a group goes that begins with this word.
DESTINATIONS = {
    "fonttbl": Into.FONTS,
    "stylesheet": Into.STYLES,
    "fldinst": Into.FIELD_CODE,
    "fldrslt": Into.TEXT,
    "listtext": Into.LABEL,
    "pntext": Into.LABEL,
    "pict": Into.PICTURE,
    "shpinst": Into.PICTURE,
    "sn": Into.PROPERTY_NAME,
    "sv": Into.PROPERTY_VALUE,
    "upr": Into.NOWHERE,
    "ud": Into.TEXT,
}
# Groups marked "a reader that does not know this may skip it", which this one knows.
KNOWN_STARRED = {"footnote", "shppict", "shpinst", "picprop", "fldinst", "ud", "pntext"}
NO_STORY = {
    "colortbl", "info", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "nonshppict", "shprslt", "xe", "tc", "rxe", "bxe", "filetbl",
    "mmathPict", "objdata", "private", "comment", "nesttableprops",
}  # fmt: skip
CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850", "ansi": "cp1252"}
PICTURES = {"pngblip": "png", "jpegblip": "jpg"}
