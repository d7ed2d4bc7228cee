"""The manifest of a bundle as canonical JSON: one value has one text, so it can be signed."""

from __future__ import annotations

import re
import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from msgspec import Meta, Struct

from thidua_desktop.domain.bundle_limits import LARGEST_NUMBER, LONGEST_TEXT
from thidua_desktop.domain.bundles import (
    FORMAT,
    MODEL,
    BundleKind,
    Certificate,
    Held,
    Manifest,
    OpRange,
    Request,
)
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.field_values import LARGEST_INTEGER
from thidua_desktop.domain.ids import MOST_OFFICES
from thidua_desktop.domain.offices import Displacement, Enrolment, Office, Renewal
from thidua_desktop.domain.units import UnitRole

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# What a program in any time zone can show; the last second of the year 9999.
_LAST_MOMENT = 253_402_300_799
_MOST_KEYS = 4_096  # the same certificates come in every bundle

Count = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
Text = Annotated[str, Meta(max_length=300)]
Packed = Annotated[str, Meta(max_length=100)]
Sha = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[int, Meta(ge=0, le=_LAST_MOMENT)]
OfficeNumber = Annotated[int, Meta(ge=0, le=MOST_OFFICES)]
SectionKind = Literal["ops", "blob"]


class Section(Struct, forbid_unknown_fields=True, frozen=True):
    """A section of the file: `ops` of one origin and kind, or a `blob`."""

    kind: SectionKind
    n: Count
    clen: Count
    ulen: Count
    sha: Sha


class CertificateText(Struct, forbid_unknown_fields=True, frozen=True):
    """A certificate in the manifest."""

    replica: Packed
    office: OfficeNumber
    unit: Packed
    role: Text
    key: Packed
    age: Packed | None = None


class WarrantText(CertificateText, forbid_unknown_fields=True, frozen=True):
    """A certificate that the province issued; of the first version, unsigned."""

    last: Count | None = None
    since: Moment | None = None
    until: Moment | None = None
    by: Packed | None = None
    signature: Packed | None = None


class HeirText(Struct, forbid_unknown_fields=True, frozen=True):
    """That an office may write the records of another one since a day (as an ordinal)."""

    old: OfficeNumber
    heir: OfficeNumber
    since: Annotated[int, Meta(ge=1, le=3_652_059)]
    by: Packed
    signature: Packed


class RequestText(Struct, forbid_unknown_fields=True, frozen=True):
    """A request to be accepted; it is for the sender's own certificate."""

    proof: Packed


class RenewalText(Struct, frozen=True):
    """Why and when the sender became a replica of its own, and which it was before."""

    why: Text
    at: Moment
    former: Packed | None


class EnrolmentText(Struct, forbid_unknown_fields=True, frozen=True):
    """What lets PCs of an office ask to be accepted, for another PC of the province."""

    unit: Packed
    code: Text
    name: Text
    number: Annotated[int, Meta(ge=1, le=MOST_OFFICES)]
    role: Literal["office", "department"]
    secret: Packed
    at: Moment
    closed: bool


class ManifestText(Struct, frozen=True):
    """The manifest as it stands in the file. Names a newer program adds are passed over."""

    fmt: Count
    model: Count
    app: Text
    bundle: Packed
    no: Count
    kind: Literal["delta", "full", "reference", "restore"]
    sender: CertificateText
    to: OfficeNumber | None
    at: Moment
    ranges: dict[str, tuple[Count, Count, Packed, Packed]]
    have: dict[str, tuple[Count, Packed]]
    certs: list[WarrantText]
    request: RequestText | None
    secs: list[Section]
    blobs: list[Sha]
    sums: dict[str, Count]
    wants: list[Sha] = msgspec.field(default_factory=list)
    heirs: list[HeirText] = msgspec.field(default_factory=list)
    renewal: RenewalText | None = None
    enrolments: list[EnrolmentText] = msgspec.field(default_factory=list)


class NotCanonicalError(ValueError):
    """The manifest is no canonical JSON of a manifest. Never leaves the container."""


