"""Offices: a data folder made for one, and how others come to be trusted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.errors import (
    NotForRoleError,
    UnknownReplicaError,
    UnknownUnitError,
    UnreadableFileError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import (
    Enrolment,
    EnrolmentFile,
    Identity,
    Office,
    OfficeEntry,
    OfficeState,
    ParkedBundle,
    certificate_of,
)
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole, unit_by_code
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.opening import own_certificate
from thidua_desktop.services.ports import Ports, Sealing, Signing, Work
from thidua_desktop.services.publishing import publish_plan
from thidua_desktop.services.receiving import (
    GAP,
    UNKNOWN,
    BundleReport,
    Receiving,
    parked_manifest,
    proves,
)
from thidua_desktop.services.sending import make_bundle

_REPLICA_BYTES, _SEED_BYTES, _SECRET_BYTES = 16, 32, 32


@dataclass(frozen=True, slots=True)
class OfficesAccepted:
    """The replicas taken in, and what became of their bundles that waited."""

    accepted: tuple[Certificate, ...]
    reports: tuple[BundleReport, ...]


def new_replica(
    office: Office, *, signing: Signing, sealing: Sealing, noise: Callable[[int], bytes]
) -> tuple[Identity, Certificate]:
    """Return a new replica of an office, with keys of its own, and what it says of itself."""
    replica, seed, sealing_seed = noise(_REPLICA_BYTES), noise(_SEED_BYTES), noise(_SEED_BYTES)
    identity = Identity(
        replica=replica,
        seed=seed,
        public_key=signing.public_key(seed),
        sealing_seed=sealing_seed,
    )
    return identity, certificate_of(office, identity, sealing.public_key(sealing_seed))


def create_office(ports: Ports, unit_code: str, role: UnitRole) -> Office:
    """Make the data folder of an office; the province's is filled with the shipped plan.

    Raises:
        UnknownUnitError: no unit bears the code, or none that can have this role.
        StoreExistsError: the folder belongs to an office already.
    """
    office = _office(ports, unit_code, role)
    _create(ports, office)
    if office.is_province:
        publish_plan(ports)
    return office


def enrol(ports: Ports, unit_code: str) -> bytes:
    """Return an enrolment file for an office: a secret, and all that the province gave to all.

    Raises:
        NotForRoleError: only the province enrols.
        UnknownUnitError: no unit bears the code, or it is no office.
    """
    with ports.store.write() as work:
        _refuse_offices(work)
        unit = unit_by_code(work.records.having(Unit), unit_code)
        role = UnitRole.DEPARTMENT if unit.level is UnitLevel.DEPARTMENT else UnitRole.OFFICE
        office = _office_of(unit, role)
        made = [one for one in work.book.enrolments() if one.office.unit_id == office.unit_id]
        # One secret per office: PCs that joined by different files of it know each other.
        enrolment = (
            made[0]
            if made
            else Enrolment(office=office, secret=ports.noise(_SECRET_BYTES), made_at=ports.now())
        )
        work.book.add_enrolment(enrolment)
        channel = make_bundle(ports, work, to=None, full=True)
        identity = ports.store.identity()
        file = EnrolmentFile(
            enrolment=enrolment,
            province=own_certificate(ports, work.book.me()),
            channel=ports.bundles.pack(channel, identity.seed),
        )
        work.commit()
        return ports.enrolments.pack(file)


def join(ports: Ports, data: bytes, *, file_name: str) -> Office:
    """Make this PC one of the office that an enrolment file is for; its drafts stay.

    Raises:
        UnreadableFileError: the file is no enrolment file, or its bundle is not the province's.
        BundleRejectedError: its bundle is damaged.
        StoreExistsError: the folder belongs to another office.
    """
    file = ports.enrolments.unpack(data, file_name=file_name)
    # Looked into before a folder is made for it.
    with ports.bundles.open(BytesIO(file.channel), file_name=file_name) as channel:
        if channel.manifest.sender != file.province:
            raise UnreadableFileError(file_name)
    office = file.enrolment.office
    if not _is_here(ports, office):
        _create(ports, office)
    with ports.store.write() as work:
        work.book.add_enrolment(file.enrolment)
        work.book.add_certificate(file.province)
        receiving = Receiving(ports, work, progress=no_progress, stop_wanted=never_stop)
        receiving.receive(BytesIO(file.channel), file_name=file_name)
        work.commit()
        return work.book.me()


def accept(ports: Ports, name: str | None) -> OfficesAccepted:
    """Take in the replicas that ask under a unit code or a replica id; None: all that ask.

    Raises:
        NotForRoleError: only the province accepts.
        UnknownReplicaError: nobody asks under this name.
    """
    with ports.store.write() as work:
        _refuse_offices(work)
        asking = [p for p in _asking(ports, work) if name is None or _is_named(work, p, name)]
        if name is not None and not asking:
            raise UnknownReplicaError(name)
        accepted = tuple({parked.sender.replica: parked.sender for parked in asking}.values())
        for certificate in accepted:
            work.book.add_certificate(certificate)
        receiving = Receiving(ports, work, progress=no_progress, stop_wanted=never_stop)
        reports = receiving.receive_parked()
        for parked in work.book.parked():
            if parked.code == UNKNOWN and parked.sender in accepted:
                file = work.book.parked_file(parked.bundle)
                work.book.park(replace(parked, code=GAP), file)
        work.commit()
        return OfficesAccepted(accepted, reports)


def list_offices(ports: Ports) -> tuple[OfficeEntry, ...]:
    """Return the offices enrolled here, in order of number."""
    with ports.store.read() as work:
        enrolled = {one.office.number: one.office for one in work.book.enrolments()}
        certificates, asking = work.book.certificates(), _asking(ports, work)
        return tuple(_entry(enrolled[number], certificates, asking) for number in sorted(enrolled))


def _office(ports: Ports, unit_code: str, role: UnitRole) -> Office:
    units = (record for record in ports.plan().records if isinstance(record, Unit))
    unit = unit_by_code(units, unit_code)
    if (role is UnitRole.PROVINCE) is not (unit.level is UnitLevel.PROVINCE):
        raise UnknownUnitError(unit_code)
    return _office_of(unit, role)


def _office_of(unit: Unit, role: UnitRole) -> Office:
    number = PROVINCE_NUMBER if role is UnitRole.PROVINCE else unit.number
    # Records of an office without a number of its own would be the province's.
    if number is None or (number == PROVINCE_NUMBER) is not (role is UnitRole.PROVINCE):
        raise UnknownUnitError(unit.code)
    return Office(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        number=number,
        role=role,
    )


def _is_here(ports: Ports, office: Office) -> bool:
    """Tell whether the folder is this office's already."""
    if not ports.store.exists():
        return False
    with ports.store.read() as work:
        me = work.book.me()
        return (me.unit_id, me.number) == (office.unit_id, office.number)


