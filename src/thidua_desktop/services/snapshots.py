"""Snapshots: what a letter said when it was submitted, and whether the records still say so."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.proposals import Contribution, Proposal, Submission
from thidua_desktop.domain.records import Owner, Record, kind_name, specs
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.ports import Work
from thidua_desktop.services.saving import attached_to

_FIELDS = "fields"


def snapshot_of(work: Work, letter: Submission) -> bytes:
    """Return what a letter says, with all that belongs to it, as canonical JSON.

    The snapshot itself is not in it; the day of submitting is, so that a letter submitted again is
    another one.
    """
    said = [_letter_said(letter), *(_said(record) for record in belonging(work, letter))]
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def belonging(work: Work, letter: Submission) -> list[Record]:
    """Return the proposals of a letter, each followed by its nominee and its proofs."""
    proposals = work.records.having(Proposal, submission_id=letter.id)
    return [record for proposal in proposals for record in parts_of(work, proposal)]


def parts_of(work: Work, proposal: Proposal) -> list[Record]:
    """Return a proposal with its nominee, evidence, attachments and contributions."""
    nominee = find_nominee(work, proposal)
    evidence = work.records.having(Evidence, proposal_id=proposal.id)
    return [
        proposal,
        *([nominee] if nominee else []),
        *evidence,
        *(attached for proof in evidence for attached in attached_to(work, proof)),
        *work.records.having(Contribution, proposal_id=proposal.id),
    ]


def was_changed_since(work: Work, letter: Submission) -> bool:
    """Tell whether a letter, or a proposal that is still in it, is not what was submitted."""
    kept = _kept(work, letter)
    if kept is None:
        return False
    proposals = work.records.having(Proposal, submission_id=letter.id)
    return kept.get(str(letter.id)) != _letter_said(letter) or any(
        _differs(work, kept, proposal) for proposal in proposals
    )


def proposal_changed_since(work: Work, letter: Submission, proposal: Proposal) -> bool:
    """Tell whether a proposal is no longer what its letter submitted (có sửa sau khi nộp)."""
    kept = _kept(work, letter)
    return kept is not None and _differs(work, kept, proposal)


def _differs(work: Work, kept: Mapping[str, Any], proposal: Proposal) -> bool:
    own_id, nominee_id = str(proposal.id), str(proposal.nominee_id)
    was = {
        record_id: said
        for record_id, said in kept.items()
        if record_id in {own_id, nominee_id} or said[_FIELDS].get("proposal_id") == own_id
    }
    was |= {
        record_id: said
        for record_id, said in kept.items()
        if said[_FIELDS].get("evidence_id") in was
    }
    return was != {str(record.id): _said(record) for record in parts_of(work, proposal)}


def _kept(work: Work, letter: Submission) -> dict[str, Any] | None:
    content = work.blobs.get(letter.snapshot) if letter.snapshot else None
    return None if content is None else {said["id"]: said for said in json.loads(content)}


def _letter_said(letter: Submission) -> dict[str, Any]:
    said = _said(letter)
    said[_FIELDS].pop("snapshot", None)
    return said


def _said(record: Record) -> dict[str, Any]:
    fields = {
        spec.name: said
        for spec in specs(type(record))
        if spec.owner is Owner.OFFICE  # what others say of the record is not submitted with it
        and (said := to_json(spec, getattr(record, spec.name))) is not None
    }
    return {"kind": kind_name(type(record)), "id": str(record.id), _FIELDS: fields}
