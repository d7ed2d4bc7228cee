"""Enrolment files: what the province hands to an office, as JSON.

The secret in it lets any PC ask in the office's name, so the file travels by hand. (A passphrase
over it comes with the sealing of bundles.)
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.errors import UnreadableFileError
from thidua_desktop.domain.offices import Enrolment, EnrolmentFile, Office
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.formats.bundle.manifest import Moment, pack, receiving_key, unpack

Name = Annotated[str, Meta(max_length=300)]


class _Text(Struct, frozen=True):
    type: Literal["TDKT-DK1"]
    unit_id: str
    unit_code: Name
    unit_name: Name
    number: Annotated[int, Meta(ge=1, le=65_535)]
    role: Literal["office", "department"]
    secret: str
    made_at: Moment
    province_replica: str
    province_unit: str
    province_key: str
    channel: str
    province_age: str | None = None


class EnrolmentFiles:
    """Fits the EnrolmentFiles of services.ports."""

    def pack(self, enrolment: EnrolmentFile) -> bytes:
        """Return the bytes of the file."""
        made, province = enrolment.enrolment, enrolment.province
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
            "province_replica": pack(province.replica),
            "province_unit": str(province.unit_id),
            "province_key": pack(province.public_key),
            "province_age": pack(province.receiving_key) if province.receiving_key else None,
            "channel": b64encode(enrolment.channel).decode(),
        }
        return msgspec.json.format(msgspec.json.encode(text), indent=1)

    def unpack(self, data: bytes, *, file_name: str) -> EnrolmentFile:
        """Read the file. Raises UnreadableFileError."""
        try:
            return _read(msgspec.json.decode(data, type=_Text))
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
    province = Certificate(
        replica=unpack(text.province_replica, 16),
        office=0,
        unit_id=UUID(text.province_unit),
        role=UnitRole.PROVINCE.value,
        public_key=unpack(text.province_key, 32),
        receiving_key=receiving_key(text.province_age) if text.province_age else None,
    )
    return EnrolmentFile(
        enrolment=Enrolment(
            office=office,
            secret=unpack(text.secret, 32),
            made_at=datetime.fromtimestamp(text.made_at, UTC),
        ),
        province=province,
        channel=b64decode(text.channel, validate=True),
    )
