"""One suite for every table: what holds in memory must hold on DynamoDB. conftest.py has the tables."""

from __future__ import annotations

from typing import Any

import pytest
from tests.store.conftest import MEMORY, MINISTACK

from cliffhanger.errors import ConditionFailed
from cliffhanger.ports import ABSENT, PRESENT, AtLeast, Below, Between, Contains, Key, OneOf, Table

ADA = Key("SERIES#lantern#00", "READER#ada")


def without_key(item: dict[str, Any] | None) -> dict[str, Any] | None:
    return item and {name: value for name, value in item.items() if name not in ("pk", "sk")}


def test_every_kind_of_value_comes_back_as_it_went_in(table: Table) -> None:
    item = {
        "text": "naïve — “日本”",
        "empty": "",
        "number": 1_800_000_000_000_123,
        "yes": True,
        "list": ["a", 1, {"b": False}],
        "map": {"id": "x", "at": 5},
        "positions": frozenset({1, 2, 30}),
        "names": frozenset({"ada", "ben"}),
    }
    table.put(ADA, item)
    assert without_key(table.get(ADA)) == item


def test_what_was_never_written_is_none(table: Table) -> None:
    assert table.get(ADA) is None


def test_put_only_if_absent(table: Table) -> None:
    table.put(ADA, {"n": 1}, when={"pk": ABSENT})
    with pytest.raises(ConditionFailed):
        table.put(ADA, {"n": 2}, when={"pk": ABSENT})
    assert without_key(table.get(ADA)) == {"n": 1}


def test_put_replaces_the_whole_item(table: Table) -> None:
    table.put(ADA, {"n": 1, "old": True})
    table.put(ADA, {"n": 2})
    assert without_key(table.get(ADA)) == {"n": 2}


def test_update_makes_the_item_and_returns_it(table: Table) -> None:
    item = table.update(ADA, set={"state": "active"}, add={"epoch": 1, "owed": frozenset({3})})
    assert without_key(item) == {"state": "active", "epoch": 1, "owed": frozenset({3})}


def test_update_changes_counts_and_sets(table: Table) -> None:
    table.put(ADA, {"epoch": 1, "owed": frozenset({3, 4}), "claim": {"id": "x"}, "series": frozenset({"a"})})
    item = table.update(
        ADA,
        remove=("claim",),
        add={"epoch": -3, "series": frozenset({"b"})},
        discard={"owed": frozenset({3})},
    )
    assert without_key(item) == {"epoch": -2, "owed": frozenset({4}), "series": frozenset({"a", "b"})}


def test_an_emptied_set_is_gone(table: Table) -> None:
    table.put(ADA, {"owed": frozenset({3})})
    assert without_key(table.update(ADA, discard={"owed": frozenset({3, 5})})) == {}


def test_removing_what_is_not_there_changes_nothing(table: Table) -> None:
    table.put(ADA, {"n": 1})
    table.update(ADA, remove=("claim",))
    assert without_key(table.get(ADA)) == {"n": 1}


def test_what_is_deleted_is_gone_from_its_partition_and_from_the_index(table: Table) -> None:
    ben = Key(ADA.pk, "READER#ben")
    for key in (ADA, ben):
        table.put(key, {"due_pk": "DUE#00", "due_at": 5})
    for _ in range(2):
        table.delete(ADA)
    assert table.get(ADA) is None
    assert [item["sk"] for item in table.query(ADA.pk)] == ["READER#ben"]
    assert list(table.due("DUE#00", until=9)) == [ben]
    table.put(ADA, {"n": 1})
    assert [item["sk"] for item in table.query(ADA.pk)] == ["READER#ada", "READER#ben"]


