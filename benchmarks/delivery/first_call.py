"""A fresh interpreter's first answer, and its second: `python first_call.py HANDLER`, or `boto3` for a handler.

Reads an event, a line of JSON, and answers with the CPU of it in seconds, a line; so for each event. It imports
nothing before but what Lambda's own start has imported by then.
"""

import importlib
import io
import json
import sys
import time


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 120_000


def bare_boto3() -> None:
    """What the handlers are held against: no call is made."""
    import boto3  # noqa: PLC0415 (its import is what is measured)

    session = boto3.Session()
    for service in ("dynamodb", "s3", "sqs", "sesv2"):
        session.client(service)


def handler(name: str, event: object) -> None:
    answer = importlib.import_module(f"handlers.{name}").handler(event, Context())
    failed = answer and (answer.get("batchItemFailures") or answer.get("statusCode", 200) != 200)
    if failed or '"level":"ERROR"' in (log := sys.stdout.getvalue()):
        sys.exit(f"{name} failed: {answer}\n{log}")


if __name__ == "__main__":
    asked, answers = sys.argv[1], sys.stdout
    sys.stdout = io.StringIO()  # what a handler logs is no answer; it is told where the handler fails
    for line in sys.stdin:
        given = json.loads(line)
        started = time.process_time()
        if asked == "boto3":
            bare_boto3()
        else:
            handler(asked, given)
        print(time.process_time() - started, file=answers, flush=True)
