"""What offices of the demo enter for the movement: documents, savings targets, registrations."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from thidua_desktop.app.demo_content import MovementText
from thidua_desktop.domain.dates import from_iso
from thidua_desktop.domain.movements import (
    DocumentSort,
    Obligation,
    PlanDocument,
    Registration,
    SavingsField,
    SavingsTarget,
)
from thidua_desktop.domain.numbers import read_decimal
from thidua_desktop.domain.records import Record
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import keep


def enter_movement(ports: Ports, said: MovementText) -> int:
    """Enter what an office did for the movement, in one go; return how many records there are."""
    with ports.store.write() as work:
        records = [*_documents(ports, work, said), *_targets(ports, work, said)]
        records += _registrations(ports, work, said)
        for record in records:
            keep(work, record, shown=None)
        work.commit()
    return len(records)


def _documents(ports: Ports, work: Work, said: MovementText) -> Iterator[Record]:
    tasks = {one.code: one.id for one in work.records.having(Obligation)}
    for code, year, sort, number, day, summary in said.documents:
        yield PlanDocument(
            id=_new_id(ports, work),
            unit_id=work.book.me().unit_id,
            sort=DocumentSort(sort),
            number=number,
            issued_on=from_iso(day),
            summary=summary,
            year=year,
            obligation_id=tasks[code] if code else None,
        )


def _targets(ports: Ports, work: Work, said: MovementText) -> Iterator[Record]:
    for year, field, name, measure, planned, reached in said.targets:
        yield SavingsTarget(
            id=_new_id(ports, work),
            unit_id=work.book.me().unit_id,
            year=year,
            field=SavingsField(field),
            name=name,
            measure=measure,
            planned=read_decimal(planned),
            reached=read_decimal(reached) if reached else None,
        )


def _registrations(ports: Ports, work: Work, said: MovementText) -> Iterator[Record]:
    for year, name, position, title, signed in said.registrations:
        yield Registration(
            id=_new_id(ports, work),
            unit_id=work.book.me().unit_id,
            year=year,
            name=name,
            position=position,
            title=title,
            signed_on=from_iso(signed) if signed else None,
        )


def _new_id(ports: Ports, work: Work) -> UUID:
    return ports.new_id(work.book.me().number)
