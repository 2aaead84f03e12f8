"""The signing keys, from Secrets Manager."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from cliffhanger.errors import CliffhangerError
from cliffhanger.links import Keys

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@cache
def keys(client: SecretsManagerClient, name: str) -> Keys:
    """The secret is JSON: each key's id, one letter, to its text; the last id signs. CliffhangerError if it isn't."""
    document = json.loads(client.get_secret_value(SecretId=name)["SecretString"])
    known = {key_id: text.encode() for key_id, text in document.items() if len(key_id) == 1}
    if not known:
        raise CliffhangerError("the secret holds no signing key", permanent=True)
    return Keys(current=max(known), known=known)
