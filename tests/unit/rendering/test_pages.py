"""The pages of accounts."""

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from tests.support.chapters import LANTERN_ROAD
from tests.support.golden import assert_golden
from tests.support.rendered import SERIES_URL, TEMPLATES, Outline
from tests.support.showroom import ME, SMALL

from cliffhanger.rendering.pages import (
    Beginning,
    JoinForm,
    render_join_page,
    render_page,
    style_source,
)
from cliffhanger.web.paces import FIELDS, WEEK, ZONES

BY_FUNCTION = {"join"}
SKELETONS = {"base", "small", "pace", "snippet"}


def page(name: str, language: str = "en", **more: object) -> Outline:
    return Outline(render_page(name, environment=TEMPLATES, language=language, **SMALL[name] | more))


FORM = JoinForm("/subscribe", "sealed", WEEK, ZONES)


def join_page(form: JoinForm) -> str:
    return render_join_page(LANTERN_ROAD, form=form, series_url=SERIES_URL, environment=TEMPLATES)


def test_no_page_is_left_out_of_these_tests() -> None:
    templates = {Path(name).stem for name in TEMPLATES.list_templates() if re.fullmatch(r"pages/\w+\.html", name)}

    assert templates == SMALL.keys() | BY_FUNCTION | SKELETONS


@pytest.mark.parametrize("language", ["en", "de", "fa"])
@pytest.mark.parametrize("name", SMALL)
def test_every_page_is_one_quiet_document_without_script_or_anything_from_elsewhere(name: str, language: str) -> None:
    outline = page(name, language)

    assert len(outline.all("h1")) == len(outline.all("title")) == len(outline.all("main")) == 1
    assert outline.all("html")[0]["lang"] in {language, "en"}
    assert not {tag for tag, _ in outline.elements} & {"script", "img", "link", "iframe"}
    assert not [attributes for _, attributes in outline.elements if "style" in attributes]


@pytest.mark.parametrize("name", ["confirm", "unsubscribe", "ask", "release", "once_more", "once_change", "once_erase"])
def test_what_changes_something_is_a_button_that_posts(name: str) -> None:
    outline = page(name)

    assert [form["method"] for form in outline.all("form")] == ["post"]
    assert len(outline.all("button")) == 1


def test_what_a_stranger_typed_is_shown_as_text() -> None:
    assert "“a<da”" in page("bad_address").text
    assert page("once_more").all("input")[0]["value"] == "ada@<b>"


def test_the_author_sees_which_chapters_wait() -> None:
    assert "Chapter 4 Chapter 5" in page("release").text
    assert page("release", chapters=[]).all("form") == []


def test_a_page_that_lacks_a_field_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_page("confirm", environment=TEMPLATES, language="en", series="The Lantern Road")


def test_the_form_asks_for_an_address_and_a_beginning_and_lays_a_trap_for_robots() -> None:
    outline = Outline(join_page(FORM))
    fields = [(field["name"], field.get("value")) for field in outline.all("input")]

    assert fields[:4] == [("form", "sealed"), ("email", None), ("start", "newest"), ("start", "first")]
    assert {name for name, _ in fields[4:-1]} == set(FIELDS)
    assert fields[-1] == ("website", None)
    assert {field["id"] for field in outline.all("input") if "id" in field} == {
        label["for"] for label in outline.all("label") if "for" in label
    }


def test_the_form_offers_to_begin_with_the_chapter_that_a_reader_came_from() -> None:
    form = replace(FORM, beginning=Beginning("chapter-7", "Chapter 7: Salt"))
    html = join_page(form)
    chosen = [field["value"] for field in Outline(html).all("input") if field["name"] == "start" and "checked" in field]

    assert chosen == ["chapter-7"]
    assert "With Chapter 7: Salt" in Outline(html).text


def test_the_form_is_as_it_was_once_found_right() -> None:
    assert_golden(join_page(replace(FORM, beginning=Beginning("chapter-7", "Chapter 7: Salt"))), "pages/join.html")


def test_a_readers_own_page_is_as_it_was_once_found_right() -> None:
    assert_golden(render_page("me", environment=TEMPLATES, language="en", **ME), "pages/me.html")


def test_every_control_of_a_readers_page_has_a_label_and_an_id_of_its_own() -> None:
    outline = page("me")
    typed = [field for field in outline.all("input") if field.get("type") not in ("hidden", "radio", "checkbox")]
    ids = [attributes["id"] for _, attributes in outline.elements if "id" in attributes]

    assert {field["id"] for field in typed} <= {label["for"] for label in outline.all("label") if "for" in label}
    assert len(ids) == len(set(ids))
    assert {form["method"] for form in outline.all("form")} == {"post"}


def test_the_policy_allows_the_style_that_the_pages_carry() -> None:
    html = render_page("not_found", environment=TEMPLATES, language="en")
    style = html.split("<style>")[1].split("</style>")[0]

    assert style_source(TEMPLATES) == f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'"
