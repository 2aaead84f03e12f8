"""The deliver function as Lambda calls it: a batch from SQS in, its answer out."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.delivery import scene


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 120_000


def deliver(_: int) -> Any:
    from handlers import deliver as function  # noqa: PLC0415 (not before the environment is set)

    def send(_: list[str]) -> None:
        answer = function.handler(event({"series": scene.SERIES.slug, "walk": list(scene.SHARDS)}), Context())
        assert answer == {"batchItemFailures": []}, answer

    return send


def event(message: dict[str, Any]) -> dict[str, Any]:
    return {"Records": [{"messageId": "00000000-0000-4000-8000-000000000001", "body": json.dumps(message)}]}
