"""The tables that hold to one suite: in memory, on moto, and on MiniStack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import uuid4

import boto3
import pytest
from moto import mock_aws
from tests.support.aws import REGION, create_table

from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.ports import Table
from local.artefacts import prepare_tool
from local.memory_table import MemoryTable
from local.ministack import CREDENTIALS, choose_port, ministack

MEMORY, MOTO, MINISTACK = "memory", "moto", pytest.param("ministack", marks=pytest.mark.cloud)


@pytest.fixture(params=[MEMORY, MOTO, MINISTACK])
def table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Table]:
    """An empty table. A test may choose among them: `@pytest.mark.parametrize("table", […], indirect=True)`."""
    if request.param == "memory":
        yield MemoryTable()
        return
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    if request.param == "ministack":
        yield request.getfixturevalue("ministack_table")()
        return
    with mock_aws():
        yield _dynamo_table(None)


@pytest.fixture(scope="session")
def ministack_table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Table]]:
    """One MiniStack for all tests, started by the first that needs it; each has a table of its own."""
    folder = tmp_path_factory.mktemp("ministack")
    with ministack(prepare_tool("ministack"), port=choose_port(None), folder=folder, variables={}) as url:
        yield lambda: _dynamo_table(url)


def _dynamo_table(endpoint: str | None) -> Table:
    client = boto3.client("dynamodb", region_name=REGION, endpoint_url=endpoint)
    name = f"table-{uuid4()}"
    create_table(client, name)
    return DynamoTable(client, name)
