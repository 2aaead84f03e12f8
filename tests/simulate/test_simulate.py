"""The simulation is believed only if small sends come out right, and its bill can be reckoned by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from benchmarks.simulate import real
from benchmarks.simulate.machines import Billed, Line, Processors
from benchmarks.simulate.meter import Meter, load_prices
from benchmarks.simulate.send import Sent, send, sized_for
from benchmarks.simulate.wires import TableWire
from benchmarks.stage.kernel import Kernel, Process
from tests.support.lambdas import stack

from cliffhanger.ports import Key
from local.memory_table import MemoryTable

SECOND = 1_000_000
LATENCY = dict.fromkeys(("table.get", "table.update", "table.put", "table.query", "table.due", "table.claim"), 0)
KEPT = Key("SERIES#s#00", "READER#ada")


@pytest.fixture(scope="module")
def sent() -> Sent:
    return send(2_000, 200, sized_for(200))


def metered() -> tuple[TableWire, Meter]:
    kernel = Kernel(0)
    meter = Meter(lambda: kernel.now)
    return TableWire(Line(kernel, LATENCY, Processors({})), MemoryTable(), meter), meter


def units(meter: Meter) -> dict[str, float]:
    return {row.api: row.units for row in meter.rows()}


def test_everybody_gets_one_letter_and_the_counts_say_so(sent: Sent) -> None:
    assert sent.copies == {1: 2_000}
    assert sent.counts == {"audience": 2_000, "sent": 2_000, "rejected": 0, "held": 0, "skipped": 0}
    assert not sent.wrong


def test_no_second_holds_more_than_the_rate_and_the_send_takes_little_longer_than_it_must(sent: Sent) -> None:
    assert sent.most_in_a_second <= 200
    assert sent.efficiency >= 0.7  # of ten seconds the first and a half is tick and workers starting
    assert sent.refusals == 0


def test_each_letter_is_claimed_settled_told_of_and_little_else(sent: Sent) -> None:
    calls = sent.meter.calls
    assert calls["SES SendEmail"] == calls["SNS Publish (by SES)"] == calls["SQS SendMessage (by SNS)"] == 2_000
    assert 4_000 < calls["DynamoDB UpdateItem"] < 4_000 + 2_000 // 4
    assert 2_000 <= calls["DynamoDB GetItem"] < 2_000 + 2_000 // 2


def test_the_bill_is_the_units_at_their_prices(sent: Sent) -> None:
    prices = load_prices()
    rows = {row.api: row for row in sent.meter.rows()}
    assert rows["SNS Publish (by SES)"].usd == pytest.approx(2_000 * 0.50 / 1_000_000)
    assert rows["DynamoDB UpdateItem"].usd == pytest.approx(rows["DynamoDB UpdateItem"].units * 0.625 / 1_000_000)
    assert rows["Lambda deliver: GB s"].usd == pytest.approx(rows["Lambda deliver: GB s"].units * 13.3334 / 1_000_000)
    assert rows["SES SendEmail"].usd == 0
    assert prices["metric_hour"] == pytest.approx(0.30 / 730)


def test_an_item_is_written_by_the_kilobyte_and_read_by_four() -> None:
    table, meter = metered()
    table.put(KEPT, {"text": "x" * 2_000})
    table.put(Key("SERIES#s#00", "OTHER#ben"), {"text": "x", "more": 1})
    assert units(meter)["DynamoDB PutItem"] == 2 + 1
    table.get(KEPT)
    list(table.query("SERIES#s#00"))
    assert (units(meter)["DynamoDB GetItem"], units(meter)["DynamoDB Query"]) == (1, 1)


def test_an_entry_of_the_index_costs_a_write_and_its_change_two() -> None:
    table, meter = metered()
    table.put(KEPT, {"due_pk": "DUE#00", "due_at": 5})
    assert units(meter)["DynamoDB index"] == 1
    table.update(KEPT, set={"due_at": 6})
    assert units(meter)["DynamoDB index"] == 3
    table.update(KEPT, set={"title": "t"})
    assert units(meter)["DynamoDB index"] == 3


def test_the_hottest_partition_is_the_one_with_the_most_writes_within_a_second() -> None:
    now = [0]
    meter = Meter(lambda: now[0])
    for partition in ("a", "b", "b"):
        meter.write("put", partition, 100)
    now[0] = SECOND
    meter.write("put", "a", 2_500)
    meter.write("put", "b", 100)
    assert meter.hottest == (3, "a")


def test_a_machine_with_a_tenth_of_a_processor_takes_ten_times_as_long_and_does_one_thing_at_a_time() -> None:
    processors = Processors({"deliver": 177})
    assert processors.work("deliver-1", 0, 1_000) == pytest.approx(10_000, rel=0.01)
    assert processors.work("deliver-1", 4_000, 1_000) == pytest.approx(16_000, rel=0.01)
    assert processors.work("deliver-2", 4_000, 1_000) == pytest.approx(10_000, rel=0.01)


def test_a_function_is_billed_for_its_memory_and_time_from_its_start() -> None:
    kernel = Kernel(0)
    meter = Meter(lambda: kernel.now)

    def load(_: Process) -> Callable[[Any, Callable[[], bool]], object]:
        return lambda body, enough: kernel.pause(body)

    function = Billed(kernel, "deliver", load, 60 * SECOND, memory=512, meter=meter, has_queue=True)
    function.invoke([SECOND] * 12, lambda failed: None, lambda: None)
    kernel.run(60 * SECOND)
    assert units(meter)["Lambda deliver: GB s"] == pytest.approx((12 + 0.4) / 2)
    assert (units(meter)["SQS ReceiveMessage"], units(meter)["SQS DeleteMessageBatch"]) == (2, 2)


def test_machines_that_die_end_their_call_and_those_of_an_old_version_get_no_other() -> None:
    kernel = Kernel(0)
    meter = Meter(lambda: kernel.now)
    loaded: list[Process] = []

    def load(process: Process) -> Callable[[Any, Callable[[], bool]], object]:
        loaded.append(process)
        return lambda body, enough: kernel.pause(body)

    function = Billed(kernel, "deliver", load, 60 * SECOND, memory=512, meter=meter)
    ends: list[str] = []
    for _ in range(2):
        function.invoke([SECOND], lambda failed: ends.append("done"), lambda: ends.append("died"))
    kernel.run(10 * SECOND)
    assert function.kill_all() == 0
    function.invoke([SECOND], lambda failed: ends.append("done"), lambda: ends.append("died"))
    kernel.run(10 * SECOND + SECOND // 2)
    assert function.kill_all() == 1
    function.retire()
    function.invoke([SECOND], lambda failed: ends.append("done"), lambda: ends.append("died"))
    kernel.run(20 * SECOND)
    assert ends == ["done", "done", "died", "done"]
    assert len(loaded) == 3


def test_the_handlers_send_for_real_over_moto() -> None:
    with stack() as lambdas:
        calls, copies, counts = real.send(lambdas, 10)
    assert copies == {1: 10}
    assert counts["audience"] == counts["sent"] == 10
    assert calls.made["SESv2 SendEmail"] == 10
