"""HTML of our own as XML."""

import xml.etree.ElementTree as ET
from xml.parsers import expat

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cliffhanger.rendering.cleaning import TAGS
from cliffhanger.rendering.xml import document, xhtml


@pytest.mark.parametrize(
    ("html", "xml"),
    [
        ("a<br>b", "a<br/>b"),
        ("<hr>", "<hr/>"),
        ('<img src="a.png" alt="a &gt; b">', '<img src="a.png" alt="a &gt; b"/>'),
        ("<br/>", "<br/>"),
        ("x&nbsp;y &amp; &lt; &gt; &quot; &#39; &hellip;", "x\u00a0y &amp; &lt; &gt; &quot; &#39; …"),
        ("<p>plain</p>", "<p>plain</p>"),
        ("<hrx>", "<hrx>"),
    ],
)
def test_html_becomes_xml(html: str, xml: str) -> None:
    assert xhtml(html) == xml


@given(st.text())
def test_whatever_nh3_lets_through_is_well_formed_and_says_the_same(text: str) -> None:
    clean = nh3.clean(text, tags=TAGS | {"img", "hr"}, attributes={"a": {"href"}, "img": {"src", "alt"}}, link_rel=None)

    ET.fromstring(document(f"<div>{xhtml(clean)}</div>"))


@given(st.text(st.characters()))
def test_no_character_breaks_a_document(text: str) -> None:
    for sign in "&<>":
        text = text.replace(sign, "")

    ET.fromstring(document(f"<p>{text}</p>"))


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(expat.ExpatError):
        document("<p>a<br>b</p>")
