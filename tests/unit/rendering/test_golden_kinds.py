"""One mail of each kind of chapter, bound into its series, as somebody once looked at it and found it right."""

from dataclasses import replace

import pytest
from tests.support.golden import assert_golden
from tests.support.kinds import FOLDER, KINDS, manuscript
from tests.support.rendered import PLACES, issue

from cliffhanger.mailbody import MailBody, Part, fill
from cliffhanger.manuscripts.read import read
from cliffhanger.publishing.settings_file import FILE_NAME, parse
from cliffhanger.rendering.binding import Neighbour, bind
from cliffhanger.series import Notes, Series

BEFORE = Neighbour("https://stories.example/before/", "What came before, in a sentence: “nothing”.")
FIRST = Neighbour("https://stories.example/first/")
SHORT = [kind for kind in KINDS if kind != "long"]
NOTED = "dialogue"


def mail(kind: str, **settings: object) -> MailBody:
    slug, _, name = KINDS[kind].partition("/")
    series: Series = replace(parse(slug, (FOLDER / slug / FILE_NAME).read_bytes()), **settings)  # type: ignore[arg-type]
    unbound = issue(read(name, manuscript(KINDS[kind])), series=series)
    return bind(unbound, previous=BEFORE, first=FIRST, total=9)


def check(body: MailBody, name: str) -> None:
    assert_golden(fill(body.html, PLACES, {Part.ALONE, Part.REPLY}), f"kinds/{name}.html")
    assert_golden(f"{body.subject}\n\n{fill(body.text, PLACES, {Part.ALONE, Part.REPLY})}", f"kinds/{name}.txt")


@pytest.mark.parametrize("kind", SHORT)
def test_a_mail_of_each_kind_is_as_it_was_once_found_right(kind: str) -> None:
    check(mail(kind), kind)


def test_notes_stand_before_the_story_where_the_series_says_so() -> None:
    check(mail(NOTED, notes=Notes.BEFORE), "notes-before")


def test_a_series_in_a_colour_of_its_own_as_one_conversation() -> None:
    check(mail(NOTED, colour="#ffd000", threaded=True), "coloured-and-threaded")
