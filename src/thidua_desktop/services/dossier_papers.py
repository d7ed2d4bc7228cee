"""Papers of a dossier (giấy tờ kèm hồ sơ): noted with their number and day, once for a letter or
for one proposal.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.paper_sorts import PaperSort
from thidua_desktop.domain.words import word
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import keep, save_record


def paper_choices() -> list[tuple[str, PaperSort]]:
    """Return what sorts of papers can be noted: those that the program does not make itself."""
    made = {PaperSort.LETTER}
    return [(word(sort), sort) for sort in PaperSort if sort not in made]


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
            wording=word(sort),
        )
        keep(work, paper, shown=None)
        return work.commit()


def save_paper(ports: Ports, record: Evidence, *, shown: Evidence) -> Changes:
    """Store an edited paper; one that is called by its sort is called by the new one.

    Raises InvalidInputError, LockedError, StaleEditError.
    """
    if record.paper is not None and record.wording in {"", word(shown.paper)}:
        record = replace(record, wording=word(record.paper))
    return save_record(ports, record, shown=shown).changes
