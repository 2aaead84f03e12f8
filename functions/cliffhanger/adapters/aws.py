"""One session for a function, and only the clients that it asks for: cold start is imports and clients.

The session is botocore's, the core of boto3: boto3's own layer above it gives the same clients, for a twelfth of the
start more (docs/performance.md).
"""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING, Any

# What a start makes lives as long as the function: to look through it for garbage at every 700 objects took a sixth
# of the start. It is set before botocore comes, for that is where the objects come from.
gc.set_threshold(100_000)

from botocore.config import Config  # noqa: E402
from botocore.exceptions import NoCredentialsError  # noqa: E402
from botocore.loaders import Loader  # noqa: E402
from botocore.session import Session  # noqa: E402

from cliffhanger.adapters import bodies, headers  # noqa: E402
from cliffhanger.errors import CliffhangerError  # noqa: E402

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

MOST_THREADS = 128
"""In `deliver` (the template's DeliverThreads); each may need a connection at once."""

LEAN = Config(
    connect_timeout=3,
    max_pool_connections=MOST_THREADS,
    parameter_validation=False,  # what we ask is typed, and AWS looks itself
    user_agent="cliffhanger",  # botocore would put its own together anew at each call: a tenth of the call
)
ORDINARY = LEAN.merge(Config(read_timeout=10, retries={"mode": "standard", "total_max_attempts": 4}))
ONE_ATTEMPT = LEAN.merge(Config(read_timeout=20, retries={"total_max_attempts": 1}))
"""For SendEmail: SES has no idempotency token, so a second attempt may be a second mail (promise 2)."""


OF_REGIONS = ("cloudformation", "dynamodb", "secretsmanager", "sesv2", "sqs")
"""Each has one address a region, whatever is asked of it. (DynamoDB also has one an account; the region's will do.)"""

OF_PROFILES = ("signin", "sso", "sso-oidc", "sts")
"""What botocore asks of the same session where an operator's profile is a role, IAM Identity Center or a login."""


class OurModels(Loader):
    """botocore would look through the folders of all its 400 services, twice, to see that ours are among them.

    A name costs nothing: a model is read when a client of it is made, and a function in the cloud makes none of those
    that profiles need.

    The rules by which a call finds its address are for those with more than one: S3 has one a bucket. For the others
    botocore would put each call's parameters together, and ask the rules, for what its list of regions says at once;
    unless there are `rules_for_all`.
    """

    def __init__(self, *, rules_for_all: bool = False) -> None:
        super().__init__()
        self._rules_for_all = rules_for_all

    def list_available_services(self, type_name: str) -> list[str]:
        several = ["s3", *OF_PROFILES]
        if type_name == "endpoint-rule-set-1" and not self._rules_for_all:
            return several
        return [*OF_REGIONS, *several]


def _wants_other_addresses(session: Session) -> bool:
    """FIPS, dual-stack or the account's own, which an operator's profile may ask for."""
    kinds = ("use_fips_endpoint", "use_dualstack_endpoint")
    return any(map(session.get_config_variable, kinds)) or (
        session.get_config_variable("account_id_endpoint_mode") == "required"
    )


@cache
def _session() -> Session:
    headers.read_so()
    session = Session()
    session.register_component("data_loader", OurModels(rules_for_all=_wants_other_addresses(session)))
    session.register_component("response_parser_factory", bodies.Parsers())
    if not session.get_config_variable("region"):
        raise CliffhangerError("no AWS region is set: set AWS_DEFAULT_REGION to the stack's", permanent=True)
    return session


def _client(service: str, config: Config = ORDINARY) -> Any:
    return _session().create_client(service, config=config)


@cache
def dynamodb() -> DynamoDBClient:
    client: DynamoDBClient = _client("dynamodb")
    return client


@cache
def s3() -> S3Client:
    client: S3Client = _client("s3")
    return client


@cache
def sqs() -> SQSClient:
    client: SQSClient = _client("sqs")
    return client


@cache
def secretsmanager() -> SecretsManagerClient:
    client: SecretsManagerClient = _client("secretsmanager")
    return client


@cache
def sesv2_to_ask() -> SESV2Client:
    """For GetAccount, which may be asked again; never for sending."""
    client: SESV2Client = _client("sesv2")
    return client


@cache
def sesv2() -> SESV2Client:
    client: SESV2Client = _client("sesv2", ONE_ATTEMPT)
    return client


def sign_in() -> None:
    """For the operator's commands alone: a profile may have to ask STS, IAM Identity Center or a program first."""
    credentials = _session().get_credentials()
    if not credentials:
        raise NoCredentialsError
    credentials.get_frozen_credentials()


@cache
def cloudformation() -> Any:
    """For the operator's commands alone."""
    return _client("cloudformation")
