"""Readers of another service, taken over: who joins, who keeps his place, and who is never written to again."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.world import KEYS, World
from tests.unit.readers.test_cells import PACES
from tests.unit.test_crashes import every_cut

from cliffhanger import catalogue, keys, links
from cliffhanger.clock import DAY, HOUR, MINUTE
from cliffhanger.pace import ASKED, LIVE, Kind, Pace
from cliffhanger.ports import Item
from cliffhanger.readers import erasing, exporting, leaving, life, sources, story
from cliffhanger.readers.csv_file import examine
from cliffhanger.readers.entries import Entry, Place, Skipped
from cliffhanger.readers.importing import Import, Outcome
from cliffhanger.readers.joining import Start
from cliffhanger.subscription import MOST_IN_A_BUNDLE, State

BOUNCED_THEN = 1_700_000_000_000


@pytest.fixture
def lantern() -> World:
    return with_chapters(3)


def with_chapters(count: int) -> World:
    world = World()
    world.series()
    for number in range(1, count + 1):
        world.release(number)
        world.minutes(2)
    return world


def importer(world: World, start: Start = Start.NEWEST) -> Import:
    newest = world.meta()["newest"]
    out = story.of_series(world.table, "lantern", newest)
    return Import(world.table, "lantern", out, "Substack", "d1ge57", start, KEYS, world.time)


def entry(name: str, state: State = State.ACTIVE, *, chapter: int | None = None, **more: object) -> Entry:
    place = None if chapter is None else Place(chapter, is_chapter=True)
    return Entry(2, f"{name}@example.org", state, place=place, **more)  # type: ignore[arg-type]


def test_a_reader_without_a_place_gets_the_next_release_and_no_mail_before(lantern: World) -> None:
    assert importer(lantern).take(entry("ada")) is Outcome.LEVEL
    lantern.minutes(5)
    assert lantern.got("ada") == []
    assert lantern.subscription("ada").is_live
    lantern.release(4)
    lantern.minutes(2)
    assert lantern.got("ada") == [4]


def test_a_release_at_this_very_moment_reaches_him_too(lantern: World) -> None:
    into = importer(lantern)
    lantern.release(4)
    lantern.minutes(2)
    into.take(entry("ada"))
    lantern.minutes(2)
    assert lantern.got("ada") == [4]


@pytest.mark.parametrize(
    ("start", "chapter", "first"), [(Start.FIRST, None, 1), (Start.NEWEST, 1, 2), (Start.NEWEST, 0, 1)]
)
def test_who_has_chapters_before_him_gets_one_a_day(
    lantern: World, start: Start, chapter: int | None, first: int
) -> None:
    assert importer(lantern, start).take(entry("ada", chapter=chapter)) is Outcome.BEHIND
    began = lantern.time
    seen: list[int] = []
    while len(seen) < 4 - first:
        lantern.time += HOUR
        lantern.minutes(1)
        seen += [(lantern.time - began) // DAY] * (len(lantern.got("ada")) - len(seen))
    assert lantern.got("ada") == list(range(first, 4))
    assert seen == list(range(4 - first))


def test_who_asks_for_each_gets_the_first_within_a_day_and_then_asks(lantern: World) -> None:
    assert importer(lantern, Start.FIRST).take(entry("ada", pace=ASKED)) is Outcome.BEHIND
    lantern.minutes(1)
    assert lantern.got("ada") == []
    for _ in range(2):
        lantern.time += DAY
        lantern.minutes(2)
        assert lantern.got("ada") == [1]
    assert life.next_now(lantern.table, "lantern", lantern.reader("ada"), lantern.time)
    lantern.minutes(2)
    assert lantern.got("ada") == [1, 2]


def test_who_asks_for_each_and_is_level_wakes_nobody_till_the_next_release(lantern: World) -> None:
    assert importer(lantern).take(entry("ada", pace=ASKED)) is Outcome.LEVEL
    assert lantern.subscription("ada").due_at is None
    lantern.minutes(2)
    for number in (4, 5):
        lantern.release(number)
        lantern.minutes(15)
        assert lantern.got("ada") == [4]
    assert life.next_now(lantern.table, "lantern", lantern.reader("ada"), lantern.time)
    lantern.minutes(2)
    assert lantern.got("ada") == [4, 5]


def test_who_asks_for_each_and_is_paused_gets_the_first_after_his_pause(lantern: World) -> None:
    paused = entry("ada", State.PAUSED, chapter=2, pace=ASKED, paused_until=lantern.time + DAY)
    assert importer(lantern).take(paused) is Outcome.PAUSED
    lantern.time += DAY
    lantern.minutes(3)
    assert lantern.got("ada") == [3]


def test_who_is_further_than_we_are_is_level(lantern: World) -> None:
    assert importer(lantern).take(entry("ada", chapter=99)) is Outcome.LEVEL
    assert lantern.subscription("ada").bookmark == 3


def test_a_hundred_readers_do_not_fall_due_at_once(lantern: World) -> None:
    into = importer(lantern, Start.FIRST)
    for number in range(100):
        into.take(entry(f"reader{number}"))
    due = [lantern.subscription(f"reader{number}").due_at or 0 for number in range(100)]
    assert all(lantern.time <= at < lantern.time + DAY for at in due)
    assert max(Counter((at - lantern.time) // HOUR for at in due).values()) < 20
    assert {lantern.subscription(f"reader{n}").pace.kind for n in range(100)} == {Kind.DAYS}


def test_a_chapter_is_found_where_the_numbers_begin_anew() -> None:
    out = story.Story(5, {}, {1: 1000, 2: 2000, 3: 2500, 4: 1000, 5: 2000})
    assert [out.bookmark(Place(n, is_chapter=True)) for n in (0, 1, 2, 3)] == [0, 1, 2, 5]
    assert [out.bookmark(Place(n, is_chapter=False)) for n in (0, 4, 9)] == [0, 4, 5]


def test_what_a_reader_agreed_to_is_kept_with_him(lantern: World) -> None:
    importer(lantern).take(entry("ada", consent="on Substack, created_at 2025-03-01", joined_at=BOUNCED_THEN))
    item = lantern.table.get(lantern.subscription("ada").key) or {}
    assert item["via"] == "import"
    assert item["proof"] == {
        "source": "Substack",
        "file": "d1ge57",
        "line": 2,
        "imported_at": lantern.time,
        "consent": "on Substack, created_at 2025-03-01",
        "joined_at": BOUNCED_THEN,
    }


def test_a_reader_who_is_there_keeps_his_place(lantern: World) -> None:
    lantern.join("ada")
    lantern.minutes(1)
    before = lantern.subscription("ada")
    assert importer(lantern).take(entry("ada", chapter=1)) is Outcome.KEPT
    assert importer(lantern).take(entry("ada", State.LEFT)) is Outcome.KEPT
    assert lantern.subscription("ada") == before


def test_who_came_by_an_import_leaves_by_one(lantern: World) -> None:
    importer(lantern).take(entry("ada"))
    assert importer(lantern).take(entry("ada", State.LEFT)) is Outcome.LEAVES
    assert importer(lantern).take(entry("ada")) is Outcome.STAYS_LEFT
    assert lantern.subscription("ada").state is State.LEFT


@pytest.mark.parametrize("has_left", [False, True])
def test_who_came_by_an_import_and_confirmed_since_leaves_by_none(lantern: World, has_left: bool) -> None:
    importer(lantern).take(entry("ada"))
    if has_left:
        lantern.leave("ada")
        lantern.time += DAY
    lantern.join("ada")
    assert importer(lantern).take(entry("ada", State.LEFT)) is Outcome.KEPT
    found = lantern.subscription("ada")
    assert found.state is State.ACTIVE
    item = lantern.table.get(found.key) or {}
    assert "via" not in item
    assert item["proof"].keys() == {"asked_at", "form", "network", "confirmed_at"}
    assert exporting.consent(item).startswith("asked ")


def test_a_confirmation_of_another_series_is_none_of_this_one(lantern: World) -> None:
    lantern.series("harbour")
    importer(lantern).take(entry("ada"))
    lantern.join("ada", slug="harbour")
    assert importer(lantern).take(entry("ada", State.LEFT)) is Outcome.LEAVES


def test_who_has_left_stays_left(lantern: World) -> None:
    lantern.join("ada")
    lantern.leave("ada")
    importer(lantern).take(entry("ben", State.LEFT))
    for name in ("ada", "ben"):
        assert importer(lantern).take(entry(name)) is Outcome.STAYS_LEFT
        assert lantern.subscription(name).state is State.LEFT


def test_a_bounced_address_is_suppressed_and_no_import_revives_it(lantern: World) -> None:
    importer(lantern).take(entry("ben"))
    for name in ("ada", "ben"):
        assert importer(lantern).take(entry(name, State.SUPPRESSED)) is Outcome.UNREACHABLE
        for state in (State.ACTIVE, State.SUPPRESSED):
            assert importer(lantern).take(entry(name, state)) is Outcome.STAYS_SUPPRESSED
        assert lantern.subscription(name).state is State.SUPPRESSED
        assert leaving.is_suppressed(lantern.table, f"{name}@example.org", KEYS)
    lantern.release(4)
    lantern.minutes(2)
    assert lantern.got("ada") == lantern.got("ben") == []


def test_an_address_that_was_confirmed_since_has_proved_itself(lantern: World) -> None:
    lantern.join("ada")
    outdated = entry("ada", State.SUPPRESSED, suppressed_at=BOUNCED_THEN)
    assert importer(lantern).take(outdated) is Outcome.KEPT
    assert lantern.subscription("ada").state is State.ACTIVE
    newer = entry("ada", State.SUPPRESSED, suppressed_at=lantern.time + MINUTE)
    assert importer(lantern).take(newer) is Outcome.UNREACHABLE
    assert lantern.subscription("ada").state is State.SUPPRESSED


def test_a_suppressed_reader_of_another_series_is_not_taken_over(lantern: World) -> None:
    lantern.series("harbour")
    lantern.join("ada", slug="harbour")
    lantern.time += MINUTE
    leaving.suppress(lantern.table, "ada@example.org", reason="complained", since=lantern.time, keys_=KEYS)
    assert importer(lantern).take(entry("ada")) is Outcome.STAYS_SUPPRESSED
    assert lantern.table.get(keys.subscription("lantern", lantern.reader("ada"))) is None


@pytest.mark.parametrize("state", [State.ACTIVE, State.LEFT, State.SUPPRESSED])
def test_who_was_suppressed_and_erased_leaves_no_new_trace(lantern: World, state: State) -> None:
    lantern.join("ada")
    lantern.time += MINUTE
    leaving.suppress(lantern.table, "ada@example.org", reason="complained", since=lantern.time, keys_=KEYS)
    erasing.erase(lantern.table, "ada@example.org", KEYS)
    before = lantern.table.get(keys.address(links.address_digest("ada@example.org", KEYS)))
    assert importer(lantern).take(entry("ada", state)) is Outcome.STAYS_SUPPRESSED
    assert lantern.table.get(keys.address(links.address_digest("ada@example.org", KEYS))) == before


def test_who_joins_by_the_form_at_this_very_moment_keeps_that_place(lantern: World) -> None:
    into = importer(lantern)
    put = lantern.table.put

    def and_somebody_was_faster(key: keys.Key, item: Item, **more: object) -> None:
        if key.sk.startswith("READER#"):
            put(key, {**item, "bookmark": 1})
        put(key, item, **more)  # type: ignore[arg-type]

    lantern.table.put = and_somebody_was_faster  # type: ignore[method-assign, assignment]
    assert into.take(entry("ada")) is Outcome.KEPT
    assert lantern.subscription("ada").bookmark == 1


def test_looking_changes_nothing_and_says_what_would_be_done(lantern: World) -> None:
    lantern.join("ada")
    into = importer(lantern)
    before = everything(lantern)
    every = [entry("ada"), entry("ben"), entry("cleo", State.LEFT), entry("dora", State.SUPPRESSED)]
    looked = [into.outcome(one) for one in every]
    assert everything(lantern) == before
    assert [into.take(one) for one in every] == looked
    assert looked == [Outcome.KEPT, Outcome.LEVEL, Outcome.HAD_LEFT, Outcome.UNREACHABLE]


def test_a_paused_reader_stays_paused_until_his_time(lantern: World) -> None:
    until = lantern.time + 3 * DAY
    paused = entry("ada", State.PAUSED, chapter=2, paused_until=until)
    assert importer(lantern).take(paused) is Outcome.PAUSED
    assert importer(lantern).take(entry("ben", State.PAUSED)) is Outcome.PAUSED
    ada, ben = lantern.subscription("ada"), lantern.subscription("ben")
    assert (ada.state, ada.bookmark, ada.paused_until, ada.due_at) == (State.PAUSED, 2, until, until)
    assert (ben.state, ben.paused_until, ben.due_at) == (State.PAUSED, None, None)


EVERY_KIND = (
    entry("ada"),
    entry("ben", chapter=1),
    entry("cleo", State.LEFT),
    entry("dora", State.SUPPRESSED, suppressed="bounced", suppressed_at=BOUNCED_THEN),
    entry("emil", State.PAUSED),
    entry("fay", State.LEFT),
)
"""Fay came by an earlier import."""


def test_an_import_cut_anywhere_is_finished_by_doing_it_again() -> None:
    def prepare() -> World:
        world = with_chapters(2)
        importer(world).take(entry("fay"))
        return world

    def act(world: World) -> None:
        into = importer(world)
        for one in EVERY_KIND:
            into.take(one)

    whole = prepare()
    act(whole)

    def recover(world: World) -> None:
        act(world)
        assert exported(world) == exported(whole)
        assert everything_but_counts(world) == everything_but_counts(whole)

    assert every_cut(prepare, act, recover) >= 20


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*State]),
            st.integers(0, 3),
            PACES,
            st.integers(1, MOST_IN_A_BUNDLE),
            st.sampled_from(["", "by hand", "=SUM(1)", "'quoted", 'a "b", c']),
            st.one_of(st.none(), st.integers(BOUNCED_THEN, BOUNCED_THEN + DAY)),
        ),
        max_size=6,
    )
)
def test_what_is_exported_can_be_imported_into_an_empty_table(
    tmp_path_factory: pytest.TempPathFactory, readers: list[tuple[State, int, Pace, int, str, int | None]]
) -> None:
    """A live reader who is behind is the exception: he comes as one who gets a chapter a day."""
    old, new = with_chapters(3), with_chapters(3)
    for number, (state, position, pace, bundle, consent, at) in enumerate(readers):
        importer(old).take(
            Entry(
                number,
                f"{'+' if number % 2 else ''}reader{number}@example.org",
                state,
                place=Place(3 if (state, pace) == (State.ACTIVE, LIVE) else position, is_chapter=False),
                pace=pace,
                bundle=bundle,
                paused_until=at if state is State.PAUSED else None,
                joined_at=at,
                consent=consent,
                suppressed="bounced",
                suppressed_at=at,
            )
        )
    path = tmp_path_factory.mktemp("export") / "readers.csv"
    path.write_text(exported(old), encoding="utf-8", newline="")
    found = list(sources.recognise(examine(path)).entries("lantern"))
    assert not [one for one in found if isinstance(one, Skipped)]
    for one in found:
        assert isinstance(one, Entry)
        importer(new).take(one)
    assert sorted(exported(new).splitlines()) == sorted(exported(old).splitlines())


def exported(world: World) -> str:
    """A line a reader, by his address: which shard he is in is chance."""
    shelf = catalogue.find(world.table, "lantern")
    assert shelf
    file = io.StringIO(newline="")
    lines = sorted(exporting.lines(world.table, [shelf], KEYS), key=lambda line: line["address"])
    exporting.write_csv(lines, file)
    return file.getvalue()


def everything(world: World) -> dict[str, dict[str, Item]]:
    return {pk: dict(items) for pk, items in world.table._partitions.items()}


def everything_but_counts(world: World) -> Counter[str]:
    """What each item holds, but for random ids and the rough count of a shard's readers."""
    ids = {world.reader(one.address.partition("@")[0]): one.address for one in EVERY_KIND}

    def named(text: str) -> str:
        for reader, address in ids.items():
            text = text.replace(reader, address)
        return text

    return Counter(
        named(repr({name: value for name, value in item.items() if name not in ("pk", "sk", "due_pk")}))
        for items in everything(world).values()
        for item in items.values()
        if "SHARD#" not in item["sk"]
    )


def test_an_exports_file_keeps_its_readers_of_the_other_series_apart(lantern: World, tmp_path: Path) -> None:
    lantern.series("harbour")
    lantern.join("ada", slug="harbour")
    importer(lantern).take(entry("ben"))
    path = tmp_path / "readers.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        shelves = list(catalogue.every_series(lantern.table))
        assert exporting.write_csv(exporting.lines(lantern.table, shelves, KEYS), file) == 2
    ours = list(sources.recognise(examine(path)).entries("lantern"))
    assert [type(one) for one in ours] == [Skipped, Entry]
