"""Every file of the corpus is understood in every field that its expected.json asks."""

import pytest
from benchmarks.corpus.cases import Case, our_cases, shared_cases
from benchmarks.corpus.judge import judge

CASES = [*our_cases(), *shared_cases()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_manuscript_is_understood_in_every_field(case: Case) -> None:
    wrong = [verdict for verdict in judge(case.understood(), case.expected) if not verdict.right]
    assert wrong == []


def test_a_field_that_nobody_knows_is_no_field() -> None:
    with pytest.raises(KeyError, match="paragrafs"):
        list(judge({}, {"paragrafs": 3}))
