"""Bad input is refused with exit 3 and one sentence, and nothing has changed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.cli import Office, Said

A_PERSON = {"kind": "person", "fields": {"full_name": "Đặng Thị Ngọc Ẩn", "birth_date": "1984"}}


def assert_refused(said: Said, code: str) -> None:
    assert said.code == 3, said
    assert said.json["code"] == code
    assert said.json["message"].endswith(".")
    assert said.json["message"] in said.err


def test_an_unknown_unit_code(office: Callable[[str], Office], province: Office) -> None:
    nobody = office("khong-ai")
    assert_refused(nobody("office", "create", "--unit", "ubnd-999", "--role", "office"), "E-UNIT")
    assert not nobody.data.exists()

    before = province.digest()
    out = province.data.parent / "x.dk"
    assert_refused(province("office", "enrol", "--unit", "ubnd-999", "--out", out), "E-UNIT")
    assert province.digest() == before
    assert not out.exists()


@pytest.mark.parametrize("kept", [0, 3, 40, 400, -1])
def test_a_bundle_cut_short(province: Office, district: Office, tmp_path: Path, kept: int) -> None:
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    district.done("records", "submit", "--all")
    district.done("bundle", "export", "--out", tmp_path / "goi.tdkt")
    whole = (tmp_path / "goi.tdkt").read_bytes()
    (tmp_path / "cut.tdkt").write_bytes(whole[:kept])
    before = province.digest()

    said = province("bundle", "merge", tmp_path / "cut.tdkt")

    assert said.code == 3
    (bundle,) = said.json["bundles"]
    assert bundle["state"] == "refused"
    assert bundle["code"] in {"E-TYPE", "E-DAMAGED"}
    assert "cut.tdkt" in said.err
    assert province.digest() == before


def test_a_workbook_that_is_no_workbook(district: Office, tmp_path: Path) -> None:
    before = district.digest()
    (tmp_path / "gia.xlsx").write_text("đây không phải bảng tính", "utf-8")

    assert_refused(district("excel", "import", tmp_path / "gia.xlsx"), "E-WORKBOOK")
    assert_refused(district("excel", "import", tmp_path / "khong-co.xlsx"), "E-FILE")
    assert district.digest() == before


def test_lines_that_cannot_be_kept_are_all_named_and_none_is_kept(
    district: Office, tmp_path: Path
) -> None:
    before = district.digest()
    said = district.put(
        tmp_path / "sai.jsonl",
        A_PERSON,
        {"kind": "person", "fields": {"birth_date": "31/2", "shoe_size": 41}},
        {"kind": "wizard", "fields": {}},
    )

    assert_refused(said, "E-INPUT")
    assert [(issue["line"], issue["field"]) for issue in said.json["issues"]] == [
        (2, "birth_date"),
        (2, "shoe_size"),
        (3, "kind"),
    ]
    assert district.digest() == before


def test_a_read_only_data_folder(district: Office, tmp_path: Path) -> None:
    before = district.digest()
    district.data.chmod(0o555)
    try:
        said = district.put(tmp_path / "nguoi.jsonl", A_PERSON)
        assert_refused(said, "E-READONLY")
        assert district.digest() == before
    finally:
        district.data.chmod(0o755)
    assert district.put(tmp_path / "nguoi.jsonl", A_PERSON).code == 0


HOLD = """
import sys
from pathlib import Path
from thidua_desktop.app.wiring import make_ports
with make_ports(Path(sys.argv[1]), Path(sys.argv[2])).store.hold():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_program_on_the_same_data(district: Office, tmp_path: Path) -> None:
    before = district.digest()
    folders = [str(district.data), str(district.data.parent / "identity")]
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-c", HOLD, *folders],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        said = district.put(tmp_path / "nguoi.jsonl", A_PERSON)
        assert_refused(said, "E-BUSY")
        assert district.digest() == before
        other.stdin.close()
    assert district.put(tmp_path / "nguoi.jsonl", A_PERSON).code == 0


def test_an_identity_that_a_copy_of_the_data_would_carry_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from thidua_desktop.app.entry import run  # noqa: PLC0415

    inside = tmp_path / "data" / "identity"
    words = ["--data", str(tmp_path / "data"), "--identity", str(inside), "store", "digest"]
    assert run(words) == 2
    assert "Thư mục khóa" in capsys.readouterr().err


def test_a_folder_without_data(office: Callable[[str], Office]) -> None:
    assert_refused(office("trong")("store", "digest"), "E-NOSTORE")


def test_wrong_usage_is_exit_2(district: Office) -> None:
    assert district("records", "fly").code == 2
    assert district("differences", "settle", "x.y").code == 2
    assert district("records", "submit").code == 2


def test_another_unit_s_folder_is_not_joined_over(
    province: Office, district: Office, tmp_path: Path
) -> None:
    province.done("office", "enrol", "--unit", "sxd", "--out", tmp_path / "sxd.dk")
    before = district.digest()
    assert_refused(district("office", "join", tmp_path / "sxd.dk"), "E-EXISTS")
    assert district.digest() == before


def test_the_schema_says_what_put_takes(district: Office) -> None:
    kinds = {kind["kind"]: kind for kind in district.done("records", "schema")["kinds"]}
    fields = {field["name"]: field for field in kinds["score"]["fields"]}
    assert fields["verified_score"]["owner"] == "province"
    assert fields["assessment"]["allowed"] == ["met", "not_met"]
    assert fields["checklist_id"]["kind"] == "checklist"
    assert fields["self_score"]["scale"] == 2
    assert json.dumps(kinds, ensure_ascii=False)


def test_a_reader_that_has_enough_is_no_fault_of_the_program() -> None:
    """As `thidua-desktop records schema | head -1` does."""
    command = [sys.executable, "-m", "thidua_desktop", "records", "schema"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe) as child:  # noqa: S603 - our own
        assert child.stdout is not None
        child.stdout.close()
        assert child.stderr is not None
        said = child.stderr.read()
    assert (child.returncode, said) == (0, b"")


def test_of_many_complaints_the_screen_shows_some_and_the_json_document_all(
    district: Office, tmp_path: Path
) -> None:
    long = {"kind": "person", "fields": {"full_name": "x" * 101}}
    said = district.put(tmp_path / "x", *[long] * 50)
    assert len(said.json["issues"]) == 50
    assert said.json["issues"][49]["message"] == "Dài quá 100 ký tự."
    shown = said.err.splitlines()
    assert shown[20:] == [
        "  dòng 20, full_name: Dài quá 100 ký tự.",
        "  … và 30 chỗ nữa; xem đủ bằng --json.",
    ]


def test_a_province_with_one_pc_has_nobody_to_tell(province: Office, tmp_path: Path) -> None:
    for words in (("--for", "34"), ("--for-province",)):
        said = province("bundle", "export", *words, "--out", tmp_path / "usb")
        assert (said.code, said.json["code"]) == (3, "E-NOSISTER")
        assert "Chưa biết máy nào khác của tỉnh" in said.err
    assert not (tmp_path / "usb").exists()
