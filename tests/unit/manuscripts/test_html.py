"""What is particular to pages; the corpus holds whole files of every make."""

import io
import zipfile

import pytest
from tests.unit.manuscripts.prose import SENTENCE, texts

from cliffhanger.errors import Refusal
from cliffhanger.manuscripts.document import blocks_text
from cliffhanger.manuscripts.inlines import plain_text
from cliffhanger.manuscripts.model import (
    Block,
    Chapter,
    Emphasis,
    Footnote,
    Foreign,
    Image,
    Inlines,
    Link,
    Paragraph,
    Quote,
    SceneBreak,
    SmallCaps,
    Strong,
    Text,
    Verse,
)
from cliffhanger.manuscripts.read import read

PROSE = f"<p>{SENTENCE.strip()}</p>"


def read_page(body: str, head: str = "", name: str = "chapter.html") -> Chapter:
    page = f"<html><head>{head}</head><body><h1>Chapter 3: Rain</h1>{PROSE}{body}{PROSE}</body></html>"
    return read(name, page.encode())


def told(body: str, head: str = "") -> tuple[Block, ...]:
    """The blocks between two paragraphs of prose."""
    return read_page(body, head).blocks[1:-1]


def inlines(body: str, head: str = "") -> Inlines:
    (paragraph,) = told(body, head)
    assert isinstance(paragraph, Paragraph)
    return paragraph.inlines


def zipped(members: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ("<i>was</i>", ""),
        ("<cite>was</cite>", ""),
        ('<span style="FONT-STYLE: oblique">was</span>', ""),
        ('<span class="c2 c1">was</span>', ".c1{font-style:normal} .c2{font-style:italic}"),
        ('<span class="s1">was</span>', "span.s1 {font: italic 12.0px Palatino}"),
        ('<span class="a b">was</span>', ".a.b{font-style:italic} .b{font-style:normal}"),
        ('<span class="a">was</span>', "<!-- /* Word */ @page {size:8in} q, .a {font-style:italic;} -->"),
        ('<span class="a">was</span>', "@media print{.a{font-style:normal}} .a{font-style:italic !important}"),
    ],
)
def test_italics_are_seen_by_element_by_class_and_by_style(markup: str, style: str) -> None:
    assert inlines(f"<p>It {markup} late.</p>", f"<style>{style}</style>") == (
        Text("It "),
        Emphasis((Text("was"),)),
        Text(" late."),
    )


@pytest.mark.parametrize(
    ("markup", "style"),
    [
        ('<i class="a">was</i>', ".a{font-style:normal}"),
        ('<span class="a">was</span>', ".a{font-style:italic} .a{font-style:normal}"),
        ('<span class="a">was</span>', "@media print{.a{font-style:italic}}"),
        ('<span class="a">was</span>', "#menu .a{font-style:italic}"),
    ],
)
def test_what_a_style_sheet_sets_upright_is_upright(markup: str, style: str) -> None:
    assert inlines(f"<p>It {markup} late.</p>", f"<style>{style}</style>") == (Text("It was late."),)


def test_strong_words_small_capitals_and_foreign_words_keep_their_dress() -> None:
    page = '<p><b>No</b>, said the <span style="font-variant:small-caps">Herald</span>, <em lang="fr">jamais</em>.</p>'

    assert inlines(page) == (
        Strong((Text("No"),)),
        Text(", said the "),
        SmallCaps((Text("Herald"),)),
        Text(", "),
        Foreign("fr", (Emphasis((Text("jamais"),)),)),
        Text("."),
    )


def test_a_language_that_word_guessed_is_none() -> None:
    head = '<meta name=Generator content="Microsoft Word 15 (filtered)">'

    assert inlines("<p>It <span lang=DE>was</span> late.</p>", head) == (Text("It was late."),)


