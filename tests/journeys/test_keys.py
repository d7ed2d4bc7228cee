"""Keys and seals, on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from journeys.cli import Office
from printed import whole_text

pytestmark = pytest.mark.long

A_PERSON = {"kind": "person", "fields": {"full_name": "Đặng Thị Ngọc Ẩn", "birth_date": "1984"}}
SEALED = b"age-encryption.org/v1\n"


def test_what_an_office_sends_is_sealed_for_the_province(
    province: Office, district: Office, tmp_path: Path
) -> None:
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    district.done("records", "submit", "--all")
    said = district.done("bundle", "export", "--out", tmp_path / "lên.tdkt")
    assert said["bundles"][0]["sealed"] is True
    assert (tmp_path / "lên.tdkt").read_bytes().startswith(SEALED)
    assert province("bundle", "merge", tmp_path / "lên.tdkt").code == 4
    assert province.done("office", "accept", "ubnd-343")["bundles"][0]["state"] == "new"
    province.done("bundle", "export", "--for", "ubnd-343", "--out", tmp_path / "về.tdkt")
    assert (tmp_path / "về.tdkt").read_bytes().startswith(SEALED)
    assert district.done("bundle", "merge", tmp_path / "về.tdkt")["bundles"][0]["state"] == "new"


def test_an_office_that_knows_no_province_is_told_that_its_bundle_lies_open(
    office: Callable[[str], Office], province: Office, tmp_path: Path
) -> None:
    alone = office("sxd")
    alone.done("office", "create", "--unit", "sxd", "--role", "department")
    said = alone("bundle", "export", "--out", tmp_path / "lên.tdkt")
    assert said.code == 0
    assert said.json["bundles"][0]["sealed"] is False
    assert "Chưa niêm phong" in said.err
    (refused,) = province("bundle", "merge", tmp_path / "lên.tdkt").json["bundles"]
    assert refused["code"] == "E-UNKNOWN"


def test_from_the_root_to_a_revoked_pc_with_phrases_of_a_file(
    office: Callable[[str], Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cụm từ.txt"
    file.write_text("sáu từ ngẫu nhiên đọc qua điện thoại\n", "utf-8")
    monkeypatch.setenv("THIDUA_PASSPHRASE_FILE", str(file))
    province, pc = office("tỉnh"), office("kien-xuong")
    made = province("office", "create", "--unit", "34", "--role", "province")
    assert made.code == 0
    assert "chưa có cụm từ" not in made.err
    words = province.done("office", "root-words")["words"]
    assert len(words) == 24

    said = province("office", "enrol", "--unit", "ubnd-343", "--out", tmp_path / "kx.dk")
    assert said.json["protected"] is True
    assert (tmp_path / "kx.dk").read_bytes().startswith(SEALED)
    file.write_text("cụm từ khác", "utf-8")
    wrong = pc("office", "join", tmp_path / "kx.dk")
    assert (wrong.code, wrong.json["code"]) == (3, "E-PHRASE")
    assert not pc.data.exists()
    assert province("office", "root-words").json["code"] == "E-PHRASE"
    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE")
    assert pc("office", "join", tmp_path / "kx.dk").json["code"] == "E-PHRASE"
    file.write_text("sáu từ ngẫu nhiên đọc qua điện thoại", "utf-8")
    monkeypatch.setenv("THIDUA_PASSPHRASE_FILE", str(file))
    pc.done("office", "join", tmp_path / "kx.dk")

    pc.put(tmp_path / "nguoi.jsonl", A_PERSON)
    pc.done("records", "submit", "--all")
    pc.done("bundle", "export", "--out", tmp_path / "1.tdkt")
    assert province("bundle", "merge", tmp_path / "1.tdkt").code == 4
    province.done("office", "accept", "ubnd-343")
    (entry,) = province.done("office", "list")["offices"]
    (machine,) = entry["machines"]
    assert (machine["state"], machine["held"]) == ("accepted", 1)

    province.done("office", "close", "ubnd-343")
    assert province.done("office", "revoke", machine["replica"][:16])["last"] == 1
    pc.put(tmp_path / "nguoi.jsonl", A_PERSON)
    pc.done("records", "submit", "--all")
    pc.done("bundle", "export", "--out", tmp_path / "2.tdkt")
    (refused,) = province("bundle", "merge", tmp_path / "2.tdkt").json["bundles"]
    assert refused["code"] == "E-REVOKED"
    (entry,) = province.done("office", "list")["offices"]
    assert (entry["state"], entry["closed"]) == ("revoked", True)

    (tmp_path / "từ.txt").write_text(" ".join(words), "utf-8")
    assert province.done("office", "root-restore", "--words", tmp_path / "từ.txt")["restored"]
    (tmp_path / "từ.txt").write_text(" ".join(words[1:]), "utf-8")
    assert (
        province("office", "root-restore", "--words", tmp_path / "từ.txt").json["code"] == "E-WORDS"
    )


def test_without_a_phrase_files_lie_open_and_that_is_said(
    province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE", raising=False)
    said = province("office", "enrol", "--unit", "ubnd-343", "--out", tmp_path / "kx.dk")
    assert said.json["protected"] is False
    assert "không có cụm từ bảo vệ" in said.err


def test_a_bundle_under_a_phrase_is_for_whoever_lost_his_key(
    district: Office, province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    district.done("records", "submit", "--all")
    path = tmp_path / "khóa.tdkt"
    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE", raising=False)
    nobody = district("bundle", "export", "--passphrase", "--out", path)
    assert (nobody.code, nobody.json["code"], path.exists()) == (3, "E-PHRASE", False)

    file = tmp_path / "cụm từ.txt"
    file.write_text("ba  mươi con cò bay", "utf-8")
    monkeypatch.setenv("THIDUA_PASSPHRASE_FILE", str(file))
    (made,) = district.done("bundle", "export", "--passphrase", "--out", path)["bundles"]
    assert made["sealed"] is True
    assert district("bundle", "export", "--passphrase", "--for-all", "--out", path).code == 2

    file.write_text("ba mươi con cò bay", "utf-8")
    assert province.done("bundle", "inspect", path)["known_sender"] is False
    (asks,) = province("bundle", "merge", path).json["bundles"]
    assert (asks["state"], asks["code"]) == ("parked", "E-UNKNOWN")  # signed, and not known yet
    province.done("office", "accept", "--all")
    assert "Đặng Thị Ngọc Ẩn" in province("records", "dump", "--kind", "person").out

    before = province.digest()
    for words in ("cụm từ khác", ""):
        file.write_text(words, "utf-8")
        said = province("bundle", "merge", path)
        assert (said.code, said.json["bundles"][0]["code"]) == (3, "E-PHRASE")
        assert "Cụm từ mở gói" in said.err
    assert province.digest() == before


def test_a_phrase_over_the_keys_of_a_pc_is_asked_and_a_forgotten_one_leads_to_a_new_id(
    district: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes from a file of its own, or from the one of all phrases."""
    for variable in ("THIDUA_PASSPHRASE_FILE", "THIDUA_IDENTITY_PHRASE_FILE"):
        monkeypatch.delenv(variable, raising=False)
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    before = district.digest()
    nobody = district("office", "phrase")
    assert (nobody.code, nobody.json["code"]) == (3, "E-PHRASE")
    new, file = tmp_path / "mới", tmp_path / "cụm từ"
    new.write_text("ngắn", "utf-8")
    assert district("office", "phrase", "--new", new).json["code"] == "E-WEAKPHRASE"
    new.write_text("ba mươi con cò bay", "utf-8")
    assert district.done("office", "phrase", "--new", new) == {"phrase": True}

    locked = district("store", "digest")
    assert (locked.code, locked.json["code"]) == (3, "E-KEYLOCKED")
    assert "office renew" in locked.err
    file.write_text("cụm từ nào khác", "utf-8")
    monkeypatch.setenv("THIDUA_IDENTITY_PHRASE_FILE", str(file))
    assert district("store", "digest").json["code"] == "E-PHRASE"
    file.write_text(" ba  mươi con cò bay", "utf-8")
    assert district.digest() == before
    monkeypatch.setenv("THIDUA_PASSPHRASE_FILE", str(file))
    monkeypatch.delenv("THIDUA_IDENTITY_PHRASE_FILE")
    assert district.digest() == before

    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE")
    district.done("office", "renew")  # the phrase is forgotten
    assert district.digest() == before
    assert district("office", "phrase", "--remove").json == {"phrase": False}


