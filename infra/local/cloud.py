"""The local cloud: the real template on MiniStack, with the post office in SES's place.

with start(Path(".demo/cloud")) as cloud:
    cloud.client("s3").put_object(Bucket=cloud.outputs["ManuscriptsBucket"], …)
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

import boto3
from botocore.config import Config

from local.artefacts import ROOT, prepare_tool, stage
from local.ministack import CREDENTIALS, REGION, CloudError, choose_port, ministack
from local.post_office.door import Door
from local.post_office.letter import keep_in
from local.post_office.office import PostOffice
from local.post_office.postman import Postman
from local.site_door import SiteDoor

STACK = "cliffhanger"
API_ID = "cliffhanger"
DOMAIN = "stories.example.org"
INBOUND = f"in.{DOMAIN}"
PARAMETERS = {
    "SenderDomain": DOMAIN,
    "InboundDomain": INBOUND,
    "PostalAddress": "The Lantern Press, 1 Sample Street, Exampleton",
    "OperatorAddress": f"operator@{DOMAIN}",
    "TemplatesFolder": str(ROOT / "templates"),
    "SpacingSeconds": "0",  # a demo's chapters are seconds apart
    "FirstDayLetters": "0",
}


@dataclass(frozen=True)
class Clock:
    """The time as the functions see it: the real one, plus the seconds written in `file`."""

    file: Path

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text()))

    def advance(self, seconds: float) -> None:
        """Written beside and moved over, so that no worker reads half a number."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(float(self.file.read_text()) + seconds))
        beside.replace(self.file)


@dataclass(frozen=True)
class Cloud:
    """`endpoint` answers all AWS calls, `base_url` the readers' pages, `site_url` the archive, `post_office_url` shows
    the inbox."""

    endpoint: str
    base_url: str
    site_url: str
    post_office_url: str
    post_office: PostOffice
    clock: Clock
    letters: Path

    def client(self, service: str) -> Any:
        session = cast(Any, boto3.Session())
        return session.client(
            service,
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            config=Config(s3={"addressing_style": "path"}, max_pool_connections=32),
        )

    @cached_property
    def outputs(self) -> dict[str, str]:
        """The outputs of the template."""
        stack = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def advance(self, seconds: float) -> None:
        self.clock.advance(seconds)

    def invoke_tick(self) -> None:
        """Run the tick now, through the Lambda API, instead of waiting for the minute.

        A second later than the last, as the functions see it: SES tells of the account once a second.
        """
        self.advance(1)
        answer = self.client("lambda").invoke(FunctionName=self.outputs["TickFunction"], Payload=b"{}")
        if "FunctionError" in answer:
            raise CloudError(f"The tick failed: {answer['Payload'].read().decode()}")


@contextmanager
def start(
    folder: Path,
    *,
    parameters: dict[str, str] | None = None,
    auth: bool = False,
    port: int | None = None,
    post_office_port: int | None = None,
    site_port: int | None = None,
    letters: Path | None = None,
    rate: float = 14,
) -> Iterator[Cloud]:
    """A cloud with its state under `folder`, which is emptied first, and nothing left running at the end.

    `parameters` are the template's. `auth` enforces each function's role. A port that is wished for and busy is
    a CloudError; without a wish any free one is taken. Accepted mail goes to
    `letters`, else to a folder of the cloud's own. `rate` is the account's letters per second.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    letters = letters or folder / "letters"
    letters.mkdir(parents=True)
    clock = Clock(folder / "clock-offset")
    clock.file.write_text("0")
    variables = {"CLIFFHANGER_CLOCK_FILE": str(clock.file), "AUTH": str(auth).lower()}
    office = PostOffice(clock=clock, keep=partial(keep_in, letters), rate=rate, domain=DOMAIN)
    with ExitStack() as stack:
        door = Door(office, port=choose_port(post_office_port))
        door.open()
        stack.callback(door.close)
        endpoint = stack.enter_context(
            ministack(prepare_tool("ministack"), port=choose_port(port), folder=folder, variables=variables)
        )
        base_url = f"{endpoint}/_aws/execute-api/{API_ID}/$default"
        site = SiteDoor(endpoint, port=choose_port(site_port))
        site.open()
        stack.callback(site.close)
        cloud = Cloud(endpoint, base_url, site.url, door.url, office, clock, letters)
        here = {"BaseUrl": base_url, "SiteUrl": site.url, "SesEndpoint": door.url}
        _deploy(cloud, {**PARAMETERS, **here, **(parameters or {})})
        site.domain = cloud.outputs["SiteDistributionDomain"]
        postman = Postman(office, _publisher(cloud))
        postman.start()
        stack.callback(postman.stop)
        yield cloud


def _deploy(cloud: Cloud, parameters: dict[str, str]) -> None:
    client = cloud.client("cloudformation")
    client.create_stack(
        StackName=STACK,
        TemplateURL=stage(cloud.client("s3")),
        Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        # MiniStack gives an API this id, so that its URL is known before it stands.
        Tags=[{"Key": "ms-custom-id", "Value": API_ID}],
    )
    client.get_waiter("stack_create_complete").wait(StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 60})


def _publisher(cloud: Cloud) -> Any:
    sns, topic = cloud.client("sns"), cloud.outputs["FeedbackTopic"]
    return lambda event: sns.publish(TopicArn=topic, Message=event)
