"""What infra/template.yaml gives to the functions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).parents[2] / "infra" / "template.yaml"


class _Loader(yaml.SafeLoader):
    """Reads over CloudFormation's short forms: what is looked for here has none."""


_Loader.add_multi_constructor("!", lambda *_: None)


def load() -> dict[str, Any]:
    return dict(yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader=_Loader))


def handlers() -> tuple[str, ...]:
    """The functions' names: ingest, tick and so on."""
    resources = load()["Resources"].values()
    functions = [found["Properties"] for found in resources if found["Type"] == "AWS::Serverless::Function"]
    return tuple(function["Handler"].split(".")[1] for function in functions)


def memory() -> dict[str, int]:
    """MB by the function's name: deliver, tick and so on."""
    usual = load()["Globals"]["Function"]["MemorySize"]
    return {"deliver": parameters()["DeliverMemory"], "tick": usual, "feedback": usual, "pages": usual}


def parameters() -> dict[str, int]:
    """The defaults of those that are numbers."""
    found = load()["Parameters"].items()
    return {name: int(parameter["Default"]) for name, parameter in found if parameter["Type"] == "Number"}
