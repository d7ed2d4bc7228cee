"""What the demo told, and how it is printed."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Told:
    """What happened, line by line, and the digests of the databases at the end."""

    lines: tuple[tuple[str, str, str], ...]
    digests: dict[str, str]
    orders: int
    orders_agree: bool


def print_told(told: Told, *, province: str, place: str) -> None:
    """Print the story as a table, the digest of the province and where all of it lies."""
    from rich.console import Console  # noqa: PLC0415 - only the demo prints a table
    from rich.table import Table  # noqa: PLC0415

    table = Table(title="Trọn việc, từ tiêu chí đến hồ sơ trả lại", show_lines=False)
    for heading in ("Ai", "Việc", "Kết quả"):
        table.add_column(heading, overflow="fold")
    for line in told.lines:
        table.add_row(*line)
    width = None if sys.stdout.isatty() else 140
    console = Console(width=width, markup=False)
    console.print(table)
    console.print(f"mã kiểm {province}: {told.digests[province]}")
    console.print(f"Kết quả nằm trong {place}.")
