"""`python -m thidua_desktop`: the window, or a command."""

from __future__ import annotations

import sys

from thidua_desktop.app.entry import run


def main() -> None:
    """Start the program and end with its exit code."""
    if getattr(sys, "frozen", False):  # packed for Windows it is begun again as its own processes
        from multiprocessing import freeze_support  # noqa: PLC0415 - only there it has a use

        freeze_support()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
