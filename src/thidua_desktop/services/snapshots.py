"""Snapshots: what a letter said when it was submitted, and whether the records still say so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias
from uuid import UUID

from thidua_desktop.domain.field_values import to_json
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.records import Owner, Record, kind_name, specs
from thidua_desktop.services.belongings import MERIT_KINDS, is_merit, merit_of, papers_of, parts_of
from thidua_desktop.services.nominees import find_nominee
from thidua_desktop.services.ports import Work

_FIELDS = "fields"
_MERIT = frozenset(map(kind_name, MERIT_KINDS))
Said: TypeAlias = dict[str, Any]


def snapshot_of(work: Work, letter: Submission) -> bytes:
    """Return what a letter says, with all that belongs to it, as canonical JSON.

    The snapshot itself is not in it; the day of submitting is, so that a letter submitted again is
    another one.
    """
    said = [_letter_said(letter), *(_said(record) for record in belonging(work, letter))]
    return _canonical(said)


def belonging(work: Work, letter: Submission) -> list[Record]:
    """Return the proposals of a letter, each followed by its nominee, its proofs and the merit
    of the nominee, which is told once; then the papers of the letter.
    """
    proposals = work.records.having(Proposal, submission_id=letter.id)
    found = [record for proposal in proposals for record in _speaking(work, proposal)]
    found += papers_of(work, letter)
    return list({record.id: record for record in found}.values())


def submitted_with(work: Work, proposal: Proposal) -> frozenset[UUID]:
    """Return the records of which the letter of a proposal spoke when it was submitted."""
    letter = work.records.find(Submission, proposal.submission_id)
    kept = _kept(work, letter) if letter else None
    return frozenset(map(UUID, kept or ()))


def _speaking(work: Work, proposal: Proposal) -> list[Record]:
    """Return what speaks for a proposal: its parts, and the merit of its nominee."""
    nominee = find_nominee(work, proposal)
    return [*parts_of(work, proposal), *(merit_of(work, nominee) if nominee else [])]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlteredField:
    """A field that no longer says what was submitted; values in the dress of JSON, None is blank.

    `field` is empty where a whole record came in or went away.
    """

    kind: str
    id: UUID
    field: str
    submitted: str | int | bool | None
    now: str | int | bool | None

    def to_json(self) -> dict[str, Any]:
        """Return the shape of the command line."""
        return asdict(self) | {"id": str(self.id)}


def was_changed_since(work: Work, letter: Submission) -> bool:
    """Tell whether a letter, or a proposal that is still in it, is not what was submitted."""
    kept = _kept(work, letter)
    return kept is not None and differs(work, letter, kept)


def differs(work: Work, letter: Submission, kept: Mapping[str, Said]) -> bool:
    """Tell whether a letter, or a proposal that is still in it, is not what a snapshot says."""
    proposals = work.records.having(Proposal, submission_id=letter.id)
    return kept.get(str(letter.id)) != _letter_said(letter) or any(
        _altered(work, kept, proposal) for proposal in proposals
    )


def altered_fields(work: Work, letter: Submission, proposal: Proposal) -> tuple[AlteredField, ...]:
    """Return what in a proposal is not as its letter submitted it (có sửa sau khi nộp).

    A snapshot that is none, or does not speak of the proposal, submitted nothing of it.
    """
    kept = _kept(work, letter)
    return () if kept is None else _altered(work, kept, proposal)


def read_snapshot(content: bytes) -> dict[str, Said]:
    """Return what a snapshot says of each record, by id; of bytes that are none: nothing.

    Its digest is the name of the file, which is checked wherever files are read.
    """
    try:
        said = json.loads(content)
        if _canonical(said) != content:
            return {}
        return {str(UUID(str(one["id"]))): _checked(one) for one in said}
    except (ValueError, RecursionError, KeyError, TypeError):
        return {}


def _altered(work: Work, kept: Mapping[str, Said], proposal: Proposal) -> tuple[AlteredField, ...]:
    own_id, nominee_id = str(proposal.id), str(proposal.nominee_id)
    was = {
        record_id: said
        for record_id, said in kept.items()
        if record_id in {own_id, nominee_id}
        or said[_FIELDS].get("proposal_id") == own_id
        or (said["kind"] in _MERIT and nominee_id in said[_FIELDS].values())
    }
    was |= {
        record_id: said
        for record_id, said in kept.items()
        if said[_FIELDS].get("evidence_id") in was
    }
    # Merit that came later is no change of what was submitted: years go on.
    now = {
        str(record.id): _said(record)
        for record in _speaking(work, proposal)
        if str(record.id) in was or not is_merit(record)
    }
    found: list[AlteredField] = []
    for record_id in (*now, *(one for one in was if one not in now)):
        found += _differing(was.get(record_id), now.get(record_id))
    return tuple(found)


def _differing(was: Said | None, now: Said | None) -> Iterator[AlteredField]:
    said = now or was
    assert said is not None  # noqa: S101 - one of them is there
    kind, record_id = said["kind"], UUID(said["id"])
    if was is None or now is None:
        submitted, current = (None if one is None else True for one in (was, now))
        yield AlteredField(kind=kind, id=record_id, field="", submitted=submitted, now=current)
        return
    for name in sorted(was[_FIELDS].keys() | now[_FIELDS].keys()):
        before, after = was[_FIELDS].get(name), now[_FIELDS].get(name)
        if before != after:
            yield AlteredField(kind=kind, id=record_id, field=name, submitted=before, now=after)


def _kept(work: Work, letter: Submission) -> dict[str, Said] | None:
    content = work.blobs.get(letter.snapshot) if letter.snapshot else None
    return None if content is None else read_snapshot(content)


def _checked(said: Said) -> Said:
    if not isinstance(said["kind"], str) or not isinstance(said[_FIELDS], dict):
        raise TypeError
    return said


def _letter_said(letter: Submission) -> Said:
    said = _said(letter)
    said[_FIELDS].pop("snapshot", None)
    return said


def _said(record: Record) -> Said:
    fields = {
        spec.name: said
        for spec in specs(type(record))
        if spec.owner is Owner.OFFICE  # what others say of the record is not submitted with it
        and (said := to_json(spec, getattr(record, spec.name))) is not None
    }
    return {"kind": kind_name(type(record)), "id": str(record.id), _FIELDS: fields}


def _canonical(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
