"""F20: every file that is not what it was is found, and the dossiers that it touches are named."""

from __future__ import annotations

import random

from attached import a_pdf, an_evidence, attached, blob_of
from office_work import Pair, a_person_proposed
from reliability.figures import Measured
from thidua_desktop.domain.attachments import Attachment, FileState
from thidua_desktop.services import integrity
from thidua_desktop.services.ports import Ports

FILES, OFFICE = 100, "kien-xuong"


def proven(office: Ports, files: int) -> list[Attachment]:
    """Make a proposal with so many files."""
    proposal = a_person_proposed(office)
    return [
        attached(
            office,
            an_evidence(office, proposal_id=proposal),
            content=a_pdf(number, 200),
            name=f"{number}.pdf",
        )
        for number in range(files)
    ]


def test_a_flipped_bit_is_found_in_every_file(
    office: Ports, pair: Pair, measured: Measured
) -> None:
    files = proven(office, FILES)
    assert integrity.check(office).files == ()  # sound files are no findings
    chance = random.Random(20)
    for one in files:
        path = blob_of(pair.folder / OFFICE, one)
        content = bytearray(path.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)

    found = integrity.check(office).files

    assert {one.sha for one in found} == {str(one.file) for one in files}
    assert {one.state for one in found} == {FileState.CHANGED}
    assert all("Đề nghị khen thưởng" in place for one in found for place in one.dossiers)
    assert len({place for one in found for place in one.dossiers}) == FILES
    measured("F20", bits=FILES, found=len(found))


def test_a_missing_file_is_named(office: Ports, pair: Pair) -> None:
    files = proven(office, 3)
    blob_of(pair.folder / OFFICE, files[1]).unlink()
    (found,) = integrity.check(office).files
    assert (found.sha, found.state) == (str(files[1].file), FileState.MISSING)
    (place,) = found.dossiers
    assert place.endswith("1.pdf")
