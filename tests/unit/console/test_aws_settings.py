"""Whatever is wrong with the operator's AWS settings is one sentence, and nothing of a trace."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cliffhanger.adapters import access, aws
from cliffhanger.errors import CliffhangerError
from console import main
from console.stack import Stack

KEYS = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
ROLE = "[default]\nrole_arn = arn:aws:iam::123456789012:role/ops\n"
IDENTITY = "[default]\nsso_account_id = 123456789012\nsso_role_name = ops\n"
WITHIN = IDENTITY + "sso_session = ours\n[sso-session ours]\nsso_region = eu-central-1\nsso_start_url = https://ours/\n"
OLD = '{"Version": 1, "AccessKeyId": "a", "SecretAccessKey": "b", "Expiration": "2020-01-01T00:00:00Z"}'
NO_INI = "the AWS settings file {config} is malformed"
UNUSABLE = "the AWS settings can't be used: "
NOWHERE = "http://127.0.0.1:1"
"""Nobody listens there."""

# What is told, by what is set in the environment, and what stands in the file of settings.
TOLD: dict[str, tuple[dict[str, str], str, str]] = {
    "an unknown profile": (
        KEYS | {"AWS_PROFILE": "nosuch"},
        "",
        "there is no AWS profile 'nosuch': `aws configure list-profiles` names those there are",
    ),
    "a file without a section": (KEYS, "aws_secret_access_key = SECRET\n", NO_INI),
    "a line that says nothing": (KEYS, "[default]\nSECRET\n", NO_INI),
    "a setting twice": (KEYS, "[default]\nregion = a\nregion = b\n", NO_INI),
    "a region of three words": (
        KEYS | {"AWS_DEFAULT_REGION": "eu central 1"},
        "",
        "eu central 1 is no AWS region: set AWS_DEFAULT_REGION to the stack's",
    ),
    "no credentials": ({}, "", "there are no AWS credentials: set AWS_PROFILE, or log in"),
    "half of the keys": (
        {"AWS_ACCESS_KEY_ID": "testing"},
        "",
        "the AWS credentials are incomplete: AWS_SECRET_ACCESS_KEY is missing",
    ),
    "a role of nobody": (
        {},
        ROLE,
        "the AWS credentials are incomplete: source_profile or credential_source is missing",
    ),
    "a role of an unknown profile": (
        {},
        ROLE + "source_profile = base\n",
        UNUSABLE + 'The source_profile "base" referenced in the profile "default" does not exist',
    ),
    "an unknown session": (
        {},
        IDENTITY + "sso_session = ours\n",
        UNUSABLE + 'The specified sso-session does not exist: "ours"',
    ),
    "nobody signed in": (
        {},
        WITHIN,
        "nobody is signed in at IAM Identity Center, or not any more: `aws sso login`",
    ),
    "a token that is nowhere": (
        {"AWS_WEB_IDENTITY_TOKEN_FILE": "/no/such", "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/ops"},
        "",
        "the AWS settings name /no/such, and there is no such file",
    ),
    "a program that fails": (
        {},
        "[default]\ncredential_process = sh -c 'echo the vault; echo is locked >&2; echo and dark. >&2; exit 3'\n",
        "no AWS credentials came from custom-process: is locked and dark",
    ),
    "a program that is nowhere": (
        {},
        "[default]\ncredential_process = /no/such --at all\n",
        "the AWS settings name /no/such, and there is no such file",
    ),
    "a program that chats": (
        {},
        "[default]\ncredential_process = echo hello\n",
        "no AWS credentials came from custom-process: what it prints is no JSON",
    ),
    "a program in open quotes": (
        {},
        "[default]\ncredential_process = sh -c 'echo\n",
        UNUSABLE + "No closing quotation",
    ),
    "a program whose keys are old": (
        {},
        f"[default]\ncredential_process = echo '{OLD}'\n",
        "the AWS credentials have expired",
    ),
    "an endpoint without a scheme": (
        KEYS | {"AWS_ENDPOINT_URL": "localhost"},
        "",
        UNUSABLE + "Invalid endpoint: localhost",
    ),
    "an endpoint whose port is none": (
        KEYS | {"AWS_ENDPOINT_URL": "http://localhost:port"},
        "",
        UNUSABLE + "Port could not be cast to integer value as 'port'",
    ),
    "an endpoint where nobody is": (
        KEYS | {"AWS_ENDPOINT_URL": NOWHERE},
        "",
        f'CloudFormation was not reached: Could not connect to the endpoint URL: "{NOWHERE}/"',
    ),
    "a proxy where nobody is": (
        KEYS | {"HTTPS_PROXY": NOWHERE},
        "",
        f'CloudFormation was not reached: Failed to connect to proxy URL: "{NOWHERE}"',
    ),
    "an unknown mode": (
        KEYS | {"AWS_ACCOUNT_ID_ENDPOINT_MODE": "odd"},
        "",
        UNUSABLE + "The configured value 'odd' for 'account_id_endpoint_mode' is invalid. "
        "Valid values are: ('preferred', 'disabled', 'required')",
    ),
}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """The file of settings of an operator's machine; nothing else is set but the region."""
    for name in os.environ:
        if name.startswith("AWS_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    config = tmp_path / "config"
    for name, value in {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }.items():
        monkeypatch.setenv(name, value)
    forget()
    yield config
    forget()


def forget() -> None:
    for made in (aws._session, aws.cloudformation, aws.dynamodb, aws.secretsmanager, aws.sqs):
        made.cache_clear()


@pytest.mark.parametrize(("environment", "settings", "sentence"), TOLD.values(), ids=TOLD)
def test_what_is_wrong_is_one_sentence(
    environment: dict[str, str],
    settings: str,
    sentence: str,
    machine: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    machine.write_text(settings)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main.main(["status"]) == 1
    assert capsys.readouterr().err == sentence.format(config=machine) + "\n"


@pytest.mark.parametrize(
    ("service", "ask"),
    [("DYNAMODB", Stack.table), ("SECRETS_MANAGER", Stack.keys), ("SQS", Stack.dead_letters)],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_setting_of_one_service_is_told_when_it_is_asked(
    service: str, ask: Callable[[Stack], object], machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (KEYS | {f"AWS_ENDPOINT_URL_{service}": "localhost"}).items():
        monkeypatch.setenv(name, value)
    access.made(aws.cloudformation)
    with pytest.raises(CliffhangerError, match="Invalid endpoint: localhost"):
        ask(Stack({"Table": "table", "SecretName": "secret"}))


def test_a_program_that_talks_long_is_cut_short(machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine.write_text("[default]\ncredential_process = sh -c 'seq 999 >&2; exit 1'\n")
    main.main(["status"])
    told = capsys.readouterr().err
    assert len(told) <= access.LONGEST + 1
    assert told.endswith(" …\n")
