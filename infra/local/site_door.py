"""The door to the local archive: MiniStack serves a distribution under its own name, which no resolver knows. Whoever
comes to this port of loopback is shown it, as a browser is that came by TLS.
"""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TIMEOUT = 30  # seconds
PASSED_ON = ("If-None-Match", "If-Modified-Since", "Accept-Encoding")
KEPT_BACK = {"connection", "transfer-encoding", "content-length", "date", "server", "strict-transport-security"}


class _AsItIs(urllib.request.HTTPErrorProcessor):
    def http_response(self, request, response):  # type: ignore[no-untyped-def]  # noqa: ARG002
        """No status is an error here, and no redirect is followed."""
        return response


class SiteDoor:
    """`endpoint` is MiniStack's URL. Closed until `domain`, the distribution's own name, is known."""

    def __init__(self, endpoint: str, *, port: int) -> None:
        self.domain = ""
        self.url = f"http://127.0.0.1:{port}"
        self._endpoint = endpoint
        self._opener = urllib.request.build_opener(_AsItIs)
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())

    def open(self) -> None:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(door: SiteDoor) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                door._serve(self)

            do_HEAD = do_GET  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Nothing: the terminal is the demo's."""

        return Handler

    def _serve(self, visitor: BaseHTTPRequestHandler) -> None:
        asked = {name: value for name in PASSED_ON if (value := visitor.headers.get(name))}
        headers = {**asked, "Host": self.domain, "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(self._endpoint + visitor.path, headers=headers)  # noqa: S310 (loopback)
        with self._opener.open(request, timeout=TIMEOUT) as answer:
            body = answer.read()
            visitor.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in KEPT_BACK:
                    visitor.send_header(name, value)
            visitor.send_header("Content-Length", str(len(body)))
            visitor.end_headers()
            if visitor.command == "GET" and body:
                visitor.wfile.write(body)
