"""The door: HTTP in front of a post office. SES v2 for senders, the inbox for people.

Source of the paths: the sesv2 model, SendEmail, GetAccount and DeleteSuppressedDestination.
"""

from __future__ import annotations

import json
import os
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from local.post_office import inbox
from local.post_office.answers import Answer, Manner, RefusedError
from local.post_office.office import PostOffice

SEND = "/v2/email/outbound-emails"
ACCOUNT = "/v2/email/account"
SUPPRESSED = "/v2/email/suppression/addresses/"
NOT_FOUND = RefusedError("NotFoundException", "There is nothing here.").answer()
LOOK = 0.05  # seconds between two looks at whether the door is to close
RST_ON_CLOSE = struct.pack("ii", 1, 0)


class Door:
    """Serves `office` on 127.0.0.1 from `open` until `close`. `port` 0 takes any free one."""

    def __init__(self, office: PostOffice, *, port: int = 0) -> None:
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _knocks(office, self._closing))
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(LOOK,), name="post office", daemon=True
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def open(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()


def answer_get(office: PostOffice, path: str) -> Answer:
    if path == ACCOUNT:
        return office.account()
    if path in ("/", "/index.html"):
        return _page(inbox.index(office.letters))
    number = path.removeprefix("/letters/").removesuffix(".html")
    if path.startswith("/letters/") and number.isdecimal() and 0 < int(number) <= len(office.letters):
        return _page(inbox.page(office.letters[int(number) - 1]))
    return NOT_FOUND


def answer_post(office: PostOffice, path: str, body: bytes) -> Answer:
    if path != SEND:
        return NOT_FOUND
    try:
        return office.accept(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError):
        return RefusedError("BadRequestException", "The request is not a SendEmail in JSON.").answer()


def answer_delete(office: PostOffice, path: str) -> Answer:
    return office.forget(unquote(path.removeprefix(SUPPRESSED))) if path.startswith(SUPPRESSED) else NOT_FOUND


def _page(html: str) -> Answer:
    return Answer(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})


def _knocks(office: PostOffice, closing: threading.Event) -> type[BaseHTTPRequestHandler]:
    class Knock(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._give(answer_get(office, self.path.partition("?")[0]))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self._give(answer_post(office, self.path, body))

        def do_DELETE(self) -> None:
            self._give(answer_delete(office, self.path.partition("?")[0]))

        def _give(self, answer: Answer) -> None:
            """Slow answers come late, as what SES does it does early: a sender who is cut off here has sent."""
            closing.wait(office.latency.draw())
            if answer.manner is Manner.NEVER:
                closing.wait()
            if answer.manner is not Manner.SPOKEN:
                self._hang_up()
                return
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def _hang_up(self) -> None:
            """Close with a reset. Detached, or the server would send a FIN first."""
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RST_ON_CLOSE)
            os.close(self.connection.detach())
            self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Silent: a request line can hold a token."""

    return Knock
