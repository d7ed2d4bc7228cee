"""Bundles are sealed for those who may read them, and opened by one of their keys."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from thidua_desktop.domain.bundles import Certificate, Rejection
from thidua_desktop.domain.errors import BundleRejectedError, PhraseError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import Enrolment, Office, certificate_of
from thidua_desktop.domain.recovery import plain_phrase
from thidua_desktop.services.ports import Ports, Source, Work

AskPhrase = Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class LaidOpen:
    """What can be read; `sha` is the hash of the sealed bytes it was made of, where keys
    opened them.
    """

    source: Source
    sha: str | None = None


def no_phrase() -> None:
    """Nobody is there to ask."""


def own_certificate(ports: Ports, office: Office) -> Certificate:
    """Return what this replica says of itself."""
    identity = ports.store.identity()
    return certificate_of(office, identity, ports.sealing.public_key(identity.sealing_seed))


def office_seed(enrolment: Enrolment) -> bytes:
    """Return the private key that all PCs of an office have from its enrolment: by it they read
    each other's bundles before they have heard of each other.
    """
    return hmac.digest(enrolment.secret, b"TDKT-NP1", "sha256")


def readers(ports: Ports, work: Work, to: int) -> tuple[bytes, ...]:
    """Return the keys for which a bundle to this office is sealed: its replicas', and the
    sender's own. None where no key of the recipient is known.
    """
    me = work.book.me()
    known = [one.certificate for one in work.book.warrants() if not one.is_revoked]
    theirs = [one.receiving_key for one in known if one.office == to and one.receiving_key]
    shared = [
        ports.sealing.public_key(office_seed(enrolment))
        for enrolment in work.book.enrolments()
        if enrolment.office.number in {to, me.number}
    ]
    if me.is_province and to != PROVINCE_NUMBER and not theirs:
        theirs, shared = shared, []
    if not theirs:
        return ()
    ours = [one.receiving_key for one in known if one.office == me.number and one.receiving_key]
    own = ports.sealing.public_key(ports.store.identity().sealing_seed)
    return tuple(dict.fromkeys((*theirs, own, *ours, *(() if me.is_province else shared))))


@contextmanager
def opened(
    ports: Ports, work: Work, source: Source, *, file_name: str, ask: AskPhrase = no_phrase
) -> Iterator[Source]:
    """Lay a bundle open with the keys of this replica; see `unsealed`."""
    if not isinstance(source, Path) or not ports.sealing.is_sealed(source):
        yield source
        return
    with unsealed(ports, source, key_seeds(ports, work), file_name=file_name, ask=ask) as laid:
        yield laid.source


@contextmanager
def unsealed(
    ports: Ports,
    source: Path,
    seeds: Sequence[bytes],
    *,
    file_name: str,
    ask: AskPhrase = no_phrase,
    in_memory: int = 0,
) -> Iterator[LaidOpen]:
    """Lay what is sealed in a file open, as long as it is needed; what is not sealed is as it is.
    What keys open needs no other file where it is at most `in_memory` bytes.

    Raises:
        UnreadableFileError: the file cannot be read.
        BundleRejectedError: it is sealed for others, or was damaged on the way.
        PhraseError: it opens by a phrase, which was not given or is another one.
    """
    if not ports.sealing.is_sealed(source):
        yield LaidOpen(source)
        return
    wants_phrase = ports.sealing.wants_phrase(source, file_name=file_name)
    if not wants_phrase and in_memory:
        small = ports.sealing.open_in_memory(source, seeds, most=in_memory, file_name=file_name)
        if small is not None:
            yield LaidOpen(*small)
            return
    with ports.store.private_folder() as folder:
        target, sha = folder / "goi", None
        if wants_phrase:
            ports.files.write(target, by_phrase(ports, source, ask(), file_name=file_name))
        else:
            sha = ports.sealing.open_file(source, target, seeds, file_name=file_name)
        yield LaidOpen(target, sha)


def by_phrase(ports: Ports, source: Path, typed: str | None, *, file_name: str) -> bytes:
    """Return what a phrase sealed in a file. Raises PhraseError and BundleRejectedError."""
    if typed is None:
        raise PhraseError(f"gói “{file_name}”")
    sealed = ports.files.read(source)
    try:
        return ports.sealing.open_by_phrase(sealed, plain_phrase(typed), file_name=file_name)
    except BundleRejectedError as error:
        if error.reason is Rejection.KEY:
            raise PhraseError(f"gói “{file_name}”") from error
        raise


def key_seeds(ports: Ports, work: Work) -> list[bytes]:
    """Return the private keys that may open what is sealed for this replica."""
    own = ports.store.identity().sealing_seed
    return [own, *map(office_seed, work.book.enrolments())]
