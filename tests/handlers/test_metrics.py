"""What a minute notes of a series that is being sent, as CloudWatch reads it from the log."""

from __future__ import annotations

import json
from typing import Any

from tests.support.lambdas import Lambdas
from tests.support.world import SERIES_YAML

from cliffhanger import keys
from cliffhanger.clock import HOUR, MINUTE

CHAPTER = "# Chapter 1: Oil\n\nThere was oil for one night.\n"


def being_sent(lambdas: Lambdas) -> None:
    """Chapter 1 is out since this minute, to ten readers; some have it."""
    lambdas.drop("lantern/series.yaml", SERIES_YAML)
    lambdas.drop("lantern/01.md", CHAPTER)
    lambdas.table.put(keys.shard("lantern", "00"), {"joined_at": lambdas.time, "readers": 10})
    lambdas.time += 10 * MINUTE
    lambdas.tick()
    counts = {"sent": 6, "rejected": 1, "refused": 2, "doubt": 1}
    lambdas.table.update(keys.send_total("lantern", 1), set=counts)


def measured(lambdas: Lambdas) -> list[dict[str, Any]]:
    """The log lines with the series as a dimension."""
    lines = [json.loads(line) for line in lambdas.logged().splitlines() if line.startswith('{"_aws"')]
    return [line for line in lines if "series" in line]


def test_a_running_send_is_measured_each_minute_by_its_series(lambdas: Lambdas) -> None:
    being_sent(lambdas)
    lambdas.pass_seconds(120)
    lambdas.tick()
    line = measured(lambdas)[-1]
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "Cliffhanger"
    assert {name for names in directive["Dimensions"] for name in names} == {"series", "service"}
    assert (line["series"], line["service"]) == ("lantern", "test")
    assert {metric["Name"]: (line[metric["Name"]], metric["Unit"]) for metric in directive["Metrics"]} == {
        "LettersSent": ([6.0], "Count"),
        "LettersRefused": ([2.0], "Count"),
        "LettersRejected": ([1.0], "Count"),
        "LettersInDoubt": ([1.0], "Count"),
        "SendRate": ([7 / 120], "Count/Second"),
        "SecondsBehind": ([120.0], "Seconds"),
    }


def test_a_send_that_does_not_come_on_is_counted_for_the_alarm(lambdas: Lambdas) -> None:
    being_sent(lambdas)
    lambdas.tick()
    assert "SendStuck" not in lambdas.logged()
    lambdas.time += 2 * HOUR
    lambdas.tick()
    assert '"SendStuck":[1.0]' in lambdas.logged()


def test_a_series_that_is_sent_costs_no_metric(lambdas: Lambdas) -> None:
    lambdas.drop("lantern/series.yaml", SERIES_YAML)
    lambdas.drop("lantern/01.md", CHAPTER)
    lambdas.time += 10 * MINUTE
    lambdas.minutes(3)
    assert (lambdas.table.get(keys.series_meta("lantern")) or {})["closed"] == 1
    before = len(measured(lambdas))
    lambdas.minutes(3)
    assert len(measured(lambdas)) == before
