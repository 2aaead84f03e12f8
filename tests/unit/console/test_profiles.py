"""An operator's profile may be a role, or IAM Identity Center: it opens the stack as plain keys do."""

from __future__ import annotations

import hashlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from botocore import credentials, tokens
from tests.support import signing_in
from tests.support.signing_in import LATER, Aws

from cliffhanger.adapters import aws

REGION = "region = eu-central-1\n"
BASE = "[profile base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n"
ROLE = "[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = base\n" + REGION
SESSION = "[sso-session ours]\nsso_region = eu-central-1\nsso_start_url = https://ours.example/start\n"
IDENTITY = "[profile ops]\nsso_session = ours\nsso_account_id = 123456789012\nsso_role_name = ops\n" + REGION
BEFORE = "2020-01-01T00:00:00Z"
FOUND = "the stack has no output Table: is it Cliffhanger's?\n"
"""What is said of a stack that was found, and is empty."""


@pytest.fixture
def cloud() -> Iterator[Aws]:
    with signing_in.answering() as cloud:
        yield cloud


def signed_in(home: Path, until: str) -> None:
    """As `aws sso login` leaves it."""
    token = {"accessToken": "mine", "expiresAt": until, "refreshToken": "more", "clientId": "us", "clientSecret": "s"}
    file = home / ".aws" / "sso" / "cache" / f"{hashlib.sha1(b'ours').hexdigest()}.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(token | {"registrationExpiresAt": LATER}))


def ask(home: Path, config: str, cloud: Aws) -> str:
    env = signing_in.environment(home, config, {"AWS_PROFILE": "ops", "AWS_ENDPOINT_URL": cloud.url})
    return signing_in.cliffhanger("pause", env=env).stderr


def test_a_role_opens_the_stack(cloud: Aws, tmp_path: Path) -> None:
    assert ask(tmp_path, BASE + ROLE, cloud) == FOUND
    assert cloud.asked == ["AssumeRole", "DescribeStacks"]
    assert cloud.keys == ["AKIABASE", "ASIAROLE"]


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        (LATER, ["GetRoleCredentials", "DescribeStacks"]),
        (BEFORE, ["CreateToken", "GetRoleCredentials", "DescribeStacks"]),
    ],
    ids=["a token that holds", "a token to be renewed"],
)
def test_identity_center_opens_the_stack(until: str, asked: list[str], cloud: Aws, tmp_path: Path) -> None:
    signed_in(tmp_path, until)
    assert ask(tmp_path, SESSION + IDENTITY, cloud) == FOUND
    assert cloud.asked == asked
    assert cloud.keys[-1] == "ASIASSO"


def test_every_service_that_a_profile_may_ask_is_among_ours() -> None:
    """botocore's next way to sign in may ask one more: this names it."""
    source = inspect.getsource(credentials) + inspect.getsource(tokens)
    asked = re.findall(r"(?:_client_creator\(|create_nested_client\(\s*self\._session,)\s*[\"']([\w-]+)[\"']", source)
    assert len(set(asked)) >= 4
    assert set(asked) <= set(aws.OurModels().list_available_services("service-2"))


def test_a_role_that_is_refused_is_not_blamed_on_the_stack(cloud: Aws, tmp_path: Path) -> None:
    cloud.refuses["AssumeRole"] = "ValidationError"
    assert ask(tmp_path, BASE + ROLE, cloud) == "AWS refused AssumeRole: ValidationError\n"


def test_a_role_that_wants_a_code_says_so_where_nobody_can_type_it(cloud: Aws, tmp_path: Path) -> None:
    told = ask(tmp_path, BASE + ROLE + "mfa_serial = arn:aws:iam::123456789012:mfa/ops\n", cloud)
    assert told.endswith("this AWS profile asks for an MFA code, and there is no terminal to type it at\n")
    assert "Traceback" not in told


def test_a_session_that_is_over_is_told_so(cloud: Aws, tmp_path: Path) -> None:
    signed_in(tmp_path, BEFORE)
    cloud.refuses["CreateToken"] = "InvalidGrantException"
    told = "nobody is signed in at IAM Identity Center, or not any more: `aws sso login`\n"
    assert ask(tmp_path, SESSION + IDENTITY, cloud) == told
