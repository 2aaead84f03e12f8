"""The one error of the service: what went wrong, for the person who can mend it."""


class CliffhangerError(Exception):
    """Something failed.

    `message` is one sentence for whoever can mend it; it holds no address and no token.
    `permanent` says whether another try could help: a permanent error is answered, any other is raised
    to the queue, which delivers the message again and in the end lays it in its dead-letter queue.
    """

    def __init__(self, message: str, *, permanent: bool) -> None:
        super().__init__(message)
        self.message = message
        self.permanent = permanent


class Refusal(CliffhangerError):
    """Input that can never be right as it is: a manuscript, a `series.yaml`, a form.

    `line` is the 1-based line of the file where there is one.
    """

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message, permanent=True)
        self.line = line


class ConditionFailed(CliffhangerError):
    """A conditional write found the item otherwise than it was asked to be."""

    def __init__(self) -> None:
        super().__init__("the item is not as the write asked", permanent=False)


class StoreBusy(CliffhangerError):
    """A store, DynamoDB or another, can't answer: throttled, out of reach or broken, after the client's own retries.

    `why` is the kind of failure, and the call where it was answered; none of its text: `Query: ThrottlingException`.
    """

    def __init__(self, store: str = "the table", why: str = "") -> None:
        super().__init__(f"{store} can't answer now" + (f" ({why})" if why else ""), permanent=False)
