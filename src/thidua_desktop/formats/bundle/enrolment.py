"""Enrolment files: what the province hands to an office, as JSON.

The secret in it lets any PC ask in the office's name, so the file is sealed whole by a phrase,
told by another way, and this is what lies inside.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.certificates import Warrant
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.ids import MOST_OFFICES, PROVINCE_NUMBER
from thidua_desktop.domain.offices import Enrolment, EnrolmentFile, Office
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.formats.bundle.manifest import (
    Moment,
    WarrantText,
    pack,
    unpack,
    warrant,
    warrant_text,
)

Name = Annotated[str, Meta(max_length=300)]


class _Text(Struct, frozen=True):
    type: Literal["TDKT-DK1"]
    unit_id: str
    unit_code: Name
    unit_name: Name
    number: Annotated[int, Meta(ge=1, le=MOST_OFFICES)]
    role: Literal["office", "department"]
    secret: str
    made_at: Moment
    channel: str
    root_key: str | None = None
    province: WarrantText | None = None
    # A file of the first version says who the province is in these, and nobody vouches for it.
    province_replica: str = ""
    province_unit: str = ""
    province_key: str = ""


_decode = msgspec.json.Decoder(_Text).decode


class EnrolmentFiles:
    """Fits the EnrolmentFiles of services.ports."""

    def pack(self, enrolment: EnrolmentFile) -> bytes:
        """Return the bytes of the file."""
        made = enrolment.enrolment
        office = made.office
        text = {
            "type": "TDKT-DK1",
            "unit_id": str(office.unit_id),
            "unit_code": office.unit_code,
            "unit_name": office.unit_name,
            "number": office.number,
            "role": office.role.value,
            "secret": pack(made.secret),
            "made_at": int(made.made_at.timestamp()),
            "root_key": pack(made.root_key) if made.root_key else None,
            "province": msgspec.to_builtins(warrant_text(enrolment.province)),
            "channel": b64encode(enrolment.channel).decode(),
        }
        return msgspec.json.format(msgspec.json.encode(text), indent=1)

    def unpack(self, data: bytes, *, file_name: str) -> EnrolmentFile:
        """Read the file. Raises UnreadableFileError."""
        try:
            return _read(_decode(data))
        except (ValueError, RecursionError) as error:  # a wrong text of any kind is a ValueError
            raise UnreadableFileError(file_name) from error


def _read(text: _Text) -> EnrolmentFile:
    office = Office(
        unit_id=UUID(text.unit_id),
        unit_code=text.unit_code,
        unit_name=text.unit_name,
        number=text.number,
        role=UnitRole(text.role),
    )
    province = warrant(text.province) if text.province else Warrant(certificate=_bare(text))
    return EnrolmentFile(
        enrolment=Enrolment(
            office=office,
            secret=unpack(text.secret, 32),
            made_at=datetime.fromtimestamp(text.made_at, UTC),
            root_key=unpack(text.root_key, 32) if text.root_key else None,
        ),
        province=province,
        channel=b64decode(text.channel, validate=True),
    )


def _bare(text: _Text) -> Certificate:
    return Certificate(
        replica=unpack(text.province_replica, 16),
        office=PROVINCE_NUMBER,
        unit_id=UUID(text.province_unit),
        role=UnitRole.PROVINCE.value,
        public_key=unpack(text.province_key, 32),
    )
