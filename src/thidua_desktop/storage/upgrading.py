"""An older database, brought to the revision that the program needs: whole or not at all.

Where the schema of kinds grew, what was kept of newer programs is taken in and everything is made
anew from the log, in the same transaction. What was visible before must be visible after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, inspect

from thidua_desktop.domain.errors import UpgradeFailedError
from thidua_desktop.domain.kinds import KIND_BY_NAME, kind_number
from thidua_desktop.storage.creating import migrate
from thidua_desktop.storage.database import writing_engine
from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.log import Writer

Columns = Mapping[str, tuple[str, ...]]
_HEAD = frozenset({"id", "_op", "_m"})
# Taking in what others wrote writes nothing of one's own.
_NOBODY = Writer(
    replica=bytes(16),
    office=0,
    is_province=False,
    who="",
    now=lambda: datetime.fromtimestamp(0, UTC),
    noise=bytes,
)


def upgrade_database(path: Path) -> None:
    """Bring the file to the revision that the program needs.

    Raises UpgradeFailedError when something that was visible would be another afterwards.
    """
    with writing_engine(path).connect() as connection:
        connection.begin()
        old = _columns(connection)
        later = _written_by_newer(connection, old)
        before = _digests(connection, old, later)
        migrate(connection)
        if _columns(connection) != old:
            Ledger(connection, _NOBODY).learn()
        if _digests(connection, old, later) != before:
            raise UpgradeFailedError(str(path.parent))
        connection.commit()


def _columns(connection: Connection) -> Columns:
    """Return the fields that the table of each kind has, as far as there are tables."""
    schema = inspect(connection)
    tables = KIND_BY_NAME.keys() & set(schema.get_table_names())
    return {
        kind: tuple(c["name"] for c in schema.get_columns(kind) if c["name"] not in _HEAD)
        for kind in sorted(tables)
    }


def _written_by_newer(connection: Connection, columns: Columns) -> set[tuple[int, bytes]]:
    """Return the records in which a newer program wrote what only now is known.

    Such an op may bring a deleted record back, or turn out to be a stranger's.
    """
    widths = [(kind_number(kind), 2 << len(of)) for kind, of in columns.items()]
    table = ", ".join(f"({number}, {least})" for number, least in widths)
    found = connection.exec_driver_sql(
        f"WITH width(kind, least) AS (VALUES {table}) SELECT DISTINCT op.kind, op.row FROM op "  # noqa: S608 - numbers of ours
        "JOIN width ON width.kind = op.kind WHERE op.mask >= width.least"
    )
    return {(kind, row) for kind, row in found}


def _digests(
    connection: Connection, columns: Columns, without: set[tuple[int, bytes]]
) -> dict[str, str]:
    """Return the digest of what is visible in these fields, by kind."""
    found = {}
    for kind, names in columns.items():
        number, hasher = kind_number(kind), hashlib.sha256()
        quoted = ", ".join(f'"{name}"' for name in ("id", *names))
        rows = connection.exec_driver_sql(
            f'SELECT {quoted} FROM "{kind}" '  # noqa: S608 - declared names
            "WHERE id NOT IN (SELECT row FROM hidden WHERE kind = ?) ORDER BY id",
            (number,),
        )
        for row in rows:
            if (number, row[0]) not in without:
                hasher.update(repr(tuple(row)).encode())
        found[kind] = hasher.hexdigest()
    return found
