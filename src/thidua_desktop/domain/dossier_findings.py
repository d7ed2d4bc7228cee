"""Findings on a dossier (điều soát thấy): by which rule, how grave, where, since when."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dossier_content import Case, DossierContent
from thidua_desktop.domain.records import Record, kind_name
from thidua_desktop.domain.severity import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place where a rule does not hold.

    `about` tells several findings on one field apart; `seen` is what was judged, `offered` the
    value that would do. `level` is said where not the rule alone decides it.
    """

    kind: str
    id: UUID
    field: str
    message: str
    seen: tuple[str, ...]
    about: str = ""
    offered: str = ""
    proposal_id: UUID | None = None
    who: str = ""
    level: Severity | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule that dossiers are held against: its code for ever, how grave, from where."""

    code: str
    severity: Severity
    source: str
    find: Callable[[DossierContent], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinding:
    """What a rule found; `key` and `digest` say to what a waiver of it is bound."""

    code: str
    severity: Severity
    source: str
    found: Found

    @property
    def field_key(self) -> str:
        """Return the field as a waiver names it."""
        about = self.found.about
        return f"{self.found.field}#{about}" if about else self.found.field

    @property
    def digest(self) -> str:
        """Return what the judged values are known again by."""
        return hashlib.sha256("\x1f".join(self.found.seen).encode()).hexdigest()[:32]


def found_at(
    record: Record,
    field: str,
    message: str,
    *,
    case: Case | None = None,
    seen: tuple[str, ...] | None = None,
    about: str = "",
    offered: str = "",
) -> Found:
    """Return a finding at a field of a record; what is judged is the field, unless said."""
    return Found(
        kind=kind_name(type(record)),
        id=record.id,
        field=field,
        message=message,
        seen=(str(getattr(record, field, "")),) if seen is None else seen,
        about=about,
        offered=offered,
        proposal_id=case.proposal.id if case else None,
        who=case.name if case else "",
    )
