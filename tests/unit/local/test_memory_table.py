"""What the table in memory does on demand and DynamoDB only now and then: refuse, lose a reply, lag behind."""

from __future__ import annotations

import pytest

from cliffhanger.errors import ConditionFailed, StoreBusy
from cliffhanger.ports import ABSENT, Item, Key
from local.memory_faults import READS, StoreFault
from local.memory_table import PAGE, MemoryTable

ADA, BEN = Key("SERIES#lantern#00", "READER#ada"), Key("SERIES#lantern#00", "READER#ben")


@pytest.fixture
def table() -> MemoryTable:
    return MemoryTable()


def number(table: MemoryTable) -> int | None:
    return (table.get(ADA) or {}).get("n")


def test_a_busy_store_does_nothing_and_says_so(table: MemoryTable) -> None:
    table.misbehave(StoreFault.BUSY)
    with pytest.raises(StoreBusy):
        table.put(ADA, {"n": 1})
    assert number(table) is None
    table.put(ADA, {"n": 1})
    assert number(table) == 1


def test_a_lost_reply_hides_that_it_was_done(table: MemoryTable) -> None:
    table.misbehave(StoreFault.LOST_REPLY)
    with pytest.raises(StoreBusy):
        table.update(ADA, add={"n": 1})
    assert number(table) == 1


def test_a_lost_reply_hides_too_that_a_condition_failed(table: MemoryTable) -> None:
    table.put(ADA, {"n": 1})
    table.misbehave(StoreFault.LOST_REPLY)
    with pytest.raises(StoreBusy):
        table.put(ADA, {"n": 2}, when={"pk": ABSENT})
    assert number(table) == 1


def test_a_client_that_asks_twice_adds_twice(table: MemoryTable) -> None:
    table.misbehave(StoreFault.TWICE)
    assert table.update(ADA, add={"n": 1})["n"] == 2


def test_a_client_that_asks_twice_is_beaten_by_itself(table: MemoryTable) -> None:
    table.misbehave(StoreFault.TWICE)
    with pytest.raises(ConditionFailed):
        table.put(ADA, {"n": 1}, when={"pk": ABSENT})
    assert number(table) == 1


def test_only_a_conditional_write_is_beaten(table: MemoryTable) -> None:
    table.misbehave(StoreFault.BEATEN)
    table.put(ADA, {"n": 1})
    with pytest.raises(ConditionFailed):
        table.put(ADA, {"n": 2}, when={"n": 1})
    assert number(table) == 1


def test_the_nth_call_of_a_kind_goes_wrong(table: MemoryTable) -> None:
    table.misbehave(StoreFault.BUSY, on=frozenset({"update"}), after=2, times=2)
    table.put(ADA, {"n": 1})
    table.update(ADA, add={"n": 1})
    table.update(ADA, add={"n": 1})
    for _ in range(2):
        with pytest.raises(StoreBusy):
            table.update(ADA, add={"n": 1})
    assert table.update(ADA, add={"n": 1})["n"] == 4


def test_one_item_alone_can_be_throttled(table: MemoryTable) -> None:
    table.misbehave(StoreFault.BUSY, key=ADA)
    table.put(BEN, {"n": 1})
    with pytest.raises(StoreBusy):
        table.put(ADA, {"n": 1})


def test_reads_fail_too(table: MemoryTable) -> None:
    table.misbehave(StoreFault.BUSY, on=READS, times=3)
    with pytest.raises(StoreBusy):
        table.get(ADA)
    with pytest.raises(StoreBusy):
        list(table.query(ADA.pk))
    with pytest.raises(StoreBusy):
        list(table.due("DUE#00", until=1))


def test_a_query_may_fail_on_its_second_page(table: MemoryTable) -> None:
    for n in range(PAGE + 1):
        table.put(Key("p", f"{n:06}"), {})
    table.misbehave(StoreFault.BUSY, on=frozenset({"query"}), after=1)
    items = table.query("p")
    assert [next(items)["sk"] for _ in range(PAGE)][-1] == f"{PAGE - 1:06}"
    with pytest.raises(StoreBusy):
        next(items)


def test_the_index_sees_late_what_is_due_and_what_no_longer_is(table: MemoryTable) -> None:
    table.put(ADA, {"due_pk": "DUE#00", "due_at": 1})
    table.let_index_lag()
    table.update(ADA, remove=("due_pk", "due_at"))
    table.put(BEN, {"due_pk": "DUE#00", "due_at": 2})
    assert list(table.due("DUE#00", until=5)) == [ADA]
    table.let_index_see(1)
    assert list(table.due("DUE#00", until=5)) == []
    table.put(ADA, {"due_pk": "DUE#00", "due_at": 3})
    table.let_index_see()
    assert list(table.due("DUE#00", until=5)) == [BEN, ADA]
    table.update(ADA, set={"due_at": 1})
    assert list(table.due("DUE#00", until=5)) == [ADA, BEN]


def test_what_the_asker_does_with_an_item_stays_with_him(table: MemoryTable) -> None:
    given: Item = {"claim": {"id": "x"}, "list": [{"a": 1}]}
    table.put(ADA, given)
    given["claim"]["id"] = "y"
    got = table.update(ADA, set={"n": 1})
    got["list"][0]["a"] = 2
    got["claim"].clear()
    assert (table.get(ADA) or {})["claim"] == {"id": "x"}
    assert next(table.query(ADA.pk))["list"] == [{"a": 1}]
