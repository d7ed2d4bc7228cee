"""Where a field is: the page to open for it."""

from __future__ import annotations

from thidua_desktop.domain.notes import FieldPlace

_PAGES = {
    "unit": "units",
    "checklist": "checklist",
    "score": "checklist",
    "evidence": "checklist",
    "plan_document": "movement",
    "annual_report": "movement",
    "savings_target": "movement",
    "registration": "movement",
}


def page_of(place: FieldPlace) -> str:
    """Return the key of the page where a field is seen; of one that has none, the questions."""
    if place.proposal_id is not None:
        return "proposals"
    return _PAGES.get(place.kind, "questions")
