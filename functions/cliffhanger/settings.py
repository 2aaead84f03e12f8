"""The operator's settings, read once from the environment that the template gives to every function."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cliffhanger.clock import SECOND
from cliffhanger.errors import CliffhangerError


@dataclass(frozen=True, slots=True)
class Settings:
    """Durations are milliseconds. `base_url` is where readers reach their account's pages, `site_url` the archive that
    anybody reads; neither has a slash at its end. `generation` is the stack's (promise 12).

    `spacing` is the least time between two issues of a series to one reader. `workers` send issues at most at once,
    each with so many `threads` and `memory` (MB). `first_day` is how many letters a new sender domain may send on its
    first day.
    `inbound_domain` is where readers may write to; None if they can't.
    """

    table: str
    manuscripts_bucket: str
    content_bucket: str
    site_bucket: str
    issues_queue_url: str
    letters_queue_url: str
    feedback_queue_url: str
    feedback_dlq_url: str
    base_url: str
    site_url: str
    sender_domain: str
    postal_address: str
    operator_address: str | None
    grace: int
    day: int
    doubt: int
    spacing: int
    workers: int
    threads: int
    memory: int
    first_day: int
    templates: Path
    secret: str
    configuration_set: str
    generation: str
    clock_file: Path | None
    inbound_domain: str | None = None


def load(environment: Mapping[str, str]) -> Settings:
    """CliffhangerError naming the variable that is missing or makes no sense."""

    def text(name: str) -> str:
        if not (value := environment.get(name, "").strip()):
            raise CliffhangerError(f"the setting {name} is missing", permanent=True)
        return value

    def number(name: str) -> int:
        value = text(name)
        if not value.isascii() or not value.isdigit():
            raise CliffhangerError(f"the setting {name} must be a whole number", permanent=True)
        return int(value)

    def seconds(name: str) -> int:
        return number(name) * SECOND

    def url(name: str) -> str:
        value = text(name).rstrip("/")
        if not value.startswith(("https://", "http://")):
            raise CliffhangerError(f"the setting {name} must begin with https://", permanent=True)
        return value

    clock_file = environment.get("CLIFFHANGER_CLOCK_FILE")
    return Settings(
        table=text("TABLE_NAME"),
        manuscripts_bucket=text("MANUSCRIPTS_BUCKET"),
        content_bucket=text("CONTENT_BUCKET"),
        site_bucket=text("SITE_BUCKET"),
        issues_queue_url=text("ISSUES_QUEUE_URL"),
        letters_queue_url=text("LETTERS_QUEUE_URL"),
        feedback_queue_url=text("FEEDBACK_QUEUE_URL"),
        feedback_dlq_url=text("FEEDBACK_DLQ_URL"),
        base_url=url("BASE_URL"),
        site_url=url("SITE_URL"),
        sender_domain=text("SENDER_DOMAIN"),
        postal_address=text("POSTAL_ADDRESS"),
        operator_address=environment.get("OPERATOR_ADDRESS", "").strip() or None,
        grace=seconds("GRACE_SECONDS"),
        day=seconds("DAY_SECONDS"),
        doubt=seconds("DOUBT_SECONDS"),
        spacing=seconds("SPACING_SECONDS"),
        workers=number("WORKERS"),
        threads=number("THREADS"),
        memory=number("DELIVER_MEMORY"),
        first_day=number("FIRST_DAY_LETTERS"),
        templates=Path(text("TEMPLATES_FOLDER")),
        secret=text("SECRET_NAME"),
        configuration_set=text("CONFIGURATION_SET"),
        generation=text("GENERATION"),
        clock_file=Path(clock_file) if clock_file else None,
        inbound_domain=environment.get("INBOUND_DOMAIN", "").strip().lower() or None,
    )
