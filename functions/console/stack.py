"""The stack that an operator speaks of, found by its name: its outputs say where everything is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cliffhanger import clock
from cliffhanger.adapters import access, aws, secrets, stacks
from cliffhanger.adapters.dead_letters import SqsDeadLetters
from cliffhanger.adapters.dynamodb import DynamoTable
from cliffhanger.errors import CliffhangerError
from cliffhanger.links import Keys
from cliffhanger.ports import Clock
from console import queues

DEFAULT = "cliffhanger"


@dataclass(frozen=True)
class Stack:
    outputs: Mapping[str, str]

    def table(self) -> DynamoTable:
        return DynamoTable(access.made(aws.dynamodb), self._output("Table"))

    def generation(self) -> str:
        return self._output("Generation")

    def keys(self) -> Keys:
        return secrets.keys(access.made(aws.secretsmanager), self._output("SecretName"))

    def dead_letters(self) -> dict[str, SqsDeadLetters]:
        """By the name of the queue. There is a mailroom where readers may write to the service."""
        sqs = access.made(aws.sqs)
        names = [name for name in queues.ALL if name != queues.MAILROOM or "MailroomDlqUrl" in self.outputs]
        return {
            name: SqsDeadLetters(
                sqs,
                self._output(f"{name.title()}DlqUrl"),
                None if name == queues.TICK else self._output(f"{name.title()}QueueUrl"),
            )
            for name in names
        }

    def clock(self) -> Clock:
        """The local cloud moves its time by a file."""
        file = os.environ.get("CLIFFHANGER_CLOCK_FILE")
        return clock.system_clock(Path(file) if file else None)

    def _output(self, name: str) -> str:
        if name not in self.outputs:
            raise CliffhangerError(f"the stack has no output {name}: is it Cliffhanger's?", permanent=True)
        return self.outputs[name]


def find(name: str | None) -> Stack:
    """`name`, or what CLIFFHANGER_STACK names, or `cliffhanger`."""
    chosen = name or os.environ.get("CLIFFHANGER_STACK") or DEFAULT
    access.sign_in()
    return Stack(stacks.outputs(access.made(aws.cloudformation), chosen))
