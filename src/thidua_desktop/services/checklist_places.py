"""Where something of a checklist is seen: of whom, by which set, for which year."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.criteria import Checklist, Evidence, Score
from thidua_desktop.services.ports import Ports, Work


@dataclass(frozen=True, slots=True)
class ChecklistPlace:
    """A checklist, and a criterion in it where one is meant."""

    set_id: UUID | None
    year: int | None
    unit_id: UUID | None
    criterion_id: UUID | None = None


def checklist_place(ports: Ports, kind: str, record_id: UUID) -> ChecklistPlace | None:
    """Return where a checklist, a score or a proof of a score is seen; None where it is gone."""
    with ports.store.read() as work:
        if kind == "checklist":
            return _place(work, record_id, None)
        if kind == "evidence":
            proof = work.records.find(Evidence, record_id)
            record_id = proof.score_id if proof and proof.score_id else record_id
        score = work.records.find(Score, record_id)
        return _place(work, score.checklist_id, score.criterion_id) if score else None


def _place(
    work: Work, checklist_id: UUID | None, criterion_id: UUID | None
) -> ChecklistPlace | None:
    one = work.records.find(Checklist, checklist_id)
    return ChecklistPlace(one.set_id, one.period, one.unit_id, criterion_id) if one else None
