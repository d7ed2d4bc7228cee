"""Whom a bundle is believed: certificates signed by the province, down from its root."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from thidua_desktop.domain.bundles import Certificate, Manifest, Rejection
from thidua_desktop.domain.certificates import Inheritance, Warrant, inherited_by, joined
from thidua_desktop.domain.errors import BundleRejectedError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.ports import Ports, Work

_OFFICE_YEARS = timedelta(days=5 * 366)


def known_root(work: Work) -> bytes | None:
    """Return the public root key that this PC trusts: from its enrolment, or its own one."""
    me = work.book.me()
    if me.is_province:
        signers = (one.signer for one in work.book.warrants() if one.certificate.office == 0)
        return next((signer for signer in signers if signer), None)
    return next((one.root_key for one in reversed(work.book.enrolments()) if one.root_key), None)


def is_genuine(ports: Ports, said: Warrant | Inheritance) -> bool:
    """Tell whether the signer that it names signed it."""
    return bool(
        said.signer
        and said.signature
        and ports.signing.fits(said.signer, said.message(), said.signature)
    )


def is_of_the_province(ports: Ports, work: Work, manifest: Manifest, file_name: str) -> bool:
    """Tell whether a bundle's sender is the province, by a chain that ends at the root.

    Raises BundleRejectedError (FORGED) where a chain is shown and ends elsewhere.
    """
    sender, root = manifest.sender, known_root(work)
    known = [one for one in work.book.warrants() if one.certificate == sender]
    if root is None:
        # An office that joined by a file of the first version: it knows the PC and no root yet.
        return bool(known)
    if any(one.signer == root for one in known):
        return True
    shown = [one for one in manifest.certificates if one.certificate == sender]
    chains = [one for one in shown if one.signer == root and is_genuine(ports, one)]
    if chains:
        work.book.keep_warrant(chains[0])
        return True
    if shown or known:
        raise BundleRejectedError(Rejection.FORGED, file_name)
    return False


def learn(ports: Ports, work: Work, manifest: Manifest, file_name: str) -> None:
    """Take in the certificates and inheritances of a bundle of the province.

    Raises BundleRejectedError (FORGED) where one is not what it says.
    """
    root = known_root(work) or _adopted_root(ports, work, manifest)
    if root is None:
        return
    signed = [one for one in manifest.certificates if one.signature]
    own = [one for one in signed if one.certificate.role == UnitRole.PROVINCE]
    for one in own:
        _keep(ports, work, one, {root}, file_name)
    operations, revoked = _operations(work, root)
    for one in signed:
        # What a stolen PC vouches for says nothing any more; an old bundle may still carry it.
        if one not in own and one.signer not in revoked:
            _keep(ports, work, one, operations, file_name)
    known = {(one.predecessor, one.heir) for one in work.book.inheritances()}
    for heir in manifest.inheritances:
        if heir.signer in revoked:
            continue
        if heir.signer not in operations or not is_genuine(ports, heir):
            raise BundleRejectedError(Rejection.FORGED, file_name)
        if (heir.predecessor, heir.heir) not in known:
            work.book.add_inheritance(heir)
            relevel(work, heir)
    if work.book.me().is_province and manifest.sender.public_key not in revoked:
        _learn_enrolments(work, manifest, root)


def _learn_enrolments(work: Work, manifest: Manifest, root: bytes) -> None:
    """Take in what another PC of the province says of enrolments; one that is closed stays so."""
    known = {(one.office.number, one.secret): one for one in work.book.enrolments()}
    for said in manifest.enrolments:
        mine = known.get((said.office.number, said.secret))
        if mine is None:
            work.book.add_enrolment(replace(said, root_key=root))
        elif said.closed and not mine.closed:
            work.book.add_enrolment(replace(mine, closed=True))


def relevel(work: Work, inheritance: Inheritance) -> None:
    """Bring the records up to an inheritance: of the predecessor, and of all before it."""
    for office in {inheritance.predecessor, *predecessors(work, inheritance.predecessor)}:
        work.exchange.relevel(office)


def own_numbers(work: Work) -> frozenset[int]:
    """Return the numbers whose records this office writes: its own, and those it inherited."""
    me = work.book.me().number
    return frozenset({me}) | predecessors(work, me)


def all_numbers(work: Work) -> frozenset[int]:
    """Return the numbers of all offices that were enrolled or write, and the province's."""
    enrolled = {one.office.number for one in work.book.enrolments()}
    return frozenset(enrolled | {one.office for one in work.book.certificates()})


def predecessors(work: Work, office: int) -> frozenset[int]:
    """Return the offices whose records an office inherited."""
    pairs = frozenset((one.predecessor, one.heir) for one in work.book.inheritances())
    return inherited_by(office, pairs)


