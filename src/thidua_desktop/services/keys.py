"""The province's root key, and what only the province decides: who is revoked, who inherits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.certificates import Inheritance, Warrant
from thidua_desktop.domain.check_words import check_words
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import (
    BeyondHeldError,
    BundleRejectedError,
    NoRootError,
    NoSuchReplicaError,
    NotForRoleError,
    OwnHeirError,
    OwnReplicaError,
    PhraseError,
    RevokedHereError,
    UnknownUnitError,
    WrongRootError,
)
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.recovery import plain_phrase, recovery_words, seed_of
from thidua_desktop.domain.units import Succession, Unit, UnitRole, office_role, unit_by_code
from thidua_desktop.services.opening import AskPhrase, no_phrase, own_certificate
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.trust import (
    known_root,
    predecessors,
    relevel,
    signed,
    vouch,
    vouch_in_place_of,
)

_SEED_BYTES = 32
_OPERATIONS_YEARS = timedelta(days=2 * 366)
_ROOT = "khóa gốc"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeirProposal:
    """What the register says of an office that is no more: which one followed it, and whether that
    one takes part yet.
    """

    predecessor: Office
    heir: Office
    since: PartialDate
    resolution: str
    is_enrolled: bool

    @property
    def text(self) -> str:
        """Return it for people."""
        lacks = "" if self.is_enrolled else " (chưa có tệp đăng ký)"
        return f"{self.predecessor.unit_name} → {self.heir.unit_name}{lacks}"


def refuse_offices(work: Work) -> None:
    """Raise NotForRoleError unless this is the province."""
    if not work.book.me().is_province:
        raise NotForRoleError(UnitRole.PROVINCE.value)


def certify_operations(
    ports: Ports, work: Work, ask: AskPhrase = no_phrase, words: str | None = None
) -> None:
    """See that the root vouches for this PC of the province, and this PC for all that it accepted.

    The first PC makes the root. A phrase, if there is one, protects it. With `words`, those of the
    paper, the root itself need not be on this PC, and does not come to lie there.

    Raises:
        RevokedHereError: this PC was revoked.
        NoRootError: another PC made the root, and it is not here.
        PhraseError: the root is protected, and the phrase is wrong or missing.
        RecoveryWordsError: the words are not those of a key.
        WrongRootError: they are those of another root.
    """
    own = own_certificate(ports, work.book.me())
    known = _known(work, own)
    if known and known.is_revoked:
        raise RevokedHereError
    if known and known.signature:
        return
    root = known_root(work)
    if root is None:
        seed = ports.noise(_SEED_BYTES)
        _save_root(ports, seed, ask())
    else:
        seed = _root_seed(ports, root, ask, words)
    _certify(ports, work, own, seed)


def is_certified(ports: Ports) -> bool:
    """Tell whether offices believe this PC; an office's own they ask the province about."""
    with ports.store.read() as work:
        if not work.book.me().is_province:
            return True
        known = _known(work, own_certificate(ports, work.book.me()))
        return known is not None and known.signature is not None and not known.is_revoked


def certify(ports: Ports, ask: AskPhrase = no_phrase, words: str | None = None) -> None:
    """Let the root vouch for this PC of the province, such as after its folder was moved.

    Raises:
        NotForRoleError: only the province has a root.
        RevokedHereError, NoRootError, PhraseError, RecoveryWordsError, WrongRootError: as above.
    """
    with ports.store.write() as work:
        refuse_offices(work)
        certify_operations(ports, work, ask, words)
        work.commit()


def root_is_protected(ports: Ports) -> bool:
    """Tell whether the root on this PC needs a phrase to be used."""
    with ports.store.read() as work:
        root = known_root(work)
    kept = ports.store.load_root(root) if root else None
    return kept is not None and len(kept) != _SEED_BYTES


def root_is_here(ports: Ports) -> bool:
    """Tell whether the root lies on this PC, protected or not."""
    with ports.store.read() as work:
        root = known_root(work)
    return root is not None and ports.store.load_root(root) is not None


