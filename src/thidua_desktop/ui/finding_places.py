"""Where a finding on a dossier is put right: the place, and what its page is to open."""

from __future__ import annotations

from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.services.dossier_check import ToldFinding

_MERIT = {"position", "yearly_rating", "prior_award", "initiative", "achievement"}


def place_of_finding(told: ToldFinding) -> tuple[str, object]:
    """Return the place, and the field there; what a letter says is in the dialog of the letter,
    what a decision says on the page of certificates.
    """
    found = told.finding.found
    if told.is_of_decision:
        return "certificates", FieldPlace(kind=found.kind, id=found.id, field=found.field)
    if found.proposal_id is None and told.submission_id is not None:
        of = told.submission_id if found.kind == "submission" else found.id
        field = FieldPlace(kind=found.kind, id=of, field=found.field)
        return "proposals", (told.submission_id, field)
    place = FieldPlace(
        kind=found.kind, id=found.id, field=found.field, proposal_id=found.proposal_id
    )
    return ("nominees" if found.kind in _MERIT else "proposals"), place
