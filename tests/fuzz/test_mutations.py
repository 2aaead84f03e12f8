"""A short walk of the fuzzer over the readers, the same in every run."""

from random import Random

from benchmarks.corpus.fuzz import seed_inputs, target
from benchmarks.corpus.mutations import mutated


def test_a_manuscript_that_was_tampered_with_is_a_sound_chapter_or_a_refusal() -> None:
    random = Random(7)
    seeds = [seed for seed in seed_inputs() if len(seed[1]) < 6_000]
    for _ in range(150):
        suffix, data = random.choice(seeds)
        changed = mutated(data, random.choice(seeds)[1], random)
        assert target(f"fuzz{suffix}", changed)[0] in {"chapter", "refusal"}
