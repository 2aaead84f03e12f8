"""The terminal that commands draw on, or the pipe."""

from __future__ import annotations

from typing import NoReturn

from rich.console import Console


class Screen(Console):
    def __init__(self) -> None:
        super().__init__(highlight=False)

    def on_broken_pipe(self) -> NoReturn:
        """rich would end the program as if something had failed; `main` ends every command alike."""
        raise BrokenPipeError
