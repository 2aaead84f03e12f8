"""Hostile and broken files, made by code: nothing of them lies in the repository."""

from __future__ import annotations

from benchmarks.corpus.hostile.containers import CONTAINERS
from benchmarks.corpus.hostile.front import FRONT
from benchmarks.corpus.hostile.markup import MARKUP
from benchmarks.corpus.hostile.noise import NOISE
from benchmarks.corpus.hostile.patterns import PATTERNS

ALL = (*NOISE, *FRONT, *PATTERNS, *MARKUP, *CONTAINERS)
