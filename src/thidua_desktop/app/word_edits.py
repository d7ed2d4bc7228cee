"""A Word file as an officer leaves it who edits it: for the demo and its pictures."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.proposals import Proposal
from thidua_desktop.services.dossiers import gather_proposal
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.returned import (
    ReturnedPaper,
    read_returned,
    take_returned,
    usual_choice,
)

_TEXT = "word/document.xml"


def with_parts(content: bytes, changed: Callable[[str, bytes], bytes]) -> bytes:
    """Return a Word file with each of its parts changed, by its name."""
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(written, "w") as target:
        for name in source.namelist():
            target.writestr(name, changed(name, source.read(name)), zipfile.ZIP_DEFLATED)
    return written.getvalue()


def as_edited(content: bytes, changes: Mapping[str, str]) -> bytes:
    """Return a Word file with these words changed wherever they stand."""

    def changed(name: str, part: bytes) -> bytes:
        if name != _TEXT:
            return part
        text = part.decode()
        for was, now in changes.items():
            text = text.replace(was, now)
        return text.encode()

    return with_parts(content, changed)


def word_comes_back(ports: Ports, proposal_id: UUID, path: Path) -> ReturnedPaper:
    """Let an officer edit the summary of a proposal in Word, and take what he changed."""
    with ports.store.read() as work:
        proposal = work.records.get(Proposal, proposal_id)
        dossier = gather_proposal(ports, work, proposal)
    first, *_ = proposal.summary.splitlines()
    better = f"{first.rstrip('.')}, được Nhân dân đồng tình."
    ports.files.write(path, as_edited(ports.papers.docx(dossier), {first: better}))
    paper = read_returned(ports, path)
    take_returned(ports, paper, usual_choice(paper))
    return paper
