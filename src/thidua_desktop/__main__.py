"""`python -m thidua_desktop`: the window, or a command."""

from __future__ import annotations

import sys

from thidua_desktop.app.entry import run


def main() -> None:
    """Start the program and end with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
