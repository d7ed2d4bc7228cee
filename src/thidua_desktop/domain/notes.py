"""Notes on fields: what others ask, suggest or answered, said beside the very field."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class NoteKind(StrEnum):
    """What a note is."""

    QUESTION = "question"
    ANSWER = "answer"
    SUGGESTION = "suggestion"
    SUGGESTED = "suggested"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    RETURN = "return"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPlace:
    """A field to go to: of a proposal or what belongs to it, where `proposal_id` says so."""

    kind: str
    id: UUID
    field: str
    proposal_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldNote:
    """One note. `asks` tells whether the reader has something to do about it.

    A question has `question_id`; a suggestion the op to take, and the own one to keep.
    """

    sort: NoteKind
    kind: str
    id: UUID
    field: str
    words: str
    by: str = ""
    asks: bool = False
    closes: bool = False
    question_id: UUID | None = None
    take: str = ""
    keep: str = ""

    @property
    def cell(self) -> str:
        """Return the name of the cell: `ID.field`."""
        return f"{self.id}.{self.field}"
