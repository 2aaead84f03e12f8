"""Cells of a CSV file."""

from __future__ import annotations

import csv
import io
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.errors import Refusal
from cliffhanger.pace import ASKED, LIVE, Kind, Pace
from cliffhanger.readers.cells import as_it_was, harmless, moment, moment_text, number, pace, pace_text

PACES = st.one_of(
    st.sampled_from([LIVE, ASKED]),
    st.builds(
        Pace,
        st.just(Kind.DAYS),
        every=st.integers(1, 365),
        at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
        zone=st.sampled_from(["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"]),
    ),
    st.builds(
        Pace,
        st.just(Kind.WEEKDAYS),
        weekdays=st.frozensets(st.integers(0, 6), min_size=1),
        at=st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    ),
)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678+00:00"),
        ("2026-01-02 03:04:05", "2026-01-02T03:04:05.000+00:00"),
        ("2026-01-02 03:04", "2026-01-02T03:04:00.000+00:00"),
        ("2026-01-02", "2026-01-02T00:00:00.000+00:00"),
        ("2026/01/02", "2026-01-02T00:00:00.000+00:00"),
        ("2026-01-02 03:04:05.678901 +0200 CEST", "2026-01-02T01:04:05.678+00:00"),
        ("2026-01-02T03:04:05.123456789+00:00", "2026-01-02T03:04:05.123+00:00"),
        ("2026-13-02", ""),
        ("0001-01-01 00:00:00 +1200", ""),
        ("1969-12-31 23:59:59", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_a_moment_is_read_as_each_service_writes_it(text: str, iso: str) -> None:
    assert moment_text(moment(text)) == iso


@given(st.integers(1, 4_000_000_000_000))
def test_no_millisecond_is_lost_on_the_way(milliseconds: int) -> None:
    assert moment(moment_text(milliseconds)) == milliseconds


@given(PACES)
def test_a_pace_comes_back_from_its_words(wanted: Pace) -> None:
    assert pace(pace_text(wanted)) == wanted


@pytest.mark.parametrize(
    "text", ["now and then", "every 0 days at 07:00 UTC", "mon,mun at 07:00 UTC", "mon at 25:00 UTC"]
)
def test_words_that_make_no_pace_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        pace(text)


@pytest.mark.parametrize(("text", "wanted"), [("7", 7), ("Chapter 12: The Ford", 12), ("none", None), ("", None)])
def test_a_number_is_found_in_words(text: str, wanted: int | None) -> None:
    assert number(text) == wanted


@pytest.mark.parametrize("text", ["=1+1", "+ada@example.org", "-2", "@SUM(A1)", "\t=1", "\r=1", ' "=1"', "'=1", "＝1"])
def test_a_formula_is_a_formula_no_more(text: str) -> None:
    assert harmless(text) == f"'{text}"


@given(st.text())
def test_a_harmless_cell_begins_like_no_formula_and_comes_back_as_it_was(text: str) -> None:
    safe = harmless(text)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert as_it_was(safe) == text


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_cells_survive_a_csv_file(texts: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow([harmless(text) for text in texts])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""), strict=True)
    assert [as_it_was(cell) for cell in row] == texts
