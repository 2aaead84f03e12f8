"""What is filled into an issue when its chapter goes out."""

from cliffhanger.mailbody import LONGEST_PREVIOUSLY, Block, MailBody, Part, Place, fill, size
from cliffhanger.rendering.binding import Neighbour, bind

PREVIOUS = Block(Part.PREVIOUS, ("<a href='", Place.PREVIOUS_URL, "'>before</a>"))
NEXT = Block(Part.NEXT, ("<a href='", Place.NEXT_URL, "'>after</a>"))
FIRST = Block(Part.FIRST, ("<a href='", Place.FIRST_URL, "'>first</a>"))
PREVIOUSLY = Block(Part.PREVIOUSLY, ("<p>Previously: ", Place.PREVIOUSLY, "</p>"))
TOTAL = Block(Part.TOTAL, (" of ", Place.TOTAL))
ALONE = Block(Part.ALONE, (PREVIOUS, " the web ", NEXT))
BODY = MailBody(
    "Chapter 7",
    (PREVIOUSLY, Block(Part.STORY, ("7", TOTAL, " story")), ALONE, FIRST, "<a href='", Place.UNSUBSCRIBE, "'>"),
    ("Before: ", PREVIOUSLY, Place.PREFERENCES),
    "Chapter 7",
    (Place.FIRST, "-", Place.LAST),
)
SIX = Neighbour("https://stories.example/lantern/chapter-6/", "The river rises.")
EIGHT = Neighbour("https://stories.example/lantern/chapter-8/")
ONE = Neighbour("https://stories.example/lantern/chapter-1/")


def test_a_bound_issue_has_the_links_to_its_neighbours_and_only_personal_places_are_left() -> None:
    bound = bind(BODY, previous=SIX, next=EIGHT, first=ONE, total=9)

    assert bound.html == (
        "<p>Previously: The river rises.</p>",
        Block(Part.STORY, ("7 of 9 story",)),
        Block(Part.ALONE, (f"<a href='{SIX.url}'>before</a> the web <a href='{EIGHT.url}'>after</a>",)),
        f"<a href='{ONE.url}'>first</a><a href='",
        Place.UNSUBSCRIBE,
        "'>",
    )
    assert bound.text == ("Before: <p>Previously: The river rises.</p>", Place.PREFERENCES)
    assert (bound.subject, bound.label, bound.span) == (BODY.subject, BODY.label, BODY.span)


def test_what_is_not_known_is_not_shown() -> None:
    bound = bind(BODY)

    assert fill(bound.html, {Place.UNSUBSCRIBE: "!"}, {Part.ALONE}) == "7 story the web <a href='!'>"
    assert bound.text == ("Before: ", Place.PREFERENCES)


def test_an_issue_that_nobody_bound_shows_as_much() -> None:
    assert fill(BODY.html, {Place.UNSUBSCRIBE: "!"}, {Part.ALONE}) == "7 story the web <a href='!'>"


def test_the_second_chapter_has_one_link_to_the_first() -> None:
    bound = bind(BODY, previous=ONE, first=ONE)

    assert fill(bound.html, {Place.UNSUBSCRIBE: ""}, {Part.ALONE}).count(ONE.url) == 1


def test_a_summary_is_never_code_and_one_harmless_line() -> None:
    summary = "<b>R&D</b>\r\nin {{ Café }} \u202eback"
    bound = bind(BODY, previous=Neighbour("https://stories.example/", summary))

    written = "&lt;b&gt;R&amp;D&lt;/b&gt; in {{ Caf&#233; }} back"
    assert bound.html[0] == f"<p>Previously: {written}</p>"
    assert bound.text[0] == "Before: <p>Previously: <b>R&D</b> in {{ Café }} back</p>"


def test_a_long_summary_ends_after_a_word() -> None:
    bound = bind(BODY, previous=Neighbour("https://stories.example/", "lantern " * 200))

    told = str(bound.text[0]).removeprefix("Before: <p>Previously: ").removesuffix("</p>")
    assert LONGEST_PREVIOUSLY - 20 <= len(told) <= LONGEST_PREVIOUSLY
    assert told.endswith("lantern…")


def test_a_long_summary_without_spaces_ends_anywhere_and_its_lines_are_short() -> None:
    bound = bind(BODY, previous=Neighbour("https://stories.example/", "灯" * 2_000))

    told = str(bound.text[0]).removeprefix("Before: <p>Previously: ").removesuffix("</p>")
    assert told == "灯" * (len(told) - 1) + "…"
    assert LONGEST_PREVIOUSLY / 3 < len(told) <= LONGEST_PREVIOUSLY / 2
    assert max(map(len, str(bound.html[0]).split("\n"))) < 998


def test_an_issue_is_measured_as_large_as_binding_can_make_it() -> None:
    longest = Neighbour("https://stories.example/" + "x" * 170, "\U0001f56f" * 2_000)
    bound = bind(BODY, previous=longest, next=longest, first=longest, total=10_000)

    assert size(bound.html) <= size(BODY.html)