def manifest_bytes(manifest: Manifest, sections: list[Section]) -> bytes:
    """Return the canonical bytes: keys sorted, no blanks, integers only."""
    request = manifest.request
    text = ManifestText(
        fmt=FORMAT,
        model=MODEL,
        app=manifest.program,
        bundle=pack(manifest.bundle.bytes),
        no=manifest.number,
        kind=manifest.kind.value,
        sender=_certificate_text(manifest.sender),
        to=manifest.to,
        at=int(manifest.at.timestamp()),
        ranges={
            pack(oid): (span.start, span.end, pack(span.start_hash), pack(span.end_hash))
            for oid, span in manifest.ranges.items()
        },
        have={pack(oid): (at.number, pack(at.hash)) for oid, at in manifest.have.items()},
        certs=[warrant_text(one) for one in manifest.certificates],
        request=RequestText(pack(request.proof)) if request else None,
        secs=sections,
        blobs=list(manifest.blobs),
        wants=list(manifest.wants),
        sums=dict(manifest.sums),
        heirs=[_heir_text(one) for one in manifest.inheritances],
        renewal=_renewal_text(manifest.renewal) if manifest.renewal else None,
        enrolments=[_enrolment_text(one) for one in manifest.enrolments],
    )
    return canonical(msgspec.to_builtins(text))


# Made once, by whoever imports this: two threads that let msgspec look into a type for the first
# time at once end the whole program.
_decode = msgspec.json.Decoder(ManifestText).decode


def read_manifest(data: bytes) -> tuple[Manifest, list[Section]]:
    """Read a manifest of our format. Raises NotCanonicalError."""
    try:
        plain = msgspec.json.decode(data)
        text = _decode(data)
        if not _is_plain(plain) or canonical(plain) != data:
            raise NotCanonicalError
        return _manifest(text), text.secs
    except (ValueError, RecursionError) as error:  # a wrong text of any kind is a ValueError
        raise NotCanonicalError from error