def _create(ports: Ports, office: Office) -> None:
    identity, certificate = new_replica(
        office, signing=ports.signing, sealing=ports.sealing, noise=ports.noise
    )
    ports.store.create(office, identity)
    with ports.store.write() as work:
        work.book.add_certificate(certificate)
        work.commit()


def _refuse_offices(work: Work) -> None:
    if not work.book.me().is_province:
        raise NotForRoleError(UnitRole.PROVINCE.value)


def _asking(ports: Ports, work: Work) -> tuple[ParkedBundle, ...]:
    """Return the bundles that wait for their sender to be accepted, and whose proof fits."""
    waiting = (parked for parked in work.book.parked() if parked.code == UNKNOWN)
    return tuple(
        parked
        for parked in waiting
        if (manifest := parked_manifest(ports, work, parked)) and proves(work, manifest)
    )


def _is_named(work: Work, parked: ParkedBundle, name: str) -> bool:
    codes = {
        one.office.unit_code
        for one in work.book.enrolments()
        if one.office.number == parked.sender.office
    }
    return name.strip().lower() in {*codes, parked.sender.replica.hex()}


def _entry(
    office: Office, certificates: tuple[Certificate, ...], asking: tuple[ParkedBundle, ...]
) -> OfficeEntry:
    accepted = tuple(one.replica for one in certificates if one.office == office.number)
    waiting = tuple(
        dict.fromkeys(one.sender.replica for one in asking if one.sender.office == office.number)
    )
    state = OfficeState.ACCEPTED if accepted else OfficeState.ENROLLED
    return OfficeEntry(
        office=office,
        state=OfficeState.WAITING if waiting else state,
        accepted=accepted,
        waiting=waiting,
    )
