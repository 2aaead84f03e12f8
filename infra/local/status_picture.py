"""What `cliffhanger status` prints in the middle of a send, as a page: the real command over a table in memory."""

from __future__ import annotations

import io

from rich.console import Console
from rich.terminal_theme import MONOKAI

from cliffhanger import catalogue, keys
from cliffhanger.clock import MINUTE
from cliffhanger.positions import Position
from cliffhanger.series import Series
from console import overview, status
from local.memory_table import MemoryTable

NOW = 1_800_000_000_000
GENERATION = "1:cliffhanger"
PAGE = """\
<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 20px 24px; background: {background}; color: {foreground}; }}
pre {{ margin: 0; font: 15px/1.35 "DejaVu Sans Mono", Menlo, Consolas, monospace; }}
{stylesheet}
</style><pre>$ cliffhanger status
{code}</pre>
"""


def status_page(width: int) -> str:
    """As HTML, in a terminal of so many columns."""
    table = _table()
    console = Console(
        width=width, highlight=False, record=True, force_terminal=True, color_system="standard", file=io.StringIO()
    )
    status.status(lambda: overview.look(table, GENERATION, {"feedback": 0}, NOW), console=console)
    return console.export_html(theme=MONOKAI, code_format=PAGE)


def _table() -> MemoryTable:
    """Three series: one is being sent to many, one to few, one is sent."""
    table = MemoryTable()
    pace = {"generation": GENERATION, "rate": 12_600, "ceiling": 12_600, "budget": 71_480, "quota": 95_000, "tat": 0}
    table.put(keys.PACE, pace)
    _series(table, "the-lantern-road", newest=14, closed=13, readers=41_207, minutes=32)
    table.put(keys.send_total("the-lantern-road", 14), {"sent": 19_812, "rejected": 3, "doubt": 2})
    _series(table, "night-ferry", newest=3, closed=2, readers=180, minutes=1)
    table.put(keys.send_total("night-ferry", 3), {"sent": 156})
    _series(table, "the-quay", newest=52, closed=52, readers=1_210, minutes=0)
    table.put(keys.send_total("the-quay", 52), {"audience": 1_210, "sent": 1_209, "rejected": 1, "closed_at": NOW})
    return table


def _series(table: MemoryTable, slug: str, *, newest: int, closed: int, readers: int, minutes: int) -> None:
    catalogue.save(table, Series(slug, slug.replace("-", " ").title(), "Marit Oake"), from_file=True)
    table.update(keys.series_meta(slug), set={"newest": newest, "closed": closed})
    table.put(keys.shard(slug, "00"), {"joined_at": 0, "readers": readers})
    released = NOW - minutes * MINUTE
    out = Position(newest, "chapter", "issue", "sheet", "Chapter", "", released_at=released, slot=released)
    table.put(keys.position(slug, newest), out.to_item())
