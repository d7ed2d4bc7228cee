"""No unit may stand under itself or follow itself: asked of forms, lines and dialogs alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from thidua_desktop.domain.errors import InvalidInputError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.loops import LOOPING, loop_issues, place
from thidua_desktop.domain.records import Record
from thidua_desktop.services.ports import Records


def loops(
    records: Records, after: Collection[Record], gone: Collection[UUID] = ()
) -> tuple[tuple[Record, FieldIssue], ...]:
    """Return which of these records would lead back to where they begin, were they stored.

    `after` are the records as they will be, `gone` those that go with them. A loop that bundles
    brought is not the fault of who writes a telephone number.
    """
    found: list[tuple[Record, FieldIssue]] = []
    for kind in LOOPING:
        will_be = {record.id: record for record in after if type(record) is kind}
        if not will_be:
            continue
        are = {one.id: one for one in records.having(kind) if one.id not in gone}
        moved = [one for one in will_be.values() if place(one) != place(are.get(one.id))]
        found += loop_issues(moved, (are | will_be).values())
    return tuple(found)


def refuse_loops(records: Records, after: Iterable[Record]) -> None:
    """Raise InvalidInputError when one of these records would lead back to where it begins."""
    if found := loops(records, tuple(after)):
        raise InvalidInputError(tuple(issue for _, issue in found))
