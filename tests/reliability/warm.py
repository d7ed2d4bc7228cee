"""Imported once by the server that children are forked from: what every program does at first is
done there, statements are compiled and migrations are read, so that a child begins at once.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from builders import an_identity, an_office
from reliability.jobs import opened, turns_of, write_turn

with TemporaryDirectory() as _folder:
    _ports = opened(Path(_folder) / "office")
    _ports.store.create(an_office(), an_identity())
    for _turn in (1, 2):
        write_turn(_ports, _turn)
    turns_of(_ports)