def test_white_space_of_the_source_is_one_space_and_a_hard_space_stays() -> None:
    assert inlines("<p>\n  Mr.&nbsp;Quill\n\t<i>was </i> late .\n</p>") == (
        Text("Mr.\u00a0Quill "),
        Emphasis((Text("was"),)),
        Text(" late ."),
    )


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://www.google.com/url?q=https://example.org/a&amp;sa=D", "https://example.org/a"),
        ("https://www.google.com/url?q=javascript:alert(1)", None),
        (" java&#10;script:alert(1)", None),
        ("data:text/html;base64,PHA+", None),
        ("vbscript:x", None),
        ("//example.org", None),
        ("#below", None),
        ("https://[", None),
    ],
)
def test_only_a_link_that_leads_somewhere_is_one(href: str, leads_to: str | None) -> None:
    found = inlines(f'<p>See <a href="{href}" onclick="x()">the map</a>.</p>')

    assert plain_text(found) == "See the map."
    assert [inline.url for inline in found if isinstance(inline, Link)] == ([leads_to] if leads_to else [])


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">hidden</p>',
        '<p class="gone">hidden</p>',
        "<p hidden>hidden</p>",
        '<p><span style="font-size:0px">hidden</span></p>',
        '<p><span style="mso-hide:all">hidden</span></p>',
        '<div style="visibility: hidden"><p>hidden</p></div>',
        "<!-- hidden --><script>hidden</script><style>hidden</style><title>hidden</title>",
        "<noscript><p>hidden</p></noscript><template><p>hidden</p></template>",
        "<object>hidden</object><svg><text>hidden</text></svg><math><mi>hidden</mi></math>",
        "<iframe>hidden</iframe><form><button>hidden</button><select><option>hidden</select></form>",
        '<p><del cite="mailto:Ben" datetime="2024-01-01">hidden</del></p>',
        "<nav>hidden</nav><div id='comments'><p>hidden</p></div>",
    ],
)
def test_what_is_not_on_the_page_is_not_read(hidden: str) -> None:
    chapter = read_page(hidden, "<style>.gone{display:none}</style>")

    assert "hidden" not in blocks_text(chapter.blocks)
    assert len([block for block in chapter.blocks if isinstance(block, Paragraph)]) == 2


def test_text_that_an_author_struck_out_stays() -> None:
    assert inlines("<p>I <strike>hate</strike> <del>loathe</del> like you.</p>") == (Text("I hate loathe like you."),)


def test_pictures_beside_the_manuscript_stay_and_others_are_named_and_left_out() -> None:
    chapter = read_page(
        '<p><img src="gull%201.jpg" alt="A gull"></p><p><img src="https://example.org/b.jpg" alt="A buoy"></p>'
        '<p><img src="data:image/png;base64,AAAA" alt="A dot"><img src="../secret.png"></p>'
        '<p><img src="https://example.org/open.gif" width="1" height="1"></p>'
    )

    gull, dot = (block for block in chapter.blocks if isinstance(block, Image))
    assert gull == Image("gull 1.jpg", "A gull")
    assert dot.source.startswith("embedded-")
    assert [warning.split("”")[0] for warning in chapter.warnings] == [
        "The picture “A buoy",
        "The picture “../secret.png",
    ]


@pytest.mark.parametrize(
    "drawn",
    [
        "<hr>",
        "<center>* * *</center>",
        '<p align="center">—•—</p>',
        '<p style="border-bottom:solid windowtext 1.0pt">&nbsp;</p>',
        '<div style="border-bottom:solid windowtext 1.0pt;border-top:none"><p>&nbsp;</p></div>',
        '<p class="scene-break">§</p>',
        "<p></p><p><br></p><p>&nbsp;</p>",
    ],
)
def test_a_scene_break_is_seen_however_it_is_drawn(drawn: str) -> None:
    page = "".join((PROSE, drawn.join((PROSE, PROSE)), PROSE))

    assert sum(isinstance(block, SceneBreak) for block in told(page)) == 1


def test_empty_paragraphs_between_all_paragraphs_are_spacing() -> None:
    assert told("<p>&nbsp;</p>".join([PROSE] * 6)) == (Paragraph((Text(SENTENCE.strip()),)),) * 6


def test_two_line_breaks_part_paragraphs_and_three_short_lines_are_verse() -> None:
    blocks = told(f"{SENTENCE}<br><br>{SENTENCE}<br /><br />Fog on the water,<br>bell in the fog,<br>bird on the bell.")

    assert [type(block) for block in blocks] == [Paragraph, Paragraph, Verse]


def test_talk_with_a_line_break_for_each_speaker_is_no_verse() -> None:
    assert [type(block) for block in told("<p>“Yes.”<br>“No.”<br>“Perhaps.”</p>")] == [Paragraph] * 3


def test_preformatted_short_lines_are_verse_with_their_indents() -> None:
    (verse,) = told("<pre>Fog on the water,\n   bell in the fog,\n\nbird on the bell,\nbell.</pre>")

    assert isinstance(verse, Verse)
    assert [plain_text(line).strip() for line in verse.lines] == [
        "Fog on the water,",
        "bell in the fog,",
        "",
        "bird on the bell,",
        "bell.",
    ]
    assert verse.indents == (0, 3, 0, 0, 0)


