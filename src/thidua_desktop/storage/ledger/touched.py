"""Which records a transaction wrote: some of a kind one by one, of more only that there were."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from uuid import UUID

from thidua_desktop.services.changes import Touched


class TouchedRecords:
    """What was written so far, also by a step that was taken back.

    `most_named` of a kind are remembered, `most_told` are told outside: with more of them a page
    reads all anew.
    """

    most_named = 500
    most_told = 200

    def __init__(self) -> None:
        self._rows: dict[str, set[bytes] | None] = {}

    @property
    def kinds(self) -> Collection[str]:
        """Return the kinds of which any record was written."""
        return self._rows.keys()

    def rows(self, kind: str) -> Collection[bytes] | None:
        """Return the records of a kind that were written; None: very many."""
        return self._rows.get(kind, ())

    def add(self, kind: str, rows: Iterable[bytes]) -> None:
        """Remember that these records were written; of very many, only that there were."""
        named = self._rows.setdefault(kind, set())
        if named is not None:
            named.update(islice(rows, self.most_named + 1))
            if len(named) > self.most_named:
                self.add_many(kind)

    def add_many(self, kind: str) -> None:
        """Remember that very many records of a kind were written."""
        self._rows[kind] = None

    def told(self, most: int) -> frozenset[Touched]:
        """Return the records; of a kind with more than so many, only that there were."""
        return frozenset(
            (kind, None if one is None else UUID(bytes=one))
            for kind, rows in self._rows.items()
            for one in ((None,) if rows is None or len(rows) > most else rows)
        )
