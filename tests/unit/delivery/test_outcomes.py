from __future__ import annotations

import pytest

from cliffhanger.delivery.outcomes import BY_CODE, Verdict, verdict
from cliffhanger.ports import MailError


@pytest.mark.parametrize(
    ("status", "code", "message", "expected"),
    [
        (429, "TooManyRequestsException", "Maximum sending rate exceeded.", Verdict.THROTTLED),
        (400, "Throttling", "", Verdict.THROTTLED),
        (400, "ThrottlingException", "", Verdict.THROTTLED),
        (400, "LimitExceededException", "", Verdict.THROTTLED),
        (429, "SomethingNew", "", Verdict.THROTTLED),
        (429, "TooManyRequestsException", "Daily message quota exceeded.", Verdict.QUOTA),
        (400, "LimitExceededException", "Daily message quota exceeded.", Verdict.QUOTA),
        (400, "BadRequestException", "", Verdict.REJECTED),
        (400, "MessageRejected", "", Verdict.REJECTED),
        (400, "MessageRejected", "Email address is not verified. The following …", Verdict.HALT),
        (400, "InvalidParameterValue", "", Verdict.REJECTED),
        (400, "ValidationException", "", Verdict.REJECTED),
        (400, "SendingPausedException", "", Verdict.HALT),
        (400, "AccountSuspendedException", "", Verdict.HALT),
        (400, "MailFromDomainNotVerifiedException", "", Verdict.HALT),
        (404, "NotFoundException", "", Verdict.HALT),
        (403, "AccessDeniedException", "", Verdict.HALT),
        (403, "ExpiredTokenException", "", Verdict.UNREACHABLE),
        (403, "InvalidSignatureException", "Signature expired: …", Verdict.UNREACHABLE),
        (400, "RequestExpired", "", Verdict.UNREACHABLE),
        (418, "SomethingNew", "", Verdict.HALT),
        (None, "NoConnection", "", Verdict.UNREACHABLE),
        (None, "NoAnswer", "", Verdict.DOUBT),
        (None, "SomethingNew", "", Verdict.DOUBT),
        (500, "InternalFailure", "", Verdict.DOUBT),
        (503, "ThrottlingException", "", Verdict.DOUBT),
    ],
)
def test_what_an_answer_means(status: int | None, code: str, message: str, expected: Verdict) -> None:
    assert verdict(MailError(status, code, message)) is expected


def test_every_listed_code_has_a_row_above() -> None:
    rows = test_what_an_answer_means.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert set(BY_CODE) <= {code for _, code, _, _ in rows}
