"""Long lists: their order is kept on disk, so that the first rows come at once at any length.

What is typed above them is answered by the index in memory (`services.search_index`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from thidua_desktop.domain.kinds import kind_number
from thidua_desktop.domain.lists import ListOrder, list_key, person_list_key
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.storage.ledger.touched import TouchedRecords
from thidua_desktop.storage.pieces import in_pieces
from thidua_desktop.storage.repositories.records import values_in

_FROM_THE_START = b""


@dataclass(frozen=True, slots=True)
class _Listing:
    """How a kind is listed: by which name, and by which birth."""

    name: str
    key: Callable[[str], bytes]
    born: str = ""


_LISTINGS: dict[str, _Listing] = {
    kind_name(Person): _Listing("full_name", person_list_key, "birth_date"),
    kind_name(Collective): _Listing("name", list_key),
    kind_name(Household): _Listing("head", person_list_key, "birth_date"),
}
LISTED_KINDS = tuple(_LISTINGS)


class ListRepository:
    """The lists of nominees as one transaction sees them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def first(
        self, kind: type[Record], names: Sequence[str], count: int
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the id and some fields of the first so many of a list in its usual order."""
        name = kind_name(kind)
        cells = "".join(f", t.{one}" for one in names)
        ids = _IDS.format(cells=cells, beside=f'CROSS JOIN "{name}" t ON t.id = l.row')
        found = self._asked(f"{ids} ORDER BY l.key, l.row LIMIT ?", (kind_number(name), count))
        return values_in(kind, names, found)

    def ids(self, kind: type[Record], order: ListOrder) -> bytes:
        """Return the ids of a whole list, one after another."""
        name = kind_name(kind)
        beside, by = self._order(name, order)
        sql = _IN_ONE.format(ids=f"{_IDS.format(cells='', beside=beside)} ORDER BY {by}")
        ((digits,),) = self._asked(sql, (kind_number(name),))
        return bytes.fromhex(digits or "")

    def is_behind(self, kind: type[Record]) -> bool:
        """Tell whether the list of a kind has still to be made anew."""
        return bool(self._behind(kind_number(kind_name(kind))))

    def catch_up(self, kind: type[Record], at_most: int) -> bool:
        """Make a piece of a list anew; tell whether there is more to do."""
        name = kind_name(kind)
        number = kind_number(name)
        behind = self._behind(number)
        if not behind:
            return False
        found = self._names(name, "t.id > ? ORDER BY t.id LIMIT ?", (behind[0][0], at_most))
        self._enter(name, found)
        if len(found) == at_most:
            self._do("UPDATE listing SET after = ? WHERE kind = ?", (found[-1][0], number))
            return True
        self._do(_DROP.format(table=name), (number,))
        self._do("DELETE FROM listing WHERE kind = ?", (number,))
        return False

    def renew(self, touched: TouchedRecords) -> None:
        """Take in the records that were written, before they are made permanent."""
        for name in LISTED_KINDS:
            rows, number = touched.rows(name), kind_number(name)
            if rows is None:
                self._do("INSERT OR REPLACE INTO listing VALUES (?, ?)", (number, _FROM_THE_START))
            elif rows and self._behind(number) != [(_FROM_THE_START,)]:  # all is made anew then
                for some in in_pieces(list(rows)):
                    self._renew(name, some)

    def _renew(self, name: str, rows: Sequence[bytes]) -> None:
        found = self._names(name, f"t.id IN ({', '.join('?' * len(rows))})", rows)
        gone = set(rows).difference(row for row, _ in found)
        if gone:
            marks = ", ".join("?" * len(gone))
            self._do(
                f"DELETE FROM listed WHERE kind = ? AND row IN ({marks})",  # noqa: S608
                (kind_number(name), *gone),
            )
        self._enter(name, found)

    def _enter(self, name: str, found: Sequence[tuple[Any, ...]]) -> None:
        listing, number = _LISTINGS[name], kind_number(name)
        rows = [(number, row, listing.key(called or "")) for row, called in found]
        if rows:
            self._do("INSERT OR REPLACE INTO listed VALUES (?, ?, ?)", rows)

    def _names(self, name: str, wanted: str, values: Sequence[object]) -> Sequence[tuple[Any, ...]]:
        called = _LISTINGS[name].name
        sql = f'SELECT t.id, t.{called} FROM "{name}" t WHERE {wanted}'  # noqa: S608 - our names
        return self._asked(sql, tuple(values))

    @staticmethod
    def _order(name: str, order: ListOrder) -> tuple[str, str]:
        born = _LISTINGS[name].born
        if order is ListOrder.BORN and born:
            beside = f'LEFT JOIN "{name}" t ON t.id = l.row'
            return beside, f"t.{born} IS NULL, t.{born}, l.key, l.row"
        return "", "l.row DESC" if order is ListOrder.NEWEST else "l.key, l.row"

    def _behind(self, number: int) -> Sequence[tuple[Any, ...]]:
        return self._asked("SELECT after FROM listing WHERE kind = ?", (number,))

    def _asked(self, sql: str, values: tuple[object, ...]) -> Sequence[tuple[Any, ...]]:
        return self._connection.exec_driver_sql(sql, values).fetchall()

    def _do(self, sql: str, values: Iterable[object]) -> None:
        self._connection.exec_driver_sql(sql, values)  # type: ignore[arg-type] # tuple or list of them


_IDS = (
    "SELECT l.row AS row{cells} FROM listed l {beside} WHERE l.kind = ?1"
    " AND l.row NOT IN (SELECT h.row FROM hidden h WHERE h.kind = ?1)"
)
# All in one text: a hundred thousand rows would each be an object on the way.
_IN_ONE = "SELECT group_concat(hex(row), '') FROM ({ids})"
_DROP = 'DELETE FROM listed WHERE kind = ?1 AND row NOT IN (SELECT id FROM "{table}")'
