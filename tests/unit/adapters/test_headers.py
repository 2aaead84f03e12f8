"""Headers of an answer are read as http.client reads them, for less."""

from email.parser import Parser
from http.client import HTTPException, HTTPMessage, LineTooLong
from io import BytesIO

import pytest

from cliffhanger.adapters import headers


@pytest.mark.parametrize(
    "sent",
    [
        b"Content-Type: application/x-amz-json-1.0\r\nContent-Length: 2\r\nx-amzn-RequestId: ABC\r\n",
        b"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n",
        b"X-Empty:\r\nX-Colon: a:b: c\r\nX-Latin: caf\xe9\r\n",
        b"Connection: close\n",
        b"",
    ],
)
def test_what_is_read_is_what_python_reads_and_the_body_stays(sent: bytes) -> None:
    answer = BytesIO(sent + b"\r\nthe body")
    found = headers.read(answer)
    expected = Parser(_class=HTTPMessage).parsestr(sent.decode("iso-8859-1"))  # as http.client does it
    assert isinstance(found, HTTPMessage)
    assert found.items() == [(name, value.strip()) for name, value in expected.items()]
    assert answer.read() == b"the body"


def test_a_folded_line_goes_on_with_the_one_before() -> None:
    assert headers.read(BytesIO(b"X-Long: one\r\n two\r\n\r\n"))["x-long"] == "one two"


def test_an_answer_without_end_is_no_answer() -> None:
    with pytest.raises(HTTPException, match="more than 100"):
        headers.read(BytesIO(b"A: b\r\n" * 101 + b"\r\n"))
    with pytest.raises(LineTooLong):
        headers.read(BytesIO(b"A: " + b"b" * 70_000 + b"\r\n\r\n"))
