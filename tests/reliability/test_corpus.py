"""Every hostile file that is kept by name is refused with its code, and nothing is written."""

from __future__ import annotations

import copy
import hashlib
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest

from attachment_files import PDF_BYTES
from exchange_work import files_of
from journeys.cli import Office
from reliability.corpus import BUNDLES, FILES, last_line, with_attachments
from reliability.desk import BrokenError, Desk
from reliability.little import opened
from reliability.rows import digest
from thidua_desktop.domain.attachments import PDF, FileState, file_name
from thidua_desktop.domain.bundles import BundleState, Rejection
from thidua_desktop.domain.errors import UnfitFileError
from thidua_desktop.services import receiving, trust
from thidua_desktop.services.attachments import list_attachments, open_attachment, save_attachment
from thidua_desktop.services.exchange import merge_bundles, plan_bundles
from thidua_desktop.storage.work import UnitOfWork

REFUSED = {name for name, one in BUNDLES.items() if one.code}


def named(name: str) -> str:
    return name.replace(" ", "-").replace(",", "")


@pytest.mark.parametrize("name", BUNDLES)
def test_a_hostile_bundle(name: str, desk: Desk) -> None:
    kept = BUNDLES[name]
    desk.file.write_bytes(kept.make(desk))
    (planned,) = plan_bundles(desk.ports, [desk.file])
    assert digest(desk.database) == desk.rows[""]
    assert planned.code == kept.code
    desk.hand_in(desk.file.read_bytes())  # sees that what is refused leaves nothing
    assert desk.codes == {kept.code or BundleState.NEW.value: 1}


def test_every_code_has_a_file() -> None:
    """A revoked sender needs a province of its own: F4 has it."""
    codes = {one.code for one in BUNDLES.values()}
    assert codes >= {reason.value for reason in Rejection} - {"E-REVOKED"}


def test_on_the_command_line(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them at once, as a person drops a folder: each is told by its name."""
    folder = tmp_path / "gói"
    folder.mkdir()
    expected = {}
    for name in sorted(REFUSED):
        file = folder / f"{named(name)}.tdkt"
        file.write_bytes(BUNDLES[name].make(desk))
        expected[file.name] = BUNDLES[name].code
    forks = {name for name, code in expected.items() if code == Rejection.FORK}
    office, home = Office(desk.folder / "province", capsys), desk.folder / "province" / "data"
    before, shown = files_of(desk.ports, home), office.digest()
    for command, keeps in (("plan", set()), ("merge", forks)):
        said = office("bundle", command, *sorted(folder.iterdir()))
        assert said.code == 3, said.err
        assert {one["file"]: one["code"] for one in said.json["bundles"]} == expected
        assert {one["state"] for one in said.json["bundles"]} == {"refused"}
        assert all(name in said.err for name in expected)
        after = files_of(desk.ports, home)
        new = {path for path in after if path not in before and not path.startswith("backups")}
        assert len(new) == len(keeps)  # a ghost's bundle, to be looked at
    assert office.digest() == shown


def test_a_hostile_file_is_never_given_out_as_what_it_says(desk: Desk, tmp_path: Path) -> None:
    desk.file.write_bytes(with_attachments(desk))
    (report,) = merge_bundles(desk.ports, [desk.file]).reports
    assert report.state is BundleState.NEW, report.message
    rows = {one.attachment.name: one for one in list_attachments(desk.ports)}
    out = tmp_path / "ra"
    out.mkdir()
    for name, mime, content in FILES.values():
        row = rows.pop(name)
        if content == PDF_BYTES and mime == PDF:
            path = save_attachment(desk.ports, row.attachment.id, out=out)
            assert path.parent == out
            assert path.name == file_name(name, mime)
            assert path.suffix == ".pdf"
            assert not path.name.startswith((".", "CON."))
            assert len(path.name.encode()) <= 255
            continue
        assert row.state is FileState.UNFIT, name
        with pytest.raises(UnfitFileError):
            save_attachment(desk.ports, row.attachment.id, out=out)
        with pytest.raises(UnfitFileError):
            open_attachment(desk.ports, row.attachment.id)
    assert not rows
    kept = {path.name for path in (desk.folder / "province" / "data" / "blobs").iterdir()}
    assert all(len(name) == 64 and name.isalnum() for name in kept)  # by hash, without an ending
    assert {path.suffix for path in out.iterdir()} == {".pdf"}


def _at(moment: datetime) -> datetime:
    return moment


def test_a_certificate_that_ended_or_has_not_begun_is_a_warning(desk: Desk) -> None:
    """No PC has a right clock: who is locked out by one loses his work."""
    for year in (1990, 2106):
        desk.start_again()
        ports = opened(
            desk.folder / "province", now=lambda year=year: datetime(year, 1, 1, tzinfo=UTC)
        )
        desk.file.write_bytes(desk.good.signed())
        (report,) = merge_bundles(ports, [desk.file]).reports
        assert report.state is BundleState.NEW
        assert report.warnings


def test_a_code_that_is_another_is_found(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a reader that asks for no authority takes what is kept as refused."""
    monkeypatch.setattr(
        receiving.Receiving,
        "_authors",
        lambda self, manifest, _: trust.allowed_origins(self._work, manifest.sender),
    )
    desk.file.write_bytes(BUNDLES["an unknown origin"].make(desk))
    (planned,) = plan_bundles(desk.ports, [desk.file])
    assert planned.code != BUNDLES["an unknown origin"].code


def test_a_refused_bundle_that_leaves_a_trace_is_found(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a step that is not taken back when it fails."""
    draft = copy.deepcopy(desk.good)
    draft.blobs = [b"content"]
    draft.manifest["blobs"] = [hashlib.sha256(b"content").hexdigest()]
    last_line(draft)[3] = 2 * 10**9
    desk.hand_in(draft.signed())
    monkeypatch.setattr(UnitOfWork, "attempt", lambda _: nullcontext())
    with pytest.raises(BrokenError):
        desk.hand_in(draft.signed())
