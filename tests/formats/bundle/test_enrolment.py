"""The enrolment file: written and read back, and refused when anything is off."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from builders import a_warrant, an_office
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.offices import Enrolment, EnrolmentFile
from thidua_desktop.formats.bundle.enrolment import EnrolmentFiles

FILES = EnrolmentFiles()
MADE = EnrolmentFile(
    enrolment=Enrolment(
        office=an_office(),
        secret=b"s" * 32,
        made_at=datetime(2024, 11, 25, tzinfo=UTC),
        root_key=b"r" * 32,
    ),
    province=a_warrant(office=0, role="province"),
    channel=b"TDKT1\n\x00\xff",
)


def is_refused(data: bytes) -> bool:
    try:
        FILES.unpack(data, file_name="kien-xuong.dk")
    except UnreadableFileError as error:
        return error.file_name == "kien-xuong.dk"
    return False


def test_it_comes_back_as_it_was_and_people_can_read_it() -> None:
    data = FILES.pack(MADE)
    assert FILES.unpack(data, file_name="x") == MADE
    assert '"unit_name": "Ủy ban nhân dân huyện Kiến Xương"' in data.decode()


def test_cut_anywhere_it_is_unreadable() -> None:
    data = FILES.pack(MADE)
    assert all(is_refused(data[:kept]) for kept in range(len(data) - 1))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("type", "TDKT-DK2"),
        ("unit_id", "343"),
        ("unit_name", "x" * 301),
        ("number", 0),
        ("number", 65_536),
        ("number", True),
        ("role", "province"),
        ("secret", "AAAA"),
        ("made_at", 2**50),
        ("root_key", "AAAA"),
        ("province", None),
        ("province", {}),
        ("channel", "*"),
        ("channel", "\ud800"),
    ],
)
def test_a_wrong_value_is_refused(name: str, value: Any) -> None:
    said = json.loads(FILES.pack(MADE))
    assert name in said
    assert is_refused(json.dumps(said | {name: value}).encode())


def test_whatever_is_changed_in_it_breaks_nothing() -> None:
    data, chance = FILES.pack(MADE), random.Random(52)
    fates = []
    for _ in range(1_000):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        fates.append(is_refused(bytes(broken)))
    assert set(fates) == {True, False}
    assert is_refused(b"[" * 5_000)


def test_a_file_of_the_first_version_is_read_and_nobody_vouches_for_it() -> None:
    said = json.loads(FILES.pack(MADE))
    province = said.pop("province")
    said.pop("root_key")
    old = {"province_replica": province["replica"], "province_key": province["key"]}
    unit = {"province_unit": str(MADE.province.certificate.unit_id)}
    read = FILES.unpack(json.dumps(said | old | unit).encode(), file_name="x")
    assert read.enrolment.root_key is None
    assert read.province.signature is None
    assert read.province.certificate == replace(MADE.province.certificate, receiving_key=None)
    for name in (*old, *unit):
        assert is_refused(json.dumps(said | old | unit | {name: ""}).encode())
