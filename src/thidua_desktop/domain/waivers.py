"""Waivers (bỏ qua khi soát): that a finding on a dossier is known, and why it may stand."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.records import Record, record_kind, said


@record_kind("Bỏ qua khi soát", key=("rule", "about_id", "about_field"))
@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Record):
    """That an office lets a finding stand. Who and when is in the ledger.

    It holds as long as the value is the one that was judged: `digest` is of that value. It goes out
    with the letter or proposal that it is about.
    """

    rule: str = said("Quy tắc", required=True, longest=40)
    about_kind: str = said("Loại bản ghi", required=True, longest=60)
    about_id: UUID | None = said("Bản ghi", blank=None, required=True, addresses=True)
    about_field: str = said("Ô", longest=120)
    digest: str = said("Dấu của giá trị", longest=64)
    reason: str = said("Lý do bỏ qua", required=True, lines=True)
    submission_id: UUID | None = said("Tờ trình", blank=None, refers_to="submission")
    proposal_id: UUID | None = said("Đề nghị", blank=None, refers_to="proposal")
