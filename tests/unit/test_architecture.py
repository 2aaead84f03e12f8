"""The arrows of the house: handlers → domain → nothing outward. Held by reading the imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FUNCTIONS = Path(__file__).parents[2] / "functions"
MODULES = sorted(path for path in FUNCTIONS.rglob("*.py") if "egg-info" not in str(path))

# What each room may import of ours, besides the values that lie beside the rooms.
ROOMS = {
    "manuscripts": set(),
    "rendering": {"manuscripts"},
    "readers": set(),
    "delivery": {"readers"},
    "publishing": {"manuscripts", "rendering", "readers", "delivery"},
    "web": {"rendering", "readers", "publishing", "delivery"},
    "mailroom": {"rendering", "readers", "publishing", "delivery"},
    "adapters": set(),
}
AWS = {"boto3", "botocore", "mypy_boto3_dynamodb", "mypy_boto3_s3", "mypy_boto3_sqs", "mypy_boto3_sesv2"}
LAMBDA = {"aws_lambda_powertools"}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def room(module: str) -> str | None:
    """The folder under cliffhanger/ that a module lies in; None for the values beside the folders."""
    parts = module.split(".")
    return parts[1] if parts[0] == "cliffhanger" and len(parts) > 1 and parts[1] in ROOMS else None


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(FUNCTIONS).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_arrows_point_inward(path: Path) -> None:
    here = name_of(path)
    if not here.startswith("cliffhanger."):
        return
    home = room(here)
    for module in imports(path):
        assert module.split(".")[0] not in {"handlers", "console", "local"}, f"{here} imports {module}"
        target = room(module)
        if target and target != home:
            allowed = ROOMS[home] if home else set()
            assert target in allowed, f"{here} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_adapters_know_boto3(path: Path) -> None:
    if room(name_of(path)) != "adapters":
        assert not {module.split(".")[0] for module in imports(path)} & AWS


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_handlers_know_lambda(path: Path) -> None:
    if not name_of(path).startswith("handlers."):
        assert not {module.split(".")[0] for module in imports(path)} & LAMBDA


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_doors_read_the_environment(path: Path) -> None:
    doors = {"handlers.wiring", "console.stack"}
    if name_of(path) not in doors:
        assert "os.environ" not in path.read_text()


def test_every_package_is_empty_at_its_door() -> None:
    """Importing one module must not import its neighbours: cold start is imports."""
    assert all(not path.read_text().strip() for path in MODULES if path.name == "__init__.py")


def test_delivery_does_not_load_what_it_does_not_need() -> None:
    """Deliver and feedback are the functions that must start fast: no templates, no Markdown, no YAML."""
    heavy = {"jinja2", "markdown", "yaml", "nh3", "css_inline", "email_validator"}
    for name in ("delivery", "adapters"):
        for path in (FUNCTIONS / "cliffhanger" / name).glob("*.py"):
            assert not {module.split(".")[0] for module in imports(path)} & heavy
