"""What infra/template.yaml gives to the functions."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

TEMPLATE = Path(__file__).parents[2] / "infra" / "template.yaml"


class _Loader(yaml.SafeLoader):
    """Reads over CloudFormation's short forms: what is looked for here has none."""


_Loader.add_multi_constructor("!", lambda *_: None)


def load() -> dict[str, Any]:
    return dict(yaml.load(TEMPLATE.read_text(encoding="utf-8"), Loader=_Loader))


def memory() -> dict[str, int]:
    """MB by the function's name: deliver, tick and so on."""
    template = load()
    sizes: dict[str, int] = defaultdict(lambda: template["Globals"]["Function"]["MemorySize"])
    for name, resource in template["Resources"].items():
        if resource["Type"] == "AWS::Serverless::Function" and "MemorySize" in resource["Properties"]:
            sizes[name.removesuffix("Function").lower()] = resource["Properties"]["MemorySize"]
    return sizes


def parameters() -> dict[str, int]:
    """The defaults of those that are numbers."""
    found = load()["Parameters"].items()
    return {name: int(parameter["Default"]) for name, parameter in found if parameter["Type"] == "Number"}