def root_words(ports: Ports, ask: AskPhrase = no_phrase) -> tuple[str, ...]:
    """Return the words from which the root can be restored, for paper and the safe.

    Raises:
        NotForRoleError: an office has no root.
        NoRootError: it is not on this PC.
        PhraseError: the phrase is wrong or missing.
    """
    with ports.store.read() as work:
        refuse_offices(work)
        root = known_root(work)
    return recovery_words(_root_seed(ports, root, ask), ports.words())


def root_check(ports: Ports) -> str:
    """Return the words by which people tell one root key from another; they are no secret.

    Raises NoRootError.
    """
    with ports.store.read() as work:
        root = known_root(work)
    if root is None:
        raise NoRootError
    return check_words(hashlib.sha256(root).hexdigest(), ports.words())


def restore_root(ports: Ports, text: str, ask: AskPhrase = no_phrase) -> None:
    """Make the root anew from its words, and certify this PC's operations key by it.

    Raises:
        NotForRoleError: only the province has a root.
        RecoveryWordsError: the words are not those of a key.
        WrongRootError: offices have joined by another root.
    """
    seed = seed_of(text, ports.words())
    with ports.store.write() as work:
        refuse_offices(work)
        root, known = ports.signing.public_key(seed), known_root(work)
        if known not in {None, root} and work.book.enrolments():
            raise WrongRootError
        _save_root(ports, seed, ask())
        _certify(ports, work, own_certificate(ports, work.book.me()), seed)
        work.commit()


def revoke(
    ports: Ports,
    name: str,
    *,
    after: int | None = None,
    ask: AskPhrase = no_phrase,
    words: str | None = None,
) -> Warrant:
    """Take nothing more from a replica than its ops up to a number; None: what is here.

    A PC of the province is revoked by the root, whose phrase or words are needed; what it vouched
    for, this PC vouches for from now on.

    Args:
        ports: the outside world.
        name: the replica's id, or so much of its beginning that it means one.
        after: the last number that stays valid.
        ask: for the phrase of the root.
        words: the words of the root, from the paper.

    Raises:
        NotForRoleError: only the province revokes.
        NoSuchReplicaError: no replica bears this id.
        OwnReplicaError: it is this PC's.
        BeyondHeldError: the number is above what is here.
        NoRootError, PhraseError, RecoveryWordsError, WrongRootError: the root cannot be used.
    """
    with ports.store.write() as work:
        refuse_offices(work)
        certify_operations(ports, work, ask, words)
        wanted = name.strip().lower()
        found = [
            one
            for one in work.book.warrants()
            if wanted and one.certificate.replica.hex().startswith(wanted)
        ]
        if len(found) != 1:
            raise NoSuchReplicaError(name)
        certificate = found[0].certificate
        if certificate.replica == ports.store.identity().replica:
            raise OwnReplicaError
        held = held_of(work, certificate)
        last = held if after is None else after
        if not 0 <= last <= held:
            raise BeyondHeldError(held)
        if found[0].last is not None:
            last = min(last, found[0].last)
        if certificate.office:
            vouch(ports, work, certificate, last=last)
        else:
            seed = _root_seed(ports, known_root(work), ask, words)
            work.book.keep_warrant(signed(ports, replace(found[0], last=last), seed))
            vouch_in_place_of(ports, work, certificate)
        work.commit()
        return next(o for o in work.book.warrants() if o.certificate == certificate)


def succeed(ports: Ports, predecessor: str, heir: str, *, since: date) -> Inheritance:
    """Let an office write the records of another one, whose work it took over.

    Raises:
        NotForRoleError: only the province says who inherits.
        UnknownUnitError: one of the codes is no office.
        OwnHeirError: the heir would inherit its own records.
    """
    with ports.store.write() as work:
        refuse_offices(work)
        certify_operations(ports, work)
        units = work.records.having(Unit)
        old, new = (office_number_of(units, code) for code in (predecessor, heir))
        if old == new or new in predecessors(work, old):
            raise OwnHeirError(heir)
        seed = ports.store.identity().seed
        said = Inheritance(
            predecessor=old, heir=new, since=since, signer=ports.signing.public_key(seed)
        )
        said = replace(said, signature=ports.signing.sign(seed, said.message()))
        work.book.add_inheritance(said)
        relevel(work, said)
        work.commit()
        return said


