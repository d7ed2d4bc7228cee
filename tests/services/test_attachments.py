"""Files beside evidence: kept, sent, looked at, and never what they were not."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from attached import a_pdf, an_evidence, attached, blob_of, row, share, shared
from attachment_files import EXE_BYTES, PDF_BYTES, a_picture
from exchange_work import Exchange
from office_work import Pair, a_person_proposed
from thidua_desktop.domain.attachments import Attachment, FileState, Unfit
from thidua_desktop.domain.criteria import Evidence
from thidua_desktop.domain.errors import (
    FileChangedError,
    FileMissingError,
    LockedError,
    NotFoundError,
    UnfitFileError,
    UnwritableFileError,
)
from thidua_desktop.domain.records import Sha256
from thidua_desktop.services.attachments import (
    AttachedTo,
    attach,
    list_attachments,
    open_attachment,
    save_attachment,
)
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import delete_proposal, open_proposal, restore_proposal
from thidua_desktop.services.saving import delete_record, save_record
from thidua_desktop.services.submissions import submit, withdraw


def records(ports: Ports) -> list[Attachment]:
    with ports.store.read() as work:
        return list(work.records.having(Attachment))


def test_a_file_is_kept_and_given_back(office: Ports, tmp_path) -> None:
    path = tmp_path / "biên bản.pdf"
    path.write_bytes(PDF_BYTES)
    made = attach(
        office, path, to=AttachedTo(Evidence, an_evidence(office).id), note="Bản quét"
    ).record
    assert (made.name, made.size, made.note) == ("biên bản.pdf", len(PDF_BYTES), "Bản quét")
    assert made.file == made.original_sha == hashlib.sha256(PDF_BYTES).hexdigest()
    assert row(office, made).state is FileState.HERE
    assert save_attachment(office, made.id, out=tmp_path / "ra.pdf").read_bytes() == PDF_BYTES
    (tmp_path / "ra").mkdir()
    assert save_attachment(office, made.id, out=tmp_path / "ra").name == "biên bản.pdf"
    assert open_attachment(office, made.id).read_bytes() == PDF_BYTES


def test_a_photograph_is_shrunk_and_its_original_is_known(office: Ports) -> None:
    given = a_picture("JPEG", (2400, 1200))
    made = attached(office, an_evidence(office), content=given, name="đường.jpg")
    assert made.original_sha == hashlib.sha256(given).hexdigest() != made.file


def test_a_picture_of_an_identity_card_is_marked(office: Ports) -> None:
    made = attached(office, an_evidence(office), content=a_picture(), name="CCCD.jpg")
    assert made.sensitive


def test_a_file_that_may_not_be_attached_changes_nothing(office: Ports, tmp_path) -> None:
    evidence = an_evidence(office)
    with pytest.raises(UnfitFileError):
        attached(office, evidence, content=EXE_BYTES)
    with pytest.raises(NotFoundError):
        attach(office, PDF_BYTES, to=AttachedTo(Evidence, office.new_id(1)), name="a.pdf")
    assert records(office) == []


def test_equal_files_are_kept_once(office: Ports, pair: Pair) -> None:
    first, second = shared(office, PDF_BYTES, PDF_BYTES)
    assert first.file == second.file
    blobs = pair.folder / "kien-xuong" / "data" / "blobs"
    assert [path.name for path in blobs.iterdir()] == [first.file]


def test_the_file_travels_with_its_record(world: Exchange, tmp_path) -> None:
    (made,) = shared(world.district, a_pdf(1))
    assert world.carry(world.district, world.province).counts.missing_files == 0
    assert row(world.province, made).state is FileState.HERE
    out = save_attachment(world.province, made.id, out=tmp_path / "a.pdf")
    assert out.read_bytes() == a_pdf(1)


def test_a_file_that_did_not_come_is_said_to_be_missing(world: Exchange, tmp_path) -> None:
    (made,) = shared(world.district, a_pdf(1))
    blob_of(world.folder / "district", made).unlink()
    assert world.carry(world.district, world.province).counts.missing_files == 1
    assert row(world.province, made).state is FileState.MISSING
    assert [r.attachment.id for r in list_attachments(world.province, missing=True)] == [made.id]
    with pytest.raises(FileMissingError):
        save_attachment(world.province, made.id, out=tmp_path / "a.pdf")


@pytest.mark.parametrize("place", [3, 40])
def test_a_changed_file_is_never_given_out(office: Ports, pair: Pair, tmp_path, place: int) -> None:
    made = attached(office, an_evidence(office), content=a_pdf(1))
    blob = blob_of(pair.folder / "kien-xuong", made)
    changed = bytearray(blob.read_bytes())
    changed[place] ^= 1
    blob.write_bytes(changed)
    with pytest.raises(FileChangedError):
        save_attachment(office, made.id, out=tmp_path / "a.pdf")
    assert list(tmp_path.glob("a.pdf*")) == []


def test_a_file_cut_short_is_seen_at_a_glance(office: Ports, pair: Pair) -> None:
    made = attached(office, an_evidence(office), content=a_pdf(1))
    blob = blob_of(pair.folder / "kien-xuong", made)
    blob.write_bytes(blob.read_bytes()[:-1])
    assert row(office, made).state is FileState.CHANGED


def test_what_came_and_is_not_what_it_says_is_kept_and_not_opened(
    world: Exchange, tmp_path
) -> None:
    (made,) = shared(world.district, a_pdf(1))
    with world.district.store.write() as work:  # by another program
        sha = Sha256(work.blobs.put(EXE_BYTES))
        work.records.put(replace(made, file=sha, name="..\\a.pdf"), shown=made)
        work.commit()
    share(world.district, made)
    world.carry(world.district, world.province)
    assert row(world.province, made).state is FileState.UNFIT
    for give in (open_attachment, lambda p, i: save_attachment(p, i, out=tmp_path / "a.pdf")):
        with pytest.raises(UnfitFileError) as refused:
            give(world.province, made.id)
        assert refused.value.why is Unfit.TYPE
    with world.province.store.read() as work:
        assert work.blobs.get(sha) == EXE_BYTES


def test_a_name_from_elsewhere_leads_to_no_other_folder(office: Ports, tmp_path) -> None:
    made = attached(office, an_evidence(office))
    with office.store.write() as work:
        work.records.put(replace(made, name="../../nhà.exe"), shown=made)
        work.commit()
    assert open_attachment(office, made.id).name == "nhà.exe.pdf"
    (tmp_path / "tệp").touch()
    with pytest.raises(UnwritableFileError):
        save_attachment(office, made.id, out=tmp_path / "tệp" / "a.pdf")


# with its evidence


def proven(ports: Ports, proposal_id) -> tuple[Evidence, Attachment]:
    evidence = an_evidence(ports, proposal_id=proposal_id)
    return evidence, attached(ports, evidence)


def test_what_lies_at_the_province_takes_no_file(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    evidence, made = proven(pair.office, proposal_id)
    letter = pair.submit(proposal_id)
    for change in (
        lambda: attached(pair.office, evidence),
        lambda: delete_record(pair.office, made),
        lambda: save_record(pair.office, replace(made, sensitive=True), shown=made),
    ):
        with pytest.raises(LockedError):
            change()
    withdraw(pair.office, letter)
    attached(pair.office, evidence)


def test_what_was_submitted_names_its_files(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    _, made = proven(pair.office, proposal_id)
    pair.submit(proposal_id)
    pair.up()
    assert row(pair.province, made).state is FileState.HERE
    assert open_proposal(pair.province, proposal_id).altered == ()
    with pair.office.store.write() as work:  # by another program
        work.records.put(replace(made, note="khác"), shown=made)
        work.commit()
    assert open_proposal(pair.office, proposal_id).altered


def test_a_file_taken_out_is_taken_out_everywhere(pair: Pair) -> None:
    proposal_id = a_person_proposed(pair.office)
    _, made = proven(pair.office, proposal_id)
    letter = pair.submit(proposal_id)
    pair.send_back(proposal_id)
    delete_record(pair.office, made)
    submit(pair.office, letter)
    pair.up()
    assert records(pair.province) == []


def test_a_proof_goes_with_its_files_and_comes_back_with_them(office: Ports) -> None:
    evidence = an_evidence(office)
    attached(office, evidence)
    delete_record(office, evidence)
    assert records(office) == []
    proposal_id = a_person_proposed(office)
    _, made = proven(office, proposal_id)
    deleted = delete_proposal(office, proposal_id)
    assert records(office) == []
    restore_proposal(office, deleted)
    assert records(office) == [made]