def refuse_revoked(work: Work, manifest: Manifest, file_name: str) -> None:
    """Raise BundleRejectedError (REVOKED) for ops that a revoked PC wrote too late.

    The province has looked itself at what its standing PCs carry. Of its revoked PC the number
    speaks of the common channel; of the one to an office nothing is taken that is not here, for a
    standing PC brings what is genuine.
    """
    if manifest.sender.role == UnitRole.PROVINCE and not is_revoked(work, manifest.sender):
        return
    if all(one.last is None for one in work.book.warrants()):
        return
    me, held = work.book.me(), work.exchange.origins()
    for one in work.book.warrants():
        if one.last is None:
            continue
        common = work.exchange.origins_of(one.certificate, ())
        for oid in work.exchange.origins_of(one.certificate, (me.number,)) & manifest.ranges.keys():
            here = held[oid].number if oid in held else 0
            if manifest.ranges[oid].end > (one.last if oid in common else min(one.last, here)):
                raise BundleRejectedError(Rejection.REVOKED, file_name)


def is_revoked(work: Work, certificate: Certificate) -> bool:
    """Tell whether nothing new is taken from a replica."""
    known = _known(work, certificate)
    return known is not None and known.is_revoked


def is_out_of_date(ports: Ports, work: Work, sender: Certificate) -> bool:
    """Tell whether a sender's certificate has not begun or has ended; a warning, no more."""
    known, now = _known(work, sender), ports.now()
    if known is None or known.certificate != sender:
        return False
    is_early = known.valid_from is not None and now < known.valid_from - timedelta(days=1)
    return is_early or (known.valid_to is not None and now > known.valid_to)


def vouch(ports: Ports, work: Work, certificate: Certificate, *, last: int | None = None) -> None:
    """Sign a certificate by this PC's operations key, and keep it."""
    now = ports.now()
    known = _known(work, certificate)
    began = known.valid_from if known and known.signature else None
    fresh = Warrant(
        certificate=certificate,
        last=last,
        valid_from=began or now.replace(microsecond=0),
        valid_to=(began or now.replace(microsecond=0)) + _OFFICE_YEARS,
    )
    work.book.keep_warrant(signed(ports, fresh))


def vouch_in_place_of(ports: Ports, work: Work, former: Certificate) -> None:
    """Sign by this PC's operations key what another PC of the province had signed."""
    seed = ports.store.identity().seed
    for one in work.book.warrants():
        if one.certificate.office and one.signer == former.public_key:
            work.book.keep_warrant(signed(ports, one))
    for heir in work.book.inheritances():
        if heir.signer == former.public_key:
            fresh = replace(heir, signer=ports.signing.public_key(seed))
            signature = ports.signing.sign(seed, fresh.message())
            work.book.add_inheritance(replace(fresh, signature=signature))


def signed(ports: Ports, warrant: Warrant, seed: bytes | None = None) -> Warrant:
    """Sign a warrant: by the operations key, or by the root whose seed is given."""
    seed = seed or ports.store.identity().seed
    warrant = replace(warrant, signer=ports.signing.public_key(seed))
    return replace(warrant, signature=ports.signing.sign(seed, warrant.message()))


def _keep(ports: Ports, work: Work, fresh: Warrant, signers: set[bytes], file_name: str) -> None:
    if fresh.signer not in signers or not is_genuine(ports, fresh):
        raise BundleRejectedError(Rejection.FORGED, file_name)
    mine = fresh.certificate
    known = _known(work, mine)
    if known and known.certificate != mine:
        same = replace(mine, receiving_key=known.certificate.receiving_key)
        if known.certificate != same:
            raise BundleRejectedError(Rejection.FORGED, file_name)
    if joined(known, fresh) != known:
        work.book.keep_warrant(fresh)


def _known(work: Work, certificate: Certificate) -> Warrant | None:
    """Return what is known of the replica of a certificate."""
    known = (one for one in work.book.warrants() if one.certificate.replica == certificate.replica)
    return next(known, None)


def _operations(work: Work, root: bytes) -> tuple[set[bytes], set[bytes]]:
    """Return the keys of the province's PCs that the root certified: those that stand, and those
    that it revoked.
    """
    own = [
        one
        for one in work.book.warrants()
        if one.certificate.office == PROVINCE_NUMBER
        and one.certificate.role == UnitRole.PROVINCE
        and one.signer == root
    ]
    revoked = {one.certificate.public_key for one in own if one.is_revoked}
    return {one.certificate.public_key for one in own} - revoked, revoked


def _adopted_root(ports: Ports, work: Work, manifest: Manifest) -> bytes | None:
    """Take the root from a bundle of the province's PC that is known, where none was known yet."""
    shown = [one for one in manifest.certificates if one.certificate == manifest.sender]
    chain = next((one for one in shown if is_genuine(ports, one)), None)
    if chain is None:
        return None
    for enrolment in work.book.enrolments():
        work.book.add_enrolment(replace(enrolment, root_key=chain.signer))
    return chain.signer


def allowed_origins(work: Work, sender: Certificate) -> dict[bytes, Certificate]:
    """Return the origins whose ops this sender may carry, each with its author.

    An office carries what its own PCs wrote; the province its own channels, and what any office
    wrote that it vouches for (bundle.md 7.2); to another of its PCs its channels to offices too.
    """
    offices = own_numbers(work)
    may_all = sender.role == UnitRole.PROVINCE
    if may_all and work.book.me().is_province:
        offices |= all_numbers(work)
    return {
        oid: author
        for author in work.book.certificates()
        if may_all or author.office == sender.office
        for oid in work.exchange.origins_of(author, offices)
    }