def test_delete_only_what_is_as_it_was_asked_to_be(table: Table) -> None:
    with pytest.raises(ConditionFailed):
        table.delete(ADA, when={"pk": PRESENT})
    table.put(ADA, {"epoch": 1})
    with pytest.raises(ConditionFailed):
        table.delete(ADA, when={"epoch": 2})
    assert without_key(table.get(ADA)) == {"epoch": 1}
    table.delete(ADA, when={"epoch": 1})
    assert table.get(ADA) is None


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ({"bookmark": 3}, True),
        ({"bookmark": 4}, False),
        ({"state": "active", "bookmark": 3}, True),
        ({"state": "left", "bookmark": 3}, False),
        ({"claim": PRESENT}, True),
        ({"claim": ABSENT}, False),
        ({"claim.id": "x"}, True),
        ({"claim.id": "y"}, False),
        ({"claim.none": ABSENT}, True),
        ({"gone": ABSENT}, True),
        ({"gone": PRESENT}, False),
        ({"gone": "x"}, False),
        ({"gone.id": "x"}, False),
        ({"bookmark": Below(4)}, True),
        ({"bookmark": Below(3)}, False),
        ({"gone": Below(3)}, True),
        ({"bookmark": Between(3, 4)}, True),
        ({"bookmark": Between(2, 3)}, True),
        ({"bookmark": Between(4, 9)}, False),
        ({"bookmark": Between(1, 2)}, False),
        ({"gone": Between(0, 9)}, False),
        ({"bookmark": AtLeast(3)}, True),
        ({"bookmark": AtLeast(4)}, False),
        ({"gone": AtLeast(0)}, False),
        ({"state": OneOf(("active", "paused"))}, True),
        ({"state": OneOf(("left", "paused"))}, False),
        ({"gone": OneOf(("left",))}, False),
        ({"owed": Contains(3)}, True),
        ({"owed": Contains(4)}, False),
        ({"gone": Contains(3)}, False),
        ({"yes": True}, True),
        ({"yes": False}, False),
        ({"bookmark": "3"}, False),
        ({"state.id": "x"}, False),
        ({"state.id": ABSENT}, True),
        ({"gone.id.more": ABSENT}, True),
        ({"claim.id": PRESENT}, True),
        ({"claim.none": PRESENT}, False),
        ({"claim.at": Below(5)}, True),
        ({"state": Contains(3)}, False),
        ({"claim.id": OneOf(("x", "y"))}, True),
        ({"pk": PRESENT, "bookmark": Below(4), "claim": ABSENT}, False),
    ],
)
def test_conditions(table: Table, when: dict[str, Any], holds: bool) -> None:
    before = {"state": "active", "bookmark": 3, "claim": {"id": "x"}, "yes": True, "owed": frozenset({3})}
    table.put(ADA, before)
    if holds:
        assert table.update(ADA, set={"n": 1}, when=when)["n"] == 1
    else:
        with pytest.raises(ConditionFailed):
            table.update(ADA, set={"n": 1}, when=when)
        assert without_key(table.get(ADA)) == before


@pytest.mark.parametrize("table", [MEMORY, MINISTACK], indirect=True)  # moto compares as Python does
@pytest.mark.parametrize(
    "when",
    [
        {"yes": 1},
        {"bookmark": True},
        {"state": Below(5)},
        {"yes": Below(5)},
        {"state": AtLeast(0)},
        {"yes": AtLeast(1)},
    ],
)
def test_a_value_of_another_type_is_never_what_was_wanted(table: Table, when: dict[str, Any]) -> None:
    table.put(ADA, {"state": "active", "bookmark": 1, "yes": True})
    with pytest.raises(ConditionFailed):
        table.update(ADA, set={"n": 1}, when=when)


def test_a_condition_on_an_absent_item(table: Table) -> None:
    with pytest.raises(ConditionFailed):
        table.update(ADA, set={"n": 1}, when={"pk": PRESENT})
    assert table.get(ADA) is None


def test_query_reads_a_partition_in_order(table: Table) -> None:
    for name in ("READER#c", "READER#a", "META", "READER#b", "SHARD#1"):
        table.put(Key("p", name), {"name": name})
    table.put(Key("q", "READER#x"), {})
    assert [item["sk"] for item in table.query("p", prefix="READER#")] == ["READER#a", "READER#b", "READER#c"]
    assert [item["sk"] for item in table.query("p", prefix="READER#", after="READER#a")] == ["READER#b", "READER#c"]
    assert next(item["sk"] for item in table.query("p")) == "META"
    assert list(table.query("nobody")) == []


def test_a_query_may_ask_for_some_attributes_only(table: Table) -> None:
    table.put(Key("p", "READER#a"), {"state": "active", "first": 1, "proof": {"form": "web"}})
    (found,) = table.query("p", prefix="READER#", only=("sk", "state", "first", "claim"))
    assert found == {"sk": "READER#a", "state": "active", "first": 1}
    (whole,) = table.query("p", prefix="READER#")
    assert whole["proof"] == {"form": "web"}


def test_query_goes_on_over_pages(table: Table) -> None:
    for n in range(30):
        table.put(Key("p", f"READER#{n:02}"), {"text": "x" * 90_000})
    assert [item["sk"] for item in table.query("p", prefix="READER#")] == [f"READER#{n:02}" for n in range(30)]


