"""What became of a bundle that was handed in, as people and other programs are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from thidua_desktop.domain.bundles import BundleState, Certificate, MergeCounts
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import ThiduaError
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.findings import Finding, TextFinding
from thidua_desktop.services.ports import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleReport:
    """What became of one bundle (architecture.md 6: `bundle plan|merge`).

    `part_of` is the SHA-256 of the whole, where the file was a part of a bundle.
    """

    file: str
    sender: str
    number: int
    state: BundleState
    counts: MergeCounts = field(default_factory=MergeCounts)
    code: str | None = None
    bundle: UUID | None = None
    import_id: UUID | None = None
    message: str = ""
    part_of: str | None = None
    warnings: tuple[str, ...] = ()
    findings: tuple[Finding | TextFinding, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the shape that other programs rely on."""
        said: dict[str, Any] = {
            "file": self.file,
            "sender": self.sender,
            "number": self.number,
            "state": self.state.value,
            "counts": counts_json(self.counts),
        }
        if self.code:
            said |= {"code": self.code, "message": self.message}
        if self.bundle:
            said["bundle"] = str(self.bundle)
        if self.import_id:
            said["import"] = str(self.import_id)
        if self.warnings:
            said["warnings"] = list(self.warnings)
        if self.findings:
            said["findings"] = [one.to_json() for one in self.findings]
        return said


def counts_line(counts: MergeCounts) -> str:
    """Return what a merge does, for people."""
    found = (
        f"{counts.new} mới, {counts.changed} sửa, {counts.differences} khác nhau, "
        f"{counts.suggestions} đề nghị sửa"
    )
    for count, words in (
        (counts.duplicates, "có thể trùng"),
        (counts.outside_authority, "ngoài thẩm quyền"),
        (counts.missing_files, "tệp thiếu"),
    ):
        found += f", {count} {words}" if count else ""
    if counts.unknown:
        found += f", {counts.unknown} ô của bản mới, sẽ hiện sau khi cập nhật"
    return found


def counts_json(counts: MergeCounts) -> dict[str, int]:
    """Return the counts by name."""
    return {name: getattr(counts, name) for name in MergeCounts.__dataclass_fields__}


def refused(file_name: str, error: ThiduaError) -> BundleReport:
    """Return the report on a bundle that was refused, and on which nothing more is known."""
    return BundleReport(
        file=file_name,
        sender="",
        number=0,
        state=BundleState.REFUSED,
        code=error.code,
        message=error_text(error),
    )


def sender_name(work: Work, sender: Certificate) -> str:
    """Return the name of the unit that a certificate is for."""
    unit = work.records.find(Unit, sender.unit_id)
    return unit.name if unit and unit.name else f"cơ quan số {sender.office}"