def test_a_passage_set_in_by_its_margin_is_a_quote() -> None:
    letter = "Come at once, and bring the lamp, the long rope and whoever still owes you a favour."
    blocks = told(f'<p class="c7">{letter}</p><p class="c7">{letter}</p>', "<style>.c7{margin-left:36pt}</style>")

    assert blocks == (Quote((Paragraph((Text(letter),)),) * 2),)


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ('<sup><a href="#f1" id="f_ref1">[1]</a></sup>', '<div><p><a href="#f_ref1" id="f1">[1]</a> X.</p></div>'),
        ('<a href="#_f1" name="_fr1">[1]</a>', '<div id=f1><p><a href="#_fr1" name="_f1">[1]</a> X.</p></div>'),
        ('<a href="#fn1" id="r1"><sup>1</sup></a>', '<ol><li id="fn1"><p>X.<a href="#r1">↩</a></p></li></ol>'),
        ('<a href="#n">*</a>', '<p id="n">* X.</p>'),
        ('<sup id="r"><a href="#n">1</a></sup>', '<aside id="n"><p><a href="#r">1</a>. X.</p></aside>'),
        ("[1]", "<p>[1] X.</p>"),
    ],
)
def test_a_footnote_is_lifted_from_the_end_of_the_page(reference: str, note: str) -> None:
    page = f"<h1>Chapter 3</h1><p>The bell{reference} rang.</p>{PROSE}<hr>{note}"
    chapter = read("a.html", page.encode())

    assert blocks_text(chapter.blocks) == f"The bell rang.\n\n{SENTENCE.strip()}"
    assert chapter.footnotes == (Footnote("1", (Paragraph((Text("X."),)),)),)


def test_a_menu_of_chapters_has_no_footnotes() -> None:
    page = f'<p><a href="#c1">1</a> <a href="#c2">2</a></p><h2 id="c1">1</h2>{PROSE}<h2 id="c2">2</h2>{PROSE}'

    assert read("a.html", page.encode()).footnotes == ()


def test_an_editors_comments_are_not_for_readers() -> None:
    page = (
        f'<h1>Chapter 3</h1><p>The bell<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> rang.</p>{PROSE}'
        '<div><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Which bell? Ben</span></p></div>'
    )
    chapter = read("a.html", page.encode())

    assert blocks_text(chapter.blocks) == f"The bell rang.\n\n{SENTENCE.strip()}"
    assert chapter.footnotes == ()


@pytest.mark.parametrize(
    ("declares", "codec"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("macintosh", "mac_roman"),
        ("windows-1250", "cp1250"),
        ("utf-8", "utf-16"),
        ("idna", "utf-8"),
        ("no-such-thing", "utf-8"),
    ],
)
def test_a_page_is_read_in_its_encoding(declares: str, codec: str) -> None:
    page = f'<html><meta charset="{declares}"><h1>Chapter 3</h1><p>“Rain—again…” said Ada.</p></html>'

    assert blocks_text(read("a.html", page.encode(codec)).blocks) == "“Rain—again…” said Ada."


def test_entities_that_are_no_characters_do_no_harm() -> None:
    assert inlines("<p>It &#0;was&#x202e; &#xD800;late&#8230;</p>") == (Text("It \ufffdwas \ufffdlate…"),)


@pytest.mark.parametrize("name", ["chapter.html", "chapter.txt", "chapter"])
def test_a_page_is_known_by_its_content(name: str) -> None:
    assert read(name, f"<h2>Chapter 3</h2>\n{PROSE}".encode()).blocks == (Paragraph((Text(SENTENCE.strip()),)),)


def test_a_text_without_a_tag_is_a_text_whatever_it_is_called() -> None:
    assert read("chapter.html", f"Chapter 3\n\n{SENTENCE}{SENTENCE}".encode()).number == 3


def test_paragraphs_typed_without_tags_are_paragraphs() -> None:
    chapter = read("post.html", f"<b>A/N:</b> Late!\n\nChapter 3: Rain\n\n<i>Rain</i> fell.\n\n{SENTENCE}".encode())

    assert texts(chapter.notes_before) == ["Late!"]
    assert blocks_text(chapter.blocks) == f"Rain fell.\n\n{SENTENCE.strip()}"


def test_the_page_of_a_zip_is_read_with_the_pictures_that_are_in_it() -> None:
    page = f'<h1>Chapter 3</h1>{PROSE}<p><img src="images/a.png" alt="A"><img src="images/b.png" alt="B"></p>{PROSE}'
    chapter = read("Rain.zip", zipped({"Rain.html": page, "images/a.png": "x", "__MACOSX/Rain.html": "x"}))

    assert [block for block in chapter.blocks if isinstance(block, Image)] == [Image("images/a.png", "A")]
    assert [warning for warning in chapter.warnings if "“B”" in warning]


@pytest.mark.parametrize(
    ("members", "says"),
    [
        ({"a.html": "x", "b/c.htm": "x"}, "2 pages (“a.html”, “b/c.htm”)"),
        ({"a.txt": "x"}, "no web page"),
        ({"a.html": ""}, "0 bytes"),
        ({"a.html": "<p>" + "x" * 5_000_001}, "5,000,004 bytes"),
        ({f"a{at}.png": "" for at in range(2_001)}, "2,000 parts"),
    ],
)
def test_a_zip_that_is_no_chapter_is_refused(members: dict[str, str], says: str) -> None:
    with pytest.raises(Refusal) as refused:
        read("a.zip", zipped(members))

    assert says in refused.value.message
