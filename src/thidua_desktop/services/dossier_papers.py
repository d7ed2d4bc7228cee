"""Papers of a dossier (giấy tờ kèm hồ sơ): noted with their number and day, once for a letter or
for one proposal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.field_values import NotKeptError
from thidua_desktop.domain.issues import Issue
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.records import UnknownChoice
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.pasting import Target
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import keep, save_record

_MADE = {PaperSort.LETTER}  # by the program itself


def paper_choices() -> list[tuple[str, PaperSort]]:
    """Return what sorts of papers can be noted: those that the program does not make itself."""
    return [(word(sort), sort) for sort in PaperSort if sort not in _MADE]


def papers_target(columns: tuple[str, ...], fixed: Mapping[str, object]) -> Target:
    """Return how a block becomes papers of a letter or of a proposal."""
    fixed = {**fixed, "paper": PaperSort.OTHER}
    return Target(kind=Evidence, offered=columns, fixed=fixed, complete=_pasted)


def list_papers(ports: Ports, submission_id: UUID) -> tuple[Evidence, ...]:
    """Return the papers that are noted for a letter."""
    with ports.store.read() as work:
        return work.records.having(Evidence, submission_id=submission_id)


def add_paper(
    ports: Ports, *, submission_id: UUID | None = None, proposal_id: UUID | None = None
) -> Changes:
    """Note a paper of a letter or of a proposal; which one is said later. Raises LockedError."""
    sort = PaperSort.REVIEW_MINUTES if submission_id else PaperSort.OTHER
    with ports.store.write() as work:
        paper = Evidence(
            id=ports.new_id(work.book.me().number),
            submission_id=submission_id,
            proposal_id=proposal_id,
            paper=sort,
        )
        keep(work, _called_by_sort(paper), shown=None)
        return work.commit()


def save_paper(ports: Ports, record: Evidence, *, shown: Evidence) -> Changes:
    """Store an edited paper; one that is called by its sort is called by the new one.

    Raises InvalidInputError, LockedError, StaleEditError.
    """
    return save_record(ports, _called_by_sort(record, shown.paper), shown=shown).changes


def _pasted(paper: Evidence) -> Evidence:
    if paper.paper in _MADE:
        raise NotKeptError(Issue.NOT_ALLOWED)
    return _called_by_sort(paper)


def _called_by_sort(paper: Evidence, was: PaperSort | UnknownChoice | None = None) -> Evidence:
    """Return a paper called by its sort where it has no words, or those of the sort it was."""
    if paper.paper is None or paper.wording not in {"", word(was)}:
        return paper
    return replace(paper, wording=word(paper.paper))
