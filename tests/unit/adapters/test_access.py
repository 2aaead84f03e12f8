"""What an operator is told who can't get in; of their settings, see tests/unit/console/test_aws_settings.py."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    LoginRefreshRequired,
    LoginTokenLoadError,
    MissingDependencyException,
    ReadTimeoutError,
    TokenRetrievalError,
    UnauthorizedSSOTokenError,
)

from cliffhanger.adapters import access
from cliffhanger.errors import CliffhangerError

SECRET = "ada@example.org must not be told"
LOG_IN = "nobody is logged in to AWS, or not any more: `aws login`"
SIGN_IN = "nobody is signed in at IAM Identity Center, or not any more: `aws sso login`"
URL = "https://sts.example"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (LoginRefreshRequired(), LOG_IN),
        (LoginTokenLoadError(error_msg="no token"), LOG_IN),
        (UnauthorizedSSOTokenError(), SIGN_IN),
        (TokenRetrievalError(provider="sso", error_msg="Token has expired and refresh failed"), SIGN_IN),
        (MissingDependencyException(msg="…"), "this AWS profile needs more of botocore: pip install 'botocore[crt]'"),
        (
            EndpointConnectionError(endpoint_url=URL),
            f'AWS was not reached: Could not connect to the endpoint URL: "{URL}"',
        ),
        (ReadTimeoutError(endpoint_url=URL), f'AWS was not reached: Read timeout on endpoint URL: "{URL}"'),
    ],
    ids=lambda value: type(value).__name__,
)
def test_who_can_t_get_in_is_told_why(error: Exception, sentence: str) -> None:
    with pytest.raises(CliffhangerError) as caught, access.told():
        raise error
    assert caught.value.message == sentence
    assert caught.value.__suppress_context__


def test_a_refusal_is_told_by_its_code_alone() -> None:
    refused = ClientError({"Error": {"Code": "AccessDenied", "Message": SECRET}}, "AssumeRole")
    with pytest.raises(CliffhangerError) as caught, access.told():
        raise refused
    assert caught.value.message == "AWS refused AssumeRole: AccessDenied"


def test_what_is_told_already_stays_as_it_is() -> None:
    said = CliffhangerError("no AWS region is set", permanent=True)
    with pytest.raises(CliffhangerError) as caught, access.told():
        raise said
    assert caught.value is said
