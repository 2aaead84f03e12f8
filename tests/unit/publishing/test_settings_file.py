from __future__ import annotations

from datetime import time

import pytest

from cliffhanger import catalogue, keys
from cliffhanger.errors import Refusal
from cliffhanger.publishing import settings_file
from cliffhanger.series import Feed, Immediately, InDoubt, LongChapters, Notes, Series, Status, Weekly
from local.memory_table import MemoryTable

FULL = """\
title: "Der Laternenweg: ein Anfang"
author: Mara Quill
author_address: Mara@Example.ORG
language: de
blurb: |
  A road,
  and a lamp.

  And a marsh.
release: {weekdays: [tue, Friday], at: 18:30, zone: Europe/Berlin}
status: hiatus
in_doubt: hold
typographic_quotes: true
colour: "#1D4E89"
cover: lamp.jpg
subject: "[{series}] {label}"
notes: before
long_chapters: split-daily
threaded: true
feed: summary
indexed: false
book_notes: false
"""


def parse(text: str) -> Series:
    return settings_file.parse("lantern", text.encode())


def test_every_setting_is_read() -> None:
    assert parse(FULL) == Series(
        slug="lantern",
        title="Der Laternenweg: ein Anfang",
        author="Mara Quill",
        author_address="Mara@example.org",
        language="de",
        blurb="A road, and a lamp.\n\nAnd a marsh.",
        status=Status.HIATUS,
        rule=Weekly(frozenset({1, 4}), time(18, 30), "Europe/Berlin"),
        in_doubt=InDoubt.HOLD,
        typographic_quotes=True,
        colour="#1d4e89",
        cover="lamp.jpg",
        subject="[{series}] {label}",
        notes=Notes.BEFORE,
        long_chapters=LongChapters.SPLIT_DAILY,
        threaded=True,
        feed=Feed.SUMMARY,
        indexed=False,
        book_notes=False,
    )


def test_what_is_left_out_has_a_sensible_default() -> None:
    assert settings_file.parse("the-lantern-road", b"author: Mara Quill") == Series(
        "the-lantern-road", title="The Lantern Road", author="Mara Quill", rule=Immediately()
    )


def test_settings_come_back_from_the_store_as_they_were() -> None:
    table = MemoryTable()
    for series in (parse(FULL), parse("title: Short")):
        catalogue.save(table, series, from_file=True)
        found = catalogue.find(table, "lantern")
        assert found
        assert found.series == series


def test_settings_never_touch_what_was_released() -> None:
    table = MemoryTable()
    catalogue.save(table, parse("title: One"), from_file=True)
    table.update(keys.series_meta("lantern"), set={"newest": 7, "closed": 6})
    catalogue.save(table, parse("title: Two"), from_file=True)
    found = catalogue.find(table, "lantern")
    assert found
    assert (found.series.title, found.newest, found.closed) == ("Two", 7, 6)


@pytest.mark.parametrize("at", ["18:30", "'18:30'", "07:05", "'07:05:00'"])
def test_times_of_day_as_yaml_mangles_them(at: str) -> None:
    rule = parse(f"release: {{weekdays: monday, at: {at}, zone: UTC}}").rule
    assert isinstance(rule, Weekly)
    assert rule.at in (time(18, 30), time(7, 5))


def test_control_characters_and_line_ends_never_reach_a_title() -> None:
    title = parse('title: "The Lantern\\r\\nBcc: eve@example.org\\u202e\\0 Road"').title
    assert title == "The Lantern Bcc: eve@example.org Road"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "must hold settings"),
        ("- a\n- b", "must hold settings"),
        ("title: [unclosed", "can't be read as YAML"),
        ("titel: The Lantern Road", "“titel”"),
        ("title: {a: b}", "must be plain text"),
        ("title: " + "x" * 300, "too long"),
        ("language: '!'", "language tag"),
        ("status: asleep", "one of ongoing, hiatus, complete"),
        ("in_doubt: maybe", "one of resend, hold"),
        ("author_address: mara", "not an email address"),
        ("release: soon", "either “immediately” or"),
        ("release: {weekdays: [m], at: '18:30', zone: UTC}", "name days"),
        ("release: {weekdays: [], at: '18:30', zone: UTC}", "name days"),
        ("release: {weekdays: [mon], at: '25:00', zone: UTC}", "no time of day"),
        ("release: {weekdays: [mon], at: -5, zone: UTC}", "no time of day"),
        ("release: {weekdays: [mon], at: '18:30', zone: Atlantis}", "no time zone"),
        ("release: {weekdays: [mon], at: '18:30', zone: ../etc/passwd}", "no time zone"),
        ("release: {weekdays: [mon], at: '18:30'}", "either “immediately” or"),
        ("title: !!python/object/apply:os.system [x]", "tags or aliases"),
        ("a: &a [*a]", "tags or aliases"),
        ("title: " + "[" * 5000, "too many brackets"),
        ("title: " + "[" * 99, "can't be read as YAML"),
        ("typographic_quotes: maybe", "either true or false"),
        ("x" * 70_000, "too long"),
        ("1: 2", "must hold settings"),
    ],
)
def test_what_cannot_be_taken_is_refused_in_one_sentence(text: str, says: str) -> None:
    with pytest.raises(Refusal) as raised:
        parse(text)
    assert says in raised.value.message
    assert "\n" not in raised.value.message


def test_a_broken_file_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as raised:
        parse("title: Fine\nauthor: 'open\nstatus: ongoing\n")
    assert raised.value.line is not None


def test_a_file_in_another_encoding_is_refused() -> None:
    with pytest.raises(Refusal):
        settings_file.parse("lantern", "title: Café".encode("utf-16"))
