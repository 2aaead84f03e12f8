"""The signing keys, from Secrets Manager."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from cliffhanger.adapters.failures import told_clearly
from cliffhanger.errors import CliffhangerError
from cliffhanger.links import FIRST_KEY, Keys

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@cache
def keys(client: SecretsManagerClient, name: str) -> Keys:
    """The secret is JSON: each key's id, one letter of a-z, to its text; the last id signs. CliffhangerError if not,
    or where the key is missing that every address in the table is named by.
    """
    try:
        with told_clearly("Secrets Manager"):
            answer = client.get_secret_value(SecretId=name)
        document = json.loads(answer["SecretString"])
    except ValueError:  # not told further: it would hold the secret's text
        document = None
    if not _names_keys(document):
        raise CliffhangerError(
            f"the secret must be JSON of letters and their signing keys, {FIRST_KEY} among them", permanent=True
        )
    return Keys(current=max(document), known={key_id: text.encode() for key_id, text in document.items()})


def _names_keys(document: Any) -> bool:
    return isinstance(document, dict) and FIRST_KEY in document and all(map(_is_key, document, document.values()))


def _is_key(key_id: str, text: Any) -> bool:
    return bool(re.fullmatch("[a-z]", key_id)) and isinstance(text, str) and bool(text)
