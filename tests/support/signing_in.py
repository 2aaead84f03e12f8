"""The command line as a process of its own, and of AWS what an operator's profile asks, on this machine."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "import sys; from console.main import main; sys.exit(main())")
LATER = "2099-01-01T00:00:00Z"
ROLE = f"""<AssumeRoleResponse><AssumeRoleResult><Credentials>
<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
<Expiration>{LATER}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"""
STACK = f"""<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>cliffhanger</StackName>
<CreationTime>{LATER}</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus></member></Stacks>
</DescribeStacksResult></DescribeStacksResponse>"""
REFUSED = "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>words</Message></Error></ErrorResponse>"
IDENTITY = {"accessKeyId": "ASIASSO", "secretAccessKey": "s", "sessionToken": "t", "expiration": 4_070_908_800_000}
ANSWERS = {
    "GetRoleCredentials": json.dumps({"roleCredentials": IDENTITY}),
    "CreateToken": json.dumps({"accessToken": "fresh", "expiresIn": 3600, "tokenType": "Bearer"}),
    "AssumeRole": ROLE,
    "DescribeStacks": STACK,
}


@dataclass
class Aws:
    """`asked` are the operations in their order, `keys` the access keys that signed them; `refuses` maps to a code."""

    url: str
    asked: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)


@contextmanager
def answering() -> Iterator[Aws]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    aws = Aws(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = _handler(aws)
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield aws
    finally:
        server.shutdown()
        server.server_close()


def _handler(aws: Aws) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            action = re.search(r"Action=(\w+)", body)
            self._answer(action[1] if action else "CreateToken")

        def do_GET(self) -> None:
            self._answer("GetRoleCredentials")

        def _answer(self, operation: str) -> None:
            signed = re.search(r"Credential=(\w+)/", self.headers.get("Authorization", ""))
            aws.asked.append(operation)
            aws.keys.append(signed[1] if signed else "")
            code = aws.refuses.get(operation)
            said = (REFUSED.format(code=code) if code else ANSWERS[operation]).encode()
            self.send_response(400 if code else 200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def environment(home: Path, config: str = "", more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A machine with these AWS settings, and none of those of the machine that runs the tests."""
    (home / "config").write_text(config)
    others = ("AWS_", "CLIFFHANGER_", "PYTHON")
    mine = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    return mine | {
        "HOME": str(home),
        "PYTHONPATH": str(ROOT / "functions"),
        "AWS_CONFIG_FILE": str(home / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(home / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
        **(more or {}),
    }


def cliffhanger(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Without a terminal: nobody is there to be asked."""
    return subprocess.run(
        [*COMMAND, *arguments],
        env=env,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        timeout=60,
    )
