"""Statements that every bundle asks: compiled once, and run by the driver straight.

To lead a small statement through SQLAlchemy takes many times as long as the database takes for it.
The caller is in a transaction, and what comes back are the driver's own values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import ClauseElement, Connection
from sqlalchemy.dialects.sqlite import dialect as make_dialect
from sqlalchemy.engine import Dialect

_Adapt = Callable[[Any], Any]


class Prepared:
    """A statement; the values of its parameters are told by their names."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement

    def run(
        self, connection: Connection, values: Mapping[str, object] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run it, and return the rows that it finds."""
        sql, known, parameters = self._compiled
        driver: Any = connection.connection.driver_connection
        said = {**known, **values} if values else known
        found: list[tuple[Any, ...]] = driver.execute(
            sql, [adapt(said[name]) if adapt else said[name] for name, adapt in parameters]
        ).fetchall()
        return found

    @cached_property
    def _compiled(self) -> tuple[str, Mapping[str, object], tuple[tuple[str, _Adapt | None], ...]]:
        """The text, the values that stand in the statement itself, and the parameters in order."""
        dialect: Dialect = make_dialect()
        compiled: Any = self._statement.compile(dialect=dialect)
        adapting = {
            name: parameter.type.dialect_impl(dialect).bind_processor(dialect)
            for parameter, name in compiled.bind_names.items()
        }
        known = {name: one for name, one in compiled.params.items() if one is not None}
        return str(compiled), known, tuple((name, adapting[name]) for name in compiled.positiontup)