def format_of(data: bytes) -> int | None:
    """Return the number of the format that a manifest says it is of, if it says one."""
    try:
        plain = msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    found = plain.get("fmt") if isinstance(plain, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def canonical(plain: object) -> bytes:
    """Return the one text of a JSON value."""
    data = msgspec.json.encode(plain, order="sorted")
    if not unicodedata.is_normalized("NFC", data.decode()):
        raise NotCanonicalError
    return data


def pack(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def unpack(text: str, length: int) -> bytes:
    """Read so many bytes back. Raises NotCanonicalError for any other text."""
    raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) != length or pack(raw) != text:
        raise NotCanonicalError
    return raw


@lru_cache(_MOST_KEYS)
def receiving_key(text: str) -> bytes:
    """Read an X25519 key back. Raises ValueError for one that gives everyone the same secret."""
    key = unpack(text, 32)
    X25519PrivateKey.from_private_bytes(bytes(range(32))).exchange(
        X25519PublicKey.from_public_bytes(key)
    )
    return key


def _is_plain(value: object) -> bool:
    """Tell whether a value has one text everywhere: no floats, no controls, nothing outsized."""
    match value:
        case None | bool():
            return True
        case int():
            return abs(value) <= LARGEST_INTEGER
        case str():
            return len(value) <= LONGEST_TEXT and not _CONTROL.search(value)
        case list():
            return all(map(_is_plain, value))
        case dict():
            return all(map(_is_plain, value)) and all(map(_is_plain, value.values()))
        case _:
            return False


def _manifest(text: ManifestText) -> Manifest:
    sender = _certificate(text.sender)
    request = text.request
    return Manifest(
        bundle=UUID(bytes=unpack(text.bundle, 16)),
        number=text.no,
        kind=BundleKind(text.kind),
        sender=sender,
        to=text.to,
        at=datetime.fromtimestamp(text.at, UTC),
        program=text.app,
        ranges={unpack(oid, 16): _range(*said) for oid, said in text.ranges.items()},
        have={unpack(oid, 16): Held(n, unpack(h, 32)) for oid, (n, h) in text.have.items()},
        certificates=tuple(map(warrant, text.certs)),
        inheritances=tuple(map(_inheritance, text.heirs)),
        request=Request(certificate=sender, proof=unpack(request.proof, 32)) if request else None,
        blobs=tuple(text.blobs),
        wants=tuple(text.wants),
        sums=text.sums,
        renewal=_renewal(text.renewal) if text.renewal else None,
        enrolments=tuple(map(_enrolment, text.enrolments)),
    )


def _range(start: int, end: int, start_hash: str, end_hash: str) -> OpRange:
    if start >= end:
        raise NotCanonicalError
    return OpRange(start, end, unpack(start_hash, 32), unpack(end_hash, 32))


def _certificate_text(certificate: Certificate) -> CertificateText:
    return CertificateText(
        replica=pack(certificate.replica),
        office=certificate.office,
        unit=pack(certificate.unit_id.bytes),
        role=certificate.role,
        key=pack(certificate.public_key),
        age=pack(certificate.receiving_key) if certificate.receiving_key else None,
    )


def _certificate(text: CertificateText) -> Certificate:
    return Certificate(
        replica=unpack(text.replica, 16),
        office=text.office,
        unit_id=UUID(bytes=unpack(text.unit, 16)),
        role=text.role,
        public_key=unpack(text.key, 32),
        receiving_key=None if text.age is None else receiving_key(text.age),
    )


def warrant_text(issued: Warrant) -> WarrantText:
    """Write a warrant."""
    text = msgspec.structs.asdict(_certificate_text(issued.certificate))
    return WarrantText(
        **text,
        last=issued.last,
        since=_second(issued.valid_from),
        until=_second(issued.valid_to),
        by=pack(issued.signer) if issued.signer else None,
        signature=pack(issued.signature) if issued.signature else None,
    )


def warrant(text: WarrantText) -> Warrant:
    """Read a warrant back. Raises ValueError."""
    return Warrant(
        certificate=_certificate(text),
        last=text.last,
        valid_from=_moment(text.since),
        valid_to=_moment(text.until),
        signer=unpack(text.by, 32) if text.by is not None else None,
        signature=unpack(text.signature, 64) if text.signature is not None else None,
    )


def _heir_text(said: Inheritance) -> HeirText:
    return HeirText(
        old=said.predecessor,
        heir=said.heir,
        since=said.since.toordinal(),
        by=pack(said.signer),
        signature=pack(said.signature),
    )


def _inheritance(text: HeirText) -> Inheritance:
    return Inheritance(
        predecessor=text.old,
        heir=text.heir,
        since=date.fromordinal(text.since),
        signer=unpack(text.by, 32),
        signature=unpack(text.signature, 64),
    )


def _enrolment_text(made: Enrolment) -> EnrolmentText:
    office = made.office
    return EnrolmentText(
        unit=pack(office.unit_id.bytes),
        code=office.unit_code,
        name=office.unit_name,
        number=office.number,
        role="department" if office.role is UnitRole.DEPARTMENT else "office",
        secret=pack(made.secret),
        at=int(made.made_at.timestamp()),
        closed=made.closed,
    )


def _enrolment(text: EnrolmentText) -> Enrolment:
    """Read it back; by which root the office knows the province is known to whoever reads this."""
    return Enrolment(
        office=Office(
            unit_id=UUID(bytes=unpack(text.unit, 16)),
            unit_code=text.code,
            unit_name=text.name,
            number=text.number,
            role=UnitRole(text.role),
        ),
        secret=unpack(text.secret, 32),
        made_at=datetime.fromtimestamp(text.at, UTC),
        closed=text.closed,
    )


def _renewal_text(said: Renewal) -> RenewalText:
    former = pack(said.former) if said.former else None
    return RenewalText(why=said.reason.value, at=int(said.at.timestamp()), former=former)


def _renewal(text: RenewalText) -> Renewal | None:
    """Read it back; a reason that only a newer program knows says nothing."""
    former = unpack(text.former, 16) if text.former else None
    if text.why not in set(Displacement):
        return None
    at = datetime.fromtimestamp(text.at, UTC)
    return Renewal(reason=Displacement(text.why), at=at, former=former)


def _second(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(second: int | None) -> datetime | None:
    return None if second is None else datetime.fromtimestamp(second, UTC)
