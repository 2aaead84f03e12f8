"""The command line itself: its stack is found by name, and what goes wrong is one sentence."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore.stub import Stubber
from tests.support.aws import CREDENTIALS

import console
from cliffhanger.adapters import aws
from console import main
from console.stack import Stack

ROOT = Path(__file__).parents[3]
OUTPUTS = {"Table": "table", "Generation": "1:table", "SecretName": "secret"}


@pytest.fixture
def cloudformation(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.delenv("CLIFFHANGER_STACK", raising=False)
    aws.cloudformation.cache_clear()
    with Stubber(aws.cloudformation()) as stubber:
        yield stubber
    aws.cloudformation.cache_clear()


def no_stack(stubber: Stubber, name: str) -> None:
    stubber.add_client_error(
        "describe_stacks",
        "ValidationError",
        f"Stack with id {name} does not exist",
        400,
        expected_params={"StackName": name},
    )


@pytest.mark.parametrize(
    ("arguments", "variable", "name"),
    [
        (["status"], None, "cliffhanger"),
        (["status"], "from-the-environment", "from-the-environment"),
        (["pause", "--stack", "mine"], "from-the-environment", "mine"),
    ],
)
def test_a_stack_is_found_by_its_name(
    arguments: list[str],
    variable: str | None,
    name: str,
    cloudformation: Stubber,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if variable:
        monkeypatch.setenv("CLIFFHANGER_STACK", variable)
    no_stack(cloudformation, name)
    assert main.main(arguments) == 1
    assert capsys.readouterr().err == f"there is no stack {name} in eu-central-1: name it with --stack\n"


def test_a_stack_of_somebody_else_is_told_so(cloudformation: Stubber, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = [{"OutputKey": "Website", "OutputValue": "https://example.org"}]
    stack = {"StackName": "theirs", "CreationTime": "2026-01-01T00:00:00Z", "StackStatus": "CREATE_COMPLETE"}
    cloudformation.add_response("describe_stacks", {"Stacks": [stack | {"Outputs": outputs}]})
    assert main.main(["pause", "--stack", "theirs"]) == 1
    assert capsys.readouterr().err == "the stack has no output Table: is it Cliffhanger's?\n"


def test_whom_aws_refuses_is_told_so(cloudformation: Stubber, capsys: pytest.CaptureFixture[str]) -> None:
    cloudformation.add_client_error("describe_stacks", "ExpiredToken", "The security token is expired", 403)
    assert main.main(["status"]) == 1
    assert capsys.readouterr().err == "CloudFormation refused DescribeStacks: ExpiredToken\n"


def test_without_credentials_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    aws.cloudformation.cache_clear()
    aws._session.cache_clear()
    assert main.main(["status"]) == 1
    assert capsys.readouterr().err == "there are no AWS credentials: set AWS_PROFILE, or log in\n"
    aws.cloudformation.cache_clear()
    aws._session.cache_clear()


def test_a_command_whose_library_is_missing_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    for name in ("commands", "status"):
        monkeypatch.delitem(sys.modules, f"console.{name}", raising=False)
        monkeypatch.delattr(console, name, raising=False)
    assert main.main(["status"]) == 1
    told = "this command needs rich.console: pip install -e '.[console]' in the checkout of Cliffhanger\n"
    assert capsys.readouterr().err == told


def test_help_names_every_queue_that_can_be_redriven(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    template = (ROOT / "infra" / "template.yaml").read_text()
    outputs = dict.fromkeys(re.findall(r"^  (\w+(?:Dlq|Queue)Url): ", template, re.MULTILINE), "https://queue")
    with pytest.raises(SystemExit):
        main.main(["redrive", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    names = Stack(outputs).dead_letters()
    assert f"{', '.join(names)}; without it, all" in told
    assert {f"{name.title()}DlqUrl" for name in names} == {name for name in outputs if name.endswith("DlqUrl")}


def test_a_file_is_read_without_any_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("boto3", "rich", "rich.console"):
        monkeypatch.setitem(sys.modules, name, None)
    (tmp_path / "one.md").write_text("# Chapter 1: Oil\n\nThere was oil for one night.\n")
    assert main.main(["read", str(tmp_path / "one.md")]) == 0
    assert "chapter 1" in capsys.readouterr().out
