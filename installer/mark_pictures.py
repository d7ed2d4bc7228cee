"""The first page of a letter with every box that most letters do without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2

from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.proposals import Submission
from thidua_desktop.domain.units import Unit
from thidua_desktop.services.dossiers import gather_submission
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import save_record

_DPI = 75


def picture_marks(ports: Ports, path: Path) -> None:
    """Write the page of a letter in a copy of an office's folder, in which this marks it."""
    with ports.store.read() as work:
        unit = work.records.get(Unit, work.book.me().unit_id)
        letter = work.records.having(Submission)[0]
    found = replace(
        unit,
        address=f"Số 12, {unit.name.removeprefix('Ủy ban nhân dân ')}",
        phone="0227 3821 000",
        email="vanphong@donvi.example",
        shows_contact=True,
    )
    save_record(ports, found, shown=unit)
    marked = replace(letter, urgency=Urgency.MOST_URGENT, circulation="Lưu hành nội bộ")
    marked = replace(marked, drafter="NVT", copies=12)
    with ports.store.read() as work:
        content = ports.papers.pdf(gather_submission(ports, work, marked))
    with pypdfium2.PdfDocument(content) as document:
        document[0].render(scale=_DPI / 72).to_pil().save(path)