def test_only_items_with_a_due_time_are_due_and_the_earliest_come_first(table: Table) -> None:
    table.put(Key("a", "1"), {"due_pk": "DUE#00", "due_at": 30})
    table.put(Key("b", "1"), {"due_pk": "DUE#00", "due_at": 10})
    table.put(Key("c", "1"), {"due_pk": "DUE#00", "due_at": 31})
    table.put(Key("d", "1"), {"due_pk": "DUE#01", "due_at": 1})
    table.put(Key("e", "1"), {"n": 1})
    assert list(table.due("DUE#00", until=30)) == [Key("b", "1"), Key("a", "1")]
    table.update(Key("b", "1"), remove=("due_pk", "due_at"))
    table.update(Key("a", "1"), set={"due_at": 50})
    assert list(table.due("DUE#00", until=49)) == [Key("c", "1")]


def test_readers_who_are_due_at_the_same_time_are_all_due(table: Table) -> None:
    tied = {Key(f"p{n}", "1") for n in range(5)}
    for key in tied:
        table.put(key, {"due_pk": "DUE#00", "due_at": 7})
    table.put(Key("first", "1"), {"due_pk": "DUE#00", "due_at": 6})
    found = list(table.due("DUE#00", until=7))
    assert found[0] == Key("first", "1")
    assert set(found[1:]) == tied
    assert len(found) == 6


def test_an_item_moves_from_one_due_shard_to_another(table: Table) -> None:
    table.put(ADA, {"due_pk": "DUE#00", "due_at": 1})
    table.update(ADA, set={"due_pk": "DUE#01"})
    assert list(table.due("DUE#00", until=9)) == []
    assert list(table.due("DUE#01", until=9)) == [ADA]
    table.update(ADA, remove=("due_at",))
    assert list(table.due("DUE#01", until=9)) == []


def test_a_query_sees_what_was_just_written(table: Table) -> None:
    for n in range(20):
        table.update(ADA, set={"n": n})
        assert [item["n"] for item in table.query(ADA.pk)] == [n]


def test_a_later_page_shows_what_was_written_while_the_first_was_read(table: Table) -> None:
    for n in range(1_200):
        table.put(Key("p", f"READER#{n:04}"), {"text": "x" * 1_000})
    items = table.query("p")
    next(items)
    table.update(Key("p", "READER#1199"), set={"state": "left"})
    table.put(Key("p", "READER#1200"), {"state": "active"})
    *_, before_last, last = items
    assert (before_last["state"], last["state"]) == ("left", "active")


def test_an_update_makes_an_item_only_if_its_conditions_hold_of_none(table: Table) -> None:
    for when in ({"state": "active"}, {"claim.id": "x"}, {"owed": Contains(1)}, {"state": OneOf(("active",))}):
        with pytest.raises(ConditionFailed):
            table.update(ADA, add={"n": 1}, when=when)
    assert table.get(ADA) is None
    assert table.update(ADA, add={"n": 1}, when={"claim.id": ABSENT, "at": Below(5)})["n"] == 1


def test_a_put_fails_where_the_item_is_otherwise(table: Table) -> None:
    table.put(ADA, {"claim": {"id": "x"}})
    with pytest.raises(ConditionFailed):
        table.put(ADA, {"n": 1}, when={"claim.id": "y"})
    table.put(ADA, {"n": 1}, when={"claim.id": "x"})
    assert without_key(table.get(ADA)) == {"n": 1}


def test_discarding_from_nothing_makes_nothing(table: Table) -> None:
    assert without_key(table.update(ADA, discard={"owed": frozenset({3})})) == {}
    table.update(ADA, add={"owed": frozenset({3})})
    assert without_key(table.update(ADA, discard={"owed": frozenset({4})})) == {"owed": frozenset({3})}


def test_a_set_holds_each_member_once(table: Table) -> None:
    table.put(ADA, {"owed": frozenset({1, 2})})
    assert table.update(ADA, add={"owed": frozenset({2, 3})})["owed"] == frozenset({1, 2, 3})


def test_text_is_sorted_by_its_bytes(table: Table) -> None:
    names = ["A", "Z", "a", "z", "é", "日", "\U0001f4d6", "\uff5e"]
    for name in names:
        table.put(Key("p", name), {})
    assert [item["sk"] for item in table.query("p")] == sorted(names, key=str.encode)
