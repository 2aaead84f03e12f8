"""What reading costs: the processor's time against the bare `markdown` call on the same text."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import markdown
from benchmarks.corpus.cases import OURS

from cliffhanger.manuscripts.read import read

WORDS = 6_000
PAIRS = 15


def read_vs_markdown() -> dict[str, float]:
    """Per format, the median of the ratios of `PAIRS` pairs, each taken one call right after the other."""
    return {suffix: median(_pairs(f"chapter.{suffix}", long_chapter(suffix))) for suffix in ("md", "txt")}


def long_chapter(suffix: str) -> str:
    """Prose of the corpus, repeated up to a chapter of 6,000 words, with notes around and breaks inside."""
    prose = (OURS / "txt" / "fan_layout_whole" / "input.txt").read_text(encoding="utf-8").split("\n\n")[4:10]
    scenes = WORDS // len(" ".join(prose).split())
    scene = "\n\n".join(prose).replace("counted", "*counted*")
    story = "\n\n* * *\n\n".join([scene] * scenes)
    heading = "# Chapter 3: The Glove" if suffix == "md" else "Chapter 3: The Glove"
    return f"Summary: A glove.\n\nA/N: Hello.\n\n{heading}\n\n{story}\n\nTo be continued…\n\nA/N: Bye.\n"


def _pairs(filename: str, text: str) -> list[float]:
    data = text.encode()
    read(filename, data)  # patterns are compiled once in the life of a process
    return [_seconds(lambda: read(filename, data)) / _seconds(lambda: markdown.markdown(text)) for _ in range(PAIRS)]


def _seconds(call: Callable[[], object]) -> float:
    started = time.process_time()
    call()
    return time.process_time() - started
