"""Promise 2: one network attempt per claim, whatever the server does. A real socket, on this machine only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3
import pytest
from botocore.config import Config
from tests.support.aws import CREDENTIALS

from cliffhanger.adapters import aws
from cliffhanger.adapters.ses import SesMailer
from cliffhanger.ports import Mail, MailError

MAIL = Mail("lantern@stories.example.org", "ada@example.org", "Chapter 1", "<p>Lamp</p>", "Lamp", {}, {"kind": "issue"})


class Server:
    """Counts the mails that are posted to it, and answers each as `answer` says: a status, or nothing at all."""

    def __init__(self) -> None:
        self.posts = 0
        self.answer: int | None = None
        self._over = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def close(self) -> None:
        self._over.set()
        self._http.shutdown()
        self._http.server_close()

    def _handler(server) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                server.posts += 1
                if server.answer is None:
                    server._over.wait()
                    return
                self.send_response(server.answer)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def mailer(server: Server, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> SesMailer:
    """With the patience (seconds) that a test asks for, else the service's own."""
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    patience = getattr(request, "param", aws.ONE_ATTEMPT.read_timeout)
    config = aws.ONE_ATTEMPT.merge(Config(read_timeout=patience))
    client = boto3.Session().client("sesv2", endpoint_url=server.url, config=config)
    return SesMailer(client, "cliffhanger")


@pytest.mark.parametrize("mailer", [1.0], indirect=True)
def test_a_server_that_hangs_is_posted_to_once(server: Server, mailer: SesMailer) -> None:
    with pytest.raises(MailError) as caught:
        mailer.send(MAIL)
    assert (caught.value.status, caught.value.code) == (None, "NoAnswer")
    assert server.posts == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_says_no_or_breaks_down_is_posted_to_once(status: int, server: Server, mailer: SesMailer) -> None:
    server.answer = status
    with pytest.raises(MailError) as caught:
        mailer.send(MAIL)
    assert caught.value.status == status
    assert server.posts == 1


def test_a_server_that_says_yes_is_posted_to_once(server: Server, mailer: SesMailer) -> None:
    server.answer = 200
    mailer.send(MAIL)
    assert server.posts == 1


def test_nobody_listening_means_that_nothing_was_sent(server: Server, mailer: SesMailer) -> None:
    server.close()
    with pytest.raises(MailError) as caught:
        mailer.send(MAIL)
    assert (caught.value.status, caught.value.code) == (None, "NoConnection")
    assert server.posts == 0
