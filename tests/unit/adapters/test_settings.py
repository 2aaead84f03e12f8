"""The settings are loud: whatever is missing or makes no sense is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cliffhanger.errors import CliffhangerError
from cliffhanger.settings import load

ENVIRONMENT = {
    "TABLE_NAME": "cliffhanger",
    "MANUSCRIPTS_BUCKET": "manuscripts",
    "CONTENT_BUCKET": "content",
    "ISSUES_QUEUE_URL": "https://sqs.example/issues",
    "LETTERS_QUEUE_URL": "https://sqs.example/letters",
    "FEEDBACK_QUEUE_URL": "https://sqs.example/feedback",
    "FEEDBACK_DLQ_URL": "https://sqs.example/feedback-dlq",
    "SITE_BUCKET": "site",
    "BASE_URL": "https://stories.example.org/",
    "SITE_URL": "https://read.example.org/",
    "SENDER_DOMAIN": "stories.example.org",
    "POSTAL_ADDRESS": "1 Quiet Lane, Sometown",
    "GRACE_SECONDS": "600",
    "DAY_SECONDS": "86400",
    "DOUBT_SECONDS": "3600",
    "SPACING_SECONDS": "600",
    "WORKERS": "4",
    "THREADS": "16",
    "DELIVER_MEMORY": "256",
    "FIRST_DAY_LETTERS": "2000",
    "TEMPLATES_FOLDER": "/opt",
    "SECRET_NAME": "cliffhanger-secret",
    "CONFIGURATION_SET": "cliffhanger",
    "GENERATION": "1:cliffhanger",
}


def test_durations_are_milliseconds_and_the_base_has_no_slash_at_its_end() -> None:
    settings = load(ENVIRONMENT)
    assert (settings.grace, settings.day, settings.doubt) == (600_000, 86_400_000, 3_600_000)
    assert settings.base_url == "https://stories.example.org"
    assert settings.site_url == "https://read.example.org"
    assert settings.templates == Path("/opt")


def test_an_operator_and_another_clock_are_not_needed() -> None:
    settings = load(ENVIRONMENT | {"OPERATOR_ADDRESS": " "})
    assert (settings.operator_address, settings.clock_file) == (None, None)
    settings = load(ENVIRONMENT | {"OPERATOR_ADDRESS": "op@example.org", "CLIFFHANGER_CLOCK_FILE": "clock"})
    assert (settings.operator_address, settings.clock_file) == ("op@example.org", Path("clock"))


@pytest.mark.parametrize("name", ENVIRONMENT)
@pytest.mark.parametrize("value", [None, "", "  "], ids=["missing", "empty", "blank"])
def test_what_is_missing_is_named(name: str, value: str | None) -> None:
    environment = {n: v for n, v in ENVIRONMENT.items() if n != name} | ({name: value} if value is not None else {})
    with pytest.raises(CliffhangerError, match=f"{name} is missing") as caught:
        load(environment)
    assert caught.value.permanent


@pytest.mark.parametrize("name", ["GRACE_SECONDS", "DAY_SECONDS", "DOUBT_SECONDS", "WORKERS"])
@pytest.mark.parametrize("value", ["ten", "-1", "1.5", "1e3", "٣", "²", "0x10"])
def test_a_duration_that_is_no_whole_number_is_named(name: str, value: str) -> None:
    with pytest.raises(CliffhangerError, match=f"{name} must be a whole number"):
        load(ENVIRONMENT | {name: value})


@pytest.mark.parametrize("name", ["BASE_URL", "SITE_URL"])
@pytest.mark.parametrize("value", ["stories.example.org", "ftp://stories.example.org", "//stories.example.org"])
def test_an_address_of_ours_that_is_none_is_named(name: str, value: str) -> None:
    with pytest.raises(CliffhangerError, match=f"{name} must begin with https://"):
        load(ENVIRONMENT | {name: value})