def test_a_key_file_that_others_could_read_is_closed_and_that_is_said(district: Office) -> None:
    (key,) = (district.data.parent / "identity").glob("*.json")
    key.chmod(0o644)
    said = district("store", "digest")
    assert said.code == 0
    assert "1 tệp khóa" in said.err
    assert key.stat().st_mode & 0o077 == 0
    assert not district("store", "digest").err


def test_a_province_restored_on_another_pc_is_certified_and_the_old_pc_revoked(
    province: Office,
    district: Office,
    office: Callable[[str], Office],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE", raising=False)
    words, paper = province.done("office", "root-words")["words"], tmp_path / "từ.txt"
    paper.write_text(" ".join(words), "utf-8")
    (old,) = province.done("office", "list")["province"]["machines"]
    province.done("store", "backup", "--out", tmp_path / "tỉnh.saoluu")
    new = office("tỉnh, máy mới")
    said = new("store", "restore", tmp_path / "tỉnh.saoluu")
    assert "khóa gốc xác nhận" in said.err
    out = tmp_path / "chung.tdkt"
    refused = new("bundle", "export", "--out", out)
    assert (refused.code, refused.json["code"]) == (3, "E-UNCERTIFIED")
    assert "office certify" in refused.err
    assert not out.exists()

    assert new("office", "certify").json["code"] == "E-NOROOT"
    assert new.done("office", "certify", "--words", paper) == {"certified": True}
    new.done("office", "revoke", old["replica"][:12], "--words", paper)
    new.done("bundle", "export", "--out", out)
    (taken,) = district.done("bundle", "merge", out)["bundles"]
    assert taken["state"] in {"new", "known"}

    province.put(tmp_path / "nguoi.jsonl", A_PERSON)
    province.done("records", "submit", "--all")
    province.done("bundle", "export", "--out", tmp_path / "mất cắp.tdkt")
    (stolen,) = district("bundle", "merge", tmp_path / "mất cắp.tdkt").json["bundles"]
    assert (stolen["state"], stolen["code"]) == ("refused", "E-REVOKED")
    states = {
        one["replica"]: one["state"] for one in new.done("office", "list")["province"]["machines"]
    }
    assert states.pop(old["replica"]) == "revoked"
    assert list(states.values()) == ["accepted"]


def test_the_words_of_the_root_go_on_paper_and_never_beside_the_data(
    province: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("THIDUA_PASSPHRASE_FILE", raising=False)
    words = province.done("office", "root-words")["words"]
    for folder in (province.data, province.data.parent / "identity"):
        inside = province("office", "root-words", "--paper", folder / "phiếu.pdf")
        assert (inside.code, inside.json["code"]) == (3, "E-PAPERPLACE")
        assert not (folder / "phiếu.pdf").exists()
    said = province.done("office", "root-words", "--paper", tmp_path / "phiếu.pdf")
    assert "words" not in said
    printed = " ".join(whole_text((tmp_path / "phiếu.pdf").read_bytes()).split())
    assert all(word in printed.split() for word in words)
    assert "PHIẾU KHÔI PHỤC KHÓA TỈNH" in printed
    assert said["check"] in printed


def test_who_sends_a_bundle_prints_its_slip_too_and_both_bear_the_same_words(
    district: Office, province: Office, tmp_path: Path
) -> None:
    district.put(tmp_path / "nguoi.jsonl", A_PERSON)
    district.done("records", "submit", "--all")
    (made,) = district.done("bundle", "export", "--out", tmp_path / "1.tdkt")["bundles"]
    given = district.done("bundle", "slip", made["bundle"], "--out", tmp_path / "giao.pdf")
    province("bundle", "merge", tmp_path / "1.tdkt")
    (taken,) = province.done("office", "accept", "--all")["bundles"]
    received = province.done("bundle", "slip", taken["import"], "--out", tmp_path / "nhận.pdf")
    assert (given["receipt"], received["receipt"]) == (False, True)
    assert given["code"] == received["code"]
    printed = [whole_text((tmp_path / name).read_bytes()) for name in ("giao.pdf", "nhận.pdf")]
    assert all(given["code"] in one for one in printed)
