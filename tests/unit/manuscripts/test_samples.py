"""The samples of the project's shared folder, where it stands beside the checkout."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import as_document
from cliffhanger.manuscripts.read import read

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"
CASES = sorted(SAMPLES.glob("cases/*/input.*"))
BAD = sorted(path for path in SAMPLES.glob("bad/*") if path.name != "expected.json")
_ALLOWED = {
    "reject": {"reject"},
    "warn": {"reject", "warn"},
    "accept": {"accept", "warn"},
    "either": {"reject", "warn", "accept"},
}
FIELDS = ("series", "part", "number", "kind", "title", "summary", "disclaimer", "closing", "tags")

if not CASES:
    pytest.skip("the shared samples are not here", allow_module_level=True)


def by_folder(path: Path) -> str:
    return path.parent.name


def every_block(blocks: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield block
        yield from every_block(block.get("children", []))


def counted(document: dict[str, Any]) -> dict[str, Any]:
    """The document with the counts that the expectations use."""
    blocks = list(every_block(document["blocks"]))
    body = " ".join(
        " ".join(block["text"].split()) for block in blocks if block["type"] in {"paragraph", "heading", "verse"}
    )
    return document | {
        "body": body,
        "paragraphs": sum(block["type"] == "paragraph" for block in blocks),
        "scene_breaks": sum(block["type"] == "scene_break" for block in blocks),
        "verse_lines": sum(len(block["lines"]) for block in blocks if block["type"] == "verse"),
        "footnotes": len(document["footnotes"]),
        "has_quote": any(block["type"] == "quote" for block in blocks),
        "words": len(body.split()),
    }


def load(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    expected = json.loads((path.parent / "expected.json").read_text())
    chapter = read(expected.get("filename", path.name), path.read_bytes())
    return counted(as_document(chapter)), expected


@pytest.mark.parametrize("path", CASES, ids=by_folder)
def test_everything_around_the_story_comes_out(path: Path) -> None:
    found, expected = load(path)
    asked = {key: expected[key] for key in FIELDS}
    asked |= {key: expected[key] or [] for key in ("notes_before", "notes_after")}
    wrong = {
        key: (found[key], right)
        for key, right in asked.items()
        if found[key] != right and found[key] not in expected.get("accept", {}).get(key, [])
    }
    assert not wrong


@pytest.mark.parametrize("path", CASES, ids=by_folder)
def test_the_story_comes_out_whole(path: Path) -> None:
    found, expected = load(path)
    counts = ("paragraphs", "scene_breaks", "verse_lines", "footnotes", "has_quote", "words")
    for key in counts:
        right = [expected[key], *expected.get("accept", {}).get(key, [])] if key in expected else [found[key]]
        assert found[key] in right, key
    firsts = [expected["first_words"], *expected.get("accept", {}).get("first_words", [])]
    assert any(found["body"].startswith(first) for first in firsts)
    assert found["body"].endswith(expected["last_words"])
    assert [text for text in expected.get("body_has", []) if text not in found["body"]] == []
    assert [text for text in expected.get("body_lacks", []) if text in found["body"]] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_a_malformed_file_ends_as_asked(path: Path) -> None:
    wanted = json.loads((SAMPLES / "bad" / "expected.json").read_text())[path.name]
    outcome, whole = outcome_of(path)
    assert outcome in _ALLOWED[wanted["outcome"]]
    if outcome != "reject":
        assert all(text in whole for text in [*wanted.get("has", []), *wanted.get("has_anywhere", [])])
    assert not any(text in whole for text in wanted.get("lacks_anywhere", []))
    assert "marker" not in wanted or not Path(wanted["marker"]).exists()


def outcome_of(path: Path) -> tuple[str, str]:
    """The outcome in the words of the expectations, and all the text that came out."""
    try:
        document = as_document(read(path.name, path.read_bytes()))
    except Refusal as refusal:
        return "reject", refusal.message
    return "warn" if document["warnings"] else "accept", json.dumps(document, ensure_ascii=False)
