"""What DynamoDB refuses, every table refuses, and the item stays as it was.

Source: DynamoDB developer guide, "Constraints", "Update expressions" and "Condition expressions".
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.store.conftest import MEMORY, MINISTACK, MOTO

from cliffhanger.errors import CliffhangerError, ConditionFailed
from cliffhanger.ports import Key, Table

ADA = Key("SERIES#lantern#00", "READER#ada")
BEFORE: dict[str, Any] = {"text": "x", "number": 1, "numbers": frozenset({1}), "names": frozenset({"ada"}), "list": [1]}

NOT_MOTO = pytest.mark.parametrize("table", [MEMORY, MINISTACK], indirect=True)


def refused(table: Table, **change: Any) -> None:
    table.put(ADA, BEFORE)
    with pytest.raises(CliffhangerError) as caught:
        table.update(ADA, **change)
    assert not isinstance(caught.value, ConditionFailed)
    assert table.get(ADA) == {**BEFORE, **ADA._asdict()}


@pytest.mark.parametrize("value", [1.5, None, frozenset(), frozenset({1, "a"}), {"inner": frozenset()}])
def test_no_table_holds_a_fraction_nothing_or_an_empty_or_mixed_set(table: Table, value: Any) -> None:
    with pytest.raises(TypeError):
        table.put(ADA, {"value": value})
    with pytest.raises(TypeError):
        table.update(ADA, set={"value": value})
    assert table.get(ADA) is None


@NOT_MOTO  # which refuses more than 405,000 bytes
def test_an_item_has_at_most_400_kb(table: Table) -> None:
    room = 400 * 1024 - len("pk") - len(ADA.pk) - len("sk") - len(ADA.sk) - len("text")
    table.put(ADA, {"text": "x" * room})
    with pytest.raises(CliffhangerError):
        table.put(ADA, {"text": "x" * (room + 1)})
    with pytest.raises(CliffhangerError):
        table.update(ADA, set={"more": True})
    assert len((table.get(ADA) or {})["text"]) == room


@pytest.mark.parametrize("name", ["pk", "sk"])
def test_a_key_never_changes(table: Table, name: str) -> None:
    refused(table, set={name: "other"})


def test_a_key_is_not_empty(table: Table) -> None:
    with pytest.raises(CliffhangerError):
        table.put(Key("p", ""), {})


@pytest.mark.parametrize("name", ["text", "list", "names"])
def test_a_number_is_added_to_a_number_only(table: Table, name: str) -> None:
    refused(table, add={name: 1})


@pytest.mark.parametrize("name", ["text", "number", "names"])
def test_a_set_is_added_to_a_set_of_its_kind_only(table: Table, name: str) -> None:
    refused(table, add={name: frozenset({1})})


@pytest.mark.parametrize("name", ["text", "number", "names"])
def test_a_set_is_discarded_from_a_set_of_its_kind_only(table: Table, name: str) -> None:
    refused(table, discard={name: frozenset({1})})


@pytest.mark.parametrize("table", [MEMORY, MOTO], indirect=True)  # MiniStack does the one and then the other
def test_an_attribute_is_changed_once_at_a_time(table: Table) -> None:
    refused(table, set={"number": 2}, remove=("number",))


@NOT_MOTO  # which takes anything into an item, and looks for its index's keys when it is asked
@pytest.mark.parametrize("place", [{"due_pk": "DUE#00", "due_at": "soon"}, {"due_pk": 3, "due_at": 1}])
def test_what_is_in_the_index_has_keys_of_the_indexs_kind(table: Table, place: dict[str, Any]) -> None:
    refused(table, set=place)