def proposed_heirs(ports: Ports, *, on: date) -> tuple[HeirProposal, ...]:
    """Return which enrolled offices are no more on a day and have a successor, as the register
    tells, those first whose successor is enrolled; those already handed over are left out.
    """
    day = PartialDate.of(on)
    with ports.store.read() as work:
        offices = {one.office.unit_id: one.office for one in work.book.enrolments()}
        units = {one.id: one for one in work.records.having(Unit)}
        done = {one.predecessor for one in work.book.inheritances()}
        found = []
        for step in work.records.having(Succession):
            old = offices.get(step.from_id) if step.from_id else None
            heir = units.get(step.to_id) if step.to_id else None
            new = offices.get(heir.id) or _office_to_be(heir) if heir else None
            if old is None or new is None or step.date is None:
                continue
            if step.date.first_day() <= day.first_day() and old.number not in done | {new.number}:
                found.append(
                    HeirProposal(
                        predecessor=old,
                        heir=new,
                        since=step.date,
                        resolution=step.resolution,
                        is_enrolled=new.unit_id in offices,
                    )
                )
    return tuple(sorted(found, key=_by_readiness))


def _by_readiness(one: HeirProposal) -> tuple[bool, int, int]:
    return not one.is_enrolled, one.predecessor.number, one.heir.number


def _office_to_be(unit: Unit) -> Office | None:
    """Return the office that a unit will be once it is enrolled; None: it has no number."""
    if not unit.number:
        return None
    return Office(
        unit_id=unit.id,
        unit_code=unit.code,
        unit_name=unit.name,
        number=unit.number,
        role=office_role(unit),
    )


def office_number_of(units: tuple[Unit, ...], code: str) -> int:
    """Return the office number of a unit. Raises UnknownUnitError."""
    unit = unit_by_code(units, code)
    if not unit.number:
        raise UnknownUnitError(code)
    return unit.number


def held_of(work: Work, certificate: Certificate) -> int:
    """Return the number of the last op that is here of an office's replica."""
    held = work.exchange.origins()
    origins = work.exchange.origins_of(certificate, ())
    return max((held[oid].number for oid in origins if oid in held), default=0)


def _known(work: Work, own: Certificate) -> Warrant | None:
    found = {one.certificate.replica: one for one in work.book.warrants()}
    return found.get(own.replica)


def _root_seed(ports: Ports, root: bytes | None, ask: AskPhrase, words: str | None = None) -> bytes:
    """Return the private root key, from its words or from this PC.

    Raises RecoveryWordsError and WrongRootError, or NoRootError and PhraseError.
    """
    if words is not None:
        seed = seed_of(words, ports.words())
        if ports.signing.public_key(seed) != root:
            raise WrongRootError
        return seed
    kept = ports.store.load_root(root) if root else None
    if kept is None:
        raise NoRootError
    if len(kept) == _SEED_BYTES:
        return kept
    typed = ask()
    if typed is None:
        raise PhraseError(_ROOT)
    try:
        return ports.sealing.open_by_phrase(kept, plain_phrase(typed), file_name=_ROOT)
    except BundleRejectedError as error:
        raise PhraseError(_ROOT) from error


def _save_root(ports: Ports, seed: bytes, typed: str | None) -> None:
    content = seed if typed is None else ports.sealing.seal_by_phrase(seed, plain_phrase(typed))
    ports.store.save_root(ports.signing.public_key(seed), content)


def _certify(ports: Ports, work: Work, own: Certificate, seed: bytes) -> None:
    now = ports.now().replace(microsecond=0)
    warrant = Warrant(certificate=own, valid_from=now, valid_to=now + _OPERATIONS_YEARS)
    work.book.keep_warrant(signed(ports, warrant, seed))
    for one in work.book.warrants():
        if one.certificate.office and not one.signature:
            vouch(ports, work, one.certificate)
