"""Offices: a data folder made for one, and how others come to be trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

from thidua_desktop.domain.bundles import Certificate, Manifest, Rejection
from thidua_desktop.domain.certificates import Warrant
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    PhraseError,
    UnknownReplicaError,
    UnknownUnitError,
    UnreadableFileError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.missing import GAP
from thidua_desktop.domain.offices import (
    Enrolment,
    EnrolmentFile,
    Identity,
    Machine,
    Office,
    OfficeEntry,
    OfficeState,
    ParkedBundle,
    certificate_of,
)
from thidua_desktop.domain.recovery import phrase, plain_phrase
from thidua_desktop.domain.units import Unit, UnitLevel, UnitRole, office_role, unit_by_code
from thidua_desktop.services.acknowledging import note_sent
from thidua_desktop.services.bundle_reports import BundleReport
from thidua_desktop.services.enrolment_proofs import proves
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.keys import certify_operations, held_of, refuse_offices
from thidua_desktop.services.office_numbers import refuse_shared_number, with_own_number
from thidua_desktop.services.opening import AskPhrase, no_phrase, own_certificate
from thidua_desktop.services.ports import Ports, Sealing, Signing, Work
from thidua_desktop.services.publishing import publish_plan
from thidua_desktop.services.receiving import UNKNOWN, Receiving
from thidua_desktop.services.renewal import renewal_of
from thidua_desktop.services.sending import Packing, make_bundle
from thidua_desktop.services.trust import is_genuine, known_root, vouch
from thidua_desktop.services.waiting import parked_manifest

_REPLICA_BYTES, _SEED_BYTES, _SECRET_BYTES, _PHRASE_BYTES = 16, 32, 32, 9
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


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


def create_office(
    ports: Ports, unit_code: str, role: UnitRole, ask: AskPhrase = no_phrase
) -> Office:
    """Make the data folder of an office; the province's is filled with the shipped plan, and its
    root key is made, protected by a phrase if there is one.

    Raises:
        UnknownUnitError: no unit bears the code, or none that can have this role.
        StoreExistsError: the folder belongs to an office already.
    """
    office = _office(ports, unit_code, role)
    _create(ports, office)
    if office.is_province:
        with ports.store.write() as work:
            certify_operations(ports, work, ask)
            work.commit()
        publish_plan(ports)
    return office


def new_phrase(ports: Ports) -> str:
    """Return a phrase of six words, made by chance, to be told by telephone."""
    return phrase(ports.noise(_PHRASE_BYTES), ports.words())


def enrol(ports: Ports, unit_code: str, protection: str | None = None) -> bytes:
    """Return an enrolment file for an office: a secret, and all that the province gave to all.

    Args:
        ports: the outside world.
        unit_code: of the office.
        protection: the phrase that opens the file; None leaves it open.

    Raises:
        NotForRoleError: only the province enrols.
        UnknownUnitError: no unit bears the code, or it is no office.
    """
    _see_to_its_number(ports, unit_code)
    with ports.store.write() as work:
        refuse_offices(work)
        certify_operations(ports, work)
        unit = unit_by_code(work.records.having(Unit), unit_code)
        office = _office_of(unit, office_role(unit))
        made = [
            one
            for one in work.book.enrolments()
            if one.office.unit_id == office.unit_id and not one.closed
        ]
        # One secret per office: PCs that joined by different files of it know each other.
        enrolment = (
            made[0]
            if made
            else Enrolment(office=office, secret=ports.noise(_SECRET_BYTES), made_at=ports.now())
        )
        enrolment = replace(enrolment, root_key=known_root(work))
        work.book.add_enrolment(enrolment)
        channel = make_bundle(ports, work, to=None, packing=Packing(full=True))
        note_sent(work, ((oid, span.end) for oid, span in channel.manifest.ranges.items()))
        identity = ports.store.identity()
        file = EnrolmentFile(
            enrolment=enrolment,
            province=_own_warrant(ports, work),
            channel=ports.bundles.pack(channel, identity.seed),
        )
        work.commit()
    content = ports.enrolments.pack(file)
    if protection is None:
        return content
    return ports.sealing.seal_by_phrase(content, plain_phrase(protection))


def close_enrolment(ports: Ports, unit_code: str) -> None:
    """Let no further PC ask with the enrolment of an office; those accepted stay.

    Raises:
        NotForRoleError: only the province closes.
        UnknownUnitError: no office with this code has an open enrolment.
    """
    with ports.store.write() as work:
        refuse_offices(work)
        wanted = unit_code.strip().lower()
        found = [o for o in work.book.enrolments() if o.office.unit_code == wanted and not o.closed]
        if not found:
            raise UnknownUnitError(unit_code)
        for one in found:
            work.book.add_enrolment(replace(one, closed=True))
        work.commit()


def join(ports: Ports, data: bytes, *, file_name: str, ask: AskPhrase = no_phrase) -> Office:
    """Make this PC one of the office that an enrolment file is for; its drafts stay.

    Raises:
        PhraseError: the file is protected, and the phrase is wrong or missing.
        UnreadableFileError: the file is no enrolment file, or its bundle is not the province's.
        BundleRejectedError: its bundle is damaged.
        StoreExistsError: the folder belongs to another office.
    """
    file = ports.enrolments.unpack(_opened(ports, data, file_name, ask), file_name=file_name)
    if not _is_believed(ports, file):
        raise UnreadableFileError(file_name)
    # Looked into before a folder is made for it.
    with ports.bundles.open(BytesIO(file.channel), file_name=file_name) as channel:
        if channel.manifest.sender != file.province.certificate:
            raise UnreadableFileError(file_name)
    office = file.enrolment.office
    if not _is_here(ports, office):
        _create(ports, office)
    with ports.store.write() as work:
        work.book.add_enrolment(file.enrolment)
        work.book.keep_warrant(file.province)
        receiving = Receiving(ports, work, progress=no_progress, stop_wanted=never_stop)
        receiving.receive(BytesIO(file.channel), file_name=file_name)
        work.commit()
        return work.book.me()


def accept(ports: Ports, name: str | None) -> OfficesAccepted:
    """Take in the replicas that ask under a unit code or a replica id; None: all that ask.

    Raises:
        NotForRoleError: only the province accepts.
        UnknownReplicaError: nobody asks under this name.
        SharedNumberError: another office works under the number of one that asks.
    """
    with ports.store.write() as work:
        refuse_offices(work)
        certify_operations(ports, work)
        asking = [p for p, _ in _asking(ports, work) if name is None or _is_named(work, p, name)]
        if name is not None and not asking:
            raise UnknownReplicaError(name)
        accepted = tuple({parked.sender.replica: parked.sender for parked in asking}.values())
        for certificate in accepted:
            refuse_shared_number(work, certificate)
            vouch(ports, work, certificate)
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
        asking = [manifest for _, manifest in _asking(ports, work)]
        return tuple(_entry(work, enrolled[number], asking) for number in sorted(enrolled))


def own_machines(ports: Ports) -> OfficeEntry:
    """Return the province's own PCs; one that the root does not vouch for yet is waiting.

    Raises NotForRoleError.
    """
    with ports.store.read() as work:
        refuse_offices(work)
        entry = _entry(work, work.book.me(), ())
        vouched = {o.certificate.replica for o in work.book.warrants() if o.signature}
        machines = tuple(
            one
            if one.replica in vouched or one.state is OfficeState.REVOKED
            else replace(one, state=OfficeState.WAITING)
            for one in entry.machines
        )
        return replace(entry, machines=machines, is_closed=False)


def _see_to_its_number(ports: Ports, unit_code: str) -> None:
    """Give a unit a number of its own, before a bundle says that the province has written so."""
    with ports.store.write() as work:
        refuse_offices(work)
        with_own_number(work, unit_by_code(work.records.having(Unit), unit_code))
        work.commit()


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


def _own_warrant(ports: Ports, work: Work) -> Warrant:
    own = own_certificate(ports, work.book.me())
    return next(one for one in work.book.warrants() if one.certificate == own)


def _opened(ports: Ports, data: bytes, file_name: str, ask: AskPhrase) -> bytes:
    """Return what lies in an enrolment file. Raises PhraseError and UnreadableFileError."""
    if not ports.sealing.is_sealed(BytesIO(data)):
        return data
    typed = ask()
    if typed is None:
        raise PhraseError(f"tệp “{file_name}”")
    try:
        return ports.sealing.open_by_phrase(data, plain_phrase(typed), file_name=file_name)
    except BundleRejectedError as error:
        if error.reason is Rejection.KEY:
            raise PhraseError(f"tệp “{file_name}”") from error
        raise UnreadableFileError(file_name) from error


def _is_believed(ports: Ports, file: EnrolmentFile) -> bool:
    """Tell whether the root in the file vouches for the province; one of the first version has
    none.
    """
    root = file.enrolment.root_key
    return root is None or (file.province.signer == root and is_genuine(ports, file.province))


def _asking(ports: Ports, work: Work) -> tuple[tuple[ParkedBundle, Manifest], ...]:
    """Return the bundles that wait for their sender to be accepted, and whose proof fits."""
    waiting = (parked for parked in work.book.parked() if parked.code == UNKNOWN)
    return tuple(
        (parked, manifest)
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


def _entry(work: Work, office: Office, asking: Sequence[Manifest]) -> OfficeEntry:
    book = work.book
    warrants = [one for one in book.warrants() if one.certificate.office == office.number]
    warrants.sort(key=lambda one: (one.valid_from is not None, one.valid_from or _NEVER))
    machines = [
        Machine(
            replica=one.certificate.replica,
            place=place,
            state=OfficeState.REVOKED if one.is_revoked else OfficeState.ACCEPTED,
            held=held_of(work, one.certificate),
            last=one.last,
            renewal=renewal_of(work, one.certificate.replica),
        )
        for place, one in enumerate(warrants, start=1)
    ]
    waiting = {
        one.sender.replica: one.renewal for one in asking if one.sender.office == office.number
    }
    machines += [
        Machine(replica=replica, place=place, state=OfficeState.WAITING, held=0, renewal=renewal)
        for place, (replica, renewal) in enumerate(waiting.items(), start=len(machines) + 1)
    ]
    states = {machine.state for machine in machines}
    order = (OfficeState.WAITING, OfficeState.ACCEPTED, OfficeState.REVOKED)
    enrolments = [one for one in book.enrolments() if one.office.number == office.number]
    return OfficeEntry(
        office=office,
        state=next((state for state in order if state in states), OfficeState.ENROLLED),
        machines=tuple(machines),
        is_closed=all(one.closed for one in enrolments),
        heirs=tuple(o.heir for o in book.inheritances() if o.predecessor == office.number),
    )
