"""A deployed stack, found by its name."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.errors import CliffhangerError


def outputs(client: Any, name: str) -> dict[str, str]:
    """The outputs of infra/template.yaml, as CloudFormation holds them. CliffhangerError if there is no such stack."""
    with told_clearly("CloudFormation"):
        try:
            (stack,) = client.describe_stacks(StackName=name)["Stacks"]
        except (ConnectionError, HTTPClientError) as error:
            # It is the first that is asked, so the cause is rather a setting here: a region, an endpoint, a proxy.
            raise CliffhangerError(f"CloudFormation was not reached: {error}", permanent=False) from None
        except ClientError as error:
            if error.response["Error"]["Code"] != "ValidationError":
                raise
            told = f"there is no stack {name} in {client.meta.region_name}: name it with --stack"
            raise CliffhangerError(told, permanent=True) from None
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}
