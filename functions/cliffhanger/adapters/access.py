"""How an operator gets in: by the AWS settings of their machine, of which any may be wrong.

No function in the cloud imports this: its settings come with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from textwrap import shorten
from typing import TypeVar
from urllib.parse import urlsplit

from botocore.client import BaseClient
from botocore.exceptions import (
    ClientError,
    ConfigParseError,
    ConnectionError,
    CredentialRetrievalError,
    HTTPClientError,
    InvalidRegionError,
    LoginRefreshRequired,
    LoginTokenLoadError,
    MissingDependencyException,
    NoCredentialsError,
    PartialCredentialsError,
    ProfileNotFound,
    SSOError,
    TokenRetrievalError,
)

from cliffhanger.adapters import aws
from cliffhanger.errors import CliffhangerError

Client = TypeVar("Client", bound=BaseClient)

SENTENCES: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    (
        (ProfileNotFound,),
        "there is no AWS profile {0.kwargs[profile]!r}: `aws configure list-profiles` names those there are",
    ),
    ((ConfigParseError,), "the AWS settings file {0.kwargs[path]} is malformed"),
    ((InvalidRegionError,), "{0.kwargs[region_name]} is no AWS region: set AWS_DEFAULT_REGION to the stack's"),
    ((NoCredentialsError,), "there are no AWS credentials: set AWS_PROFILE, or log in"),
    ((PartialCredentialsError,), "the AWS credentials are incomplete: {0.kwargs[cred_var]} is missing"),
    ((SSOError, TokenRetrievalError), "nobody is signed in at IAM Identity Center, or not any more: `aws sso login`"),
    ((LoginRefreshRequired, LoginTokenLoadError), "nobody is logged in to AWS, or not any more: `aws login`"),
    ((MissingDependencyException,), "this AWS profile needs more of botocore: pip install 'botocore[crt]'"),
    ((CredentialRetrievalError,), "no AWS credentials came from {0.kwargs[provider]}: {0.kwargs[error_msg]}"),
    ((ClientError,), "AWS refused {0.operation_name}: {0.response[Error][Code]}"),
    ((ConnectionError, HTTPClientError), "AWS was not reached: {0}"),
    ((JSONDecodeError,), "no AWS credentials came from custom-process: what it prints is no JSON"),
    ((FileNotFoundError,), "the AWS settings name {0.filename}, and there is no such file"),
    ((RuntimeError,), "the AWS credentials have expired"),  # and whatever renews them gave no better ones
    ((EOFError,), "this AWS profile asks for an MFA code, and there is no terminal to type it at"),
)
"""`{0}` is the error. What AWS says in words goes no further, as everywhere; a program of the operator's may speak."""

LONGEST = 300


@contextmanager
def told() -> Iterator[None]:
    """CliffhangerError with one sentence, whatever botocore makes of the settings.

    Only botocore may run in here: a file that is not there, or a number that is none, leaves it as any exception.
    """
    try:
        yield
    except CliffhangerError:
        raise
    except Exception as error:
        raise CliffhangerError(_sentence(error), permanent=True) from None


def made(make: Callable[[], Client]) -> Client:
    """A client. A setting may be of one service alone: its endpoint, say."""
    with told():
        client = make()
        _ = urlsplit(client.meta.endpoint_url).port  # a port that is no number would be found out only by a call
        return client


def sign_in() -> None:
    """Now, so that no later call is the one that finds the profile refused, and is blamed for it."""
    with told():
        aws.sign_in()


def _sentence(error: Exception) -> str:
    for kinds, words in SENTENCES:
        if isinstance(error, kinds):
            return _line(words.format(error))
    return _line(f"the AWS settings can't be used: {error}")


def _line(text: str) -> str:
    return shorten(text, LONGEST, placeholder=" …").rstrip(" .:")
