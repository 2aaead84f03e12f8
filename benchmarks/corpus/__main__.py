"""`PYTHONPATH=functions:infra:. python -m benchmarks.corpus`: the score, the hostile files, the cost."""

from __future__ import annotations

from itertools import chain

from benchmarks.corpus.cases import our_cases, shared_cases
from benchmarks.corpus.score import print_scores, score

if __name__ == "__main__":
    scores = score(chain(our_cases(), shared_cases()))
    print_scores(scores)
