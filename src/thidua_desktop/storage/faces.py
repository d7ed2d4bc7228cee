"""The table `face`: which record stands for those that are the same, made anew from their fields.

Only the owner's word joins; what an office suggests does not, even where nobody else has spoken.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import kind_name, kind_spec
from thidua_desktop.domain.same_as import JOINED_KINDS, SAME_AS
from thidua_desktop.storage.rows.book import face

# `said` are the heads that say `same_as`; a record joins where one of them is the owner's word, for
# the owner's word is then the one that is shown.
_EDGES = """
SELECT t.id AS one, t.same_as AS other FROM "{table}" t
WHERE t.same_as IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM hidden g WHERE g.kind = {kind} AND g.row = t.id)
  AND (
    EXISTS (SELECT 1 FROM op o WHERE o.id = t._op AND t._m >> {bit} & 1 AND o.lvl = 1)
    OR EXISTS (
      SELECT 1 FROM head h JOIN op o ON o.id = h.op
      WHERE h.kind = {kind} AND h.row = t.id AND h.mask >> {bit} & 1 AND o.lvl = 1
    )
  )
"""
# Most bundles meet neither a word that joins nor a face made of one that is gone by now.
_ANY = """
SELECT EXISTS (SELECT 1 FROM "{table}" WHERE same_as IS NOT NULL)
  OR EXISTS (SELECT 1 FROM face WHERE kind = ?)
"""
_FACES = """
WITH RECURSIVE
  edge(one, other) AS ({edges}),
  both_ways(one, other) AS (SELECT one, other FROM edge UNION SELECT other, one FROM edge),
  reach(row, other) AS (
    SELECT one, one FROM both_ways
    UNION
    SELECT r.row, b.other FROM reach r JOIN both_ways b ON b.one = r.other
  ),
  here(row, other) AS (
    SELECT r.row, r.other FROM reach r
    JOIN "{table}" a ON a.id = r.row
    JOIN "{table}" b ON b.id = r.other
    WHERE r.row NOT IN (SELECT g.row FROM hidden g WHERE g.kind = {kind})
      AND r.other NOT IN (SELECT g.row FROM hidden g WHERE g.kind = {kind})
  ),
  ranked(row, other, place, members) AS (
    SELECT row, other,
      row_number() OVER (PARTITION BY row ORDER BY substr(other, 15, 2) <> X'0000', other),
      count(*) OVER (PARTITION BY row)
    FROM here
  )
INSERT INTO face(kind, row, face)
SELECT '{table}', row, other FROM ranked WHERE place = 1 AND members > 1
"""


def rebuild_faces(connection: Connection, kinds: Collection[str]) -> None:
    """Make the faces of those of these kinds that can be joined anew."""
    for kind in JOINED_KINDS:
        name = kind_name(kind)
        if name in kinds and _has_any(connection, name):
            connection.exec_driver_sql("DELETE FROM face WHERE kind = ?", (name,))
            words = _words(name)
            connection.exec_driver_sql(_FACES.format(edges=_EDGES.format(**words), **words))


def _has_any(connection: Connection, name: str) -> bool:
    driver: Any = connection.connection.driver_connection
    return bool(driver.execute(_ANY.format(table=name), (name,)).fetchall()[0][0])


def edges_of(connection: Connection, kind: str) -> dict[UUID, UUID]:
    """Return which record of a kind its owner says to be the same as which."""
    found = connection.exec_driver_sql(_EDGES.format(**_words(kind)))
    return {UUID(bytes=one): UUID(bytes=other) for one, other in found}


def faces_of_kind(connection: Connection, kind: str) -> dict[UUID, UUID]:
    """Return the face of every record of a kind that is one with another."""
    found = connection.execute(select(face.c.row, face.c.face).where(face.c.kind == kind))
    return {UUID(bytes=row): UUID(bytes=of) for row, of in found}


def _words(name: str) -> dict[str, object]:
    place, kind = next((n, k) for n, k in enumerate(KINDS, start=1) if kind_name(k) == name)
    return {"table": name, "kind": place, "bit": kind_spec(kind).field(SAME_AS).bit}
