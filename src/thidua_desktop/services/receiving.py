"""One bundle received: whom it is from, whether it may, and what it does to the records."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from thidua_desktop.domain.attachments import FileState
from thidua_desktop.domain.bundle_text import (
    files_came_text,
    missing_text,
    out_of_date_text,
    parked_text,
)
from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleState,
    Certificate,
    Held,
    Manifest,
    Rejection,
    fingerprint,
)
from thidua_desktop.domain.errors import (
    BundleRejectedError,
    PhraseError,
    UnreadableFileError,
)
from thidua_desktop.domain.kinds import names_files
from thidua_desktop.domain.missing import GAP, missing_of
from thidua_desktop.domain.offices import Office, ParkedBundle, ReceivedBundle
from thidua_desktop.domain.people import Person
from thidua_desktop.domain.records import kind_name
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.acknowledging import drop_acknowledged, note_held
from thidua_desktop.services.bundle_reports import BundleReport, refused, sender_name
from thidua_desktop.services.enrolment_proofs import proves
from thidua_desktop.services.findings import (
    Finding,
    TextFinding,
    findings_of,
    namesakes,
    text_findings,
)
from thidua_desktop.services.opening import AskPhrase, no_phrase, opened
from thidua_desktop.services.ports import Ports, Progress, Source, StopWanted, Work
from thidua_desktop.services.renewal import mark_cloned, note_renewal
from thidua_desktop.services.sisters import note_relayed
from thidua_desktop.services.trust import (
    allowed_origins,
    is_of_the_province,
    is_out_of_date,
    is_revoked,
    learn,
    refuse_revoked,
    vouch,
)
from thidua_desktop.services.waiting import WaitingBundles
from thidua_desktop.services.withdrawn import note_withdrawn

UNKNOWN, FORK = "E-UNKNOWN", Rejection.FORK.value


class Receiving:
    """Receives bundles into one transaction, the parked ones too when their turn has come.

    On trial, told by the set of files that came with the bundles before, no file is kept.
    """

    def __init__(
        self,
        ports: Ports,
        work: Work,
        *,
        progress: Progress,
        stop_wanted: StopWanted,
        brought: set[str] | None = None,
        waiting: WaitingBundles | None = None,
        ask: AskPhrase = no_phrase,
    ) -> None:
        self._ports = ports
        self._work = work
        self._me: Office = work.book.me()
        self.progress = progress
        self._stop_wanted = stop_wanted
        self._ask = ask
        self._on_trial = brought is not None
        self._brought: set[str] = set() if brought is None else brought
        self._waiting = waiting or WaitingBundles()
        self._file_sha: str | None = None

    def take(self, source: Source, *, file_name: str, file_sha: str | None = None) -> BundleReport:
        """Receive a bundle in a step of its own: one that is refused changes nothing.

        `file_sha` is the hash of the file that a person handed in.
        """
        self._file_sha = file_sha
        try:
            with opened(
                self._ports, self._work, source, file_name=file_name, ask=self._ask
            ) as payload:
                return self._taken(payload, file_name)
        except (UnreadableFileError, BundleRejectedError, PhraseError) as error:
            return refused(file_name, error)

    def known_again(self, file_sha: str, *, file_name: str) -> BundleReport | None:
        """Return the report on a file that was received before; None: it is to be looked into.

        So is whatever comes from a PC that is revoked by now, to be told the reason.
        """
        found = self._work.book.received_from(file_sha)
        if found is None or is_revoked(self._work, found.sender):
            return None
        return self._report(found, file_name, BundleState.KNOWN)

    def _taken(self, source: Source, file_name: str) -> BundleReport:
        try:
            with self._work.attempt():
                return self.receive(source, file_name=file_name)
        except UnreadableFileError as error:
            return refused(file_name, error)
        except BundleRejectedError as error:
            return self._refused(source, error)

    def receive(self, source: Source, *, file_name: str) -> BundleReport:
        """Take one bundle in, park it, or find that it is known.

        Raises BundleRejectedError and UnreadableFileError.
        """
        trusted: list[bool] = []

        def judge(manifest: Manifest) -> None:
            """See first for whom it is and from whom: no more is read of what is refused here."""
            if not self._is_for_us(manifest):
                raise BundleRejectedError(Rejection.NOT_ME, file_name)
            trusted.append(self._is_trusted(manifest, file_name))

        with self._ports.bundles.open(source, file_name=file_name, judge=judge) as contents:
            if not trusted[0]:
                return self._park(contents.manifest, source, file_name, UNKNOWN)
            return self._receive(contents, source, file_name)

    def _is_for_us(self, manifest: Manifest) -> bool:
        """Tell whether it is for this office or for all; what another PC of this office sends to
        the province is this office's to read too.
        """
        is_sister = manifest.sender.office == self._me.number and not self._me.is_province
        return manifest.to in {None, self._me.number} or is_sister

    def _receive(self, contents: BundleContents, source: Source, file_name: str) -> BundleReport:
        manifest = contents.manifest
        if manifest.sender.role == UnitRole.PROVINCE:
            learn(self._ports, self._work, manifest, file_name)
        authors = self._authors(manifest, file_name)
        refuse_revoked(self._work, manifest, file_name)
        held = self._work.exchange.origins()
        if self._is_known(manifest, held, file_name):
            came = self._keep_missing(contents)
            self._work.book.unpark(manifest.bundle)
            self._note(manifest)
            report = self._report(manifest, file_name, BundleState.KNOWN)
            said = (*report.warnings, files_came_text(came)) if came else report.warnings
            return replace(report, warnings=said)
        if any(span.start > _have(held, oid) for oid, span in manifest.ranges.items()):
            return self._park(manifest, source, file_name, GAP)
        return self._apply(contents, authors, file_name)

    def receive_parked(self) -> tuple[BundleReport, ...]:
        """Take in what waited and need wait no more; what is refused now waits no more either."""
        reports: list[BundleReport] = []
        while self._work.book.parked() and (taken := self._next_ready()):
            file = self._work.book.parked_file(taken.bundle)
            self._work.book.unpark(taken.bundle)
            self._waiting.forget(taken.bundle)
            reports.append(self.take(file, file_name=taken.file_name))
        return tuple(reports)

    def _next_ready(self) -> ParkedBundle | None:
        held = self._work.exchange.origins()
        for parked in self._work.book.parked():
            if parked.code == FORK or self._certificate(parked.sender.replica) is None:
                continue
            if self._waiting.may_come(self._ports, self._work, parked, held):
                return parked
        return None

    def _is_trusted(self, manifest: Manifest, file_name: str) -> bool:
        """Tell whether the sender is known; False: it asks to be. Raises BundleRejectedError."""
        if manifest.sender.role == UnitRole.PROVINCE and is_of_the_province(
            self._ports, self._work, manifest, file_name
        ):
            return True
        known = self._certificate(manifest.sender.replica)
        if known is not None:
            # A program of the first version had no key to receive by; what it says of itself else
            # must be what is known.
            if known != replace(manifest.sender, receiving_key=known.receiving_key):
                raise BundleRejectedError(Rejection.FORGED, file_name)
            if known != manifest.sender:
                if known.receiving_key is not None:
                    raise BundleRejectedError(Rejection.FORGED, file_name)
                if self._me.is_province:
                    vouch(self._ports, self._work, manifest.sender)
                else:
                    self._work.book.add_certificate(manifest.sender)
            return True
        if manifest.request is None:
            raise BundleRejectedError(Rejection.UNKNOWN, file_name)
        if not proves(self._work, manifest):
            known_office = manifest.sender.office in {
                enrolment.office.number for enrolment in self._work.book.enrolments()
            }
            reason = Rejection.FORGED if known_office else Rejection.UNKNOWN
            raise BundleRejectedError(reason, file_name)
        if self._me.is_province:
            return False
        # Another PC of this office: it knows the secret that the province gave to both.
        self._work.book.add_certificate(manifest.sender)
        return True

    def _certificate(self, replica: bytes) -> Certificate | None:
        known = self._work.book.certificates()
        return next((one for one in known if one.replica == replica), None)

    def _authors(self, manifest: Manifest, file_name: str) -> Mapping[bytes, Certificate]:
        """Return whose origins the sender may carry. Raises BundleRejectedError."""
        authors = allowed_origins(self._work, manifest.sender)
        if not manifest.ranges.keys() <= authors.keys():
            raise BundleRejectedError(Rejection.AUTHORITY, file_name)
        return authors

    def _is_known(self, manifest: Manifest, held: Mapping[bytes, Held], file_name: str) -> bool:
        if any(span.end > _have(held, oid) for oid, span in manifest.ranges.items()):
            return False
        exchange = self._work.exchange
        if any(
            exchange.hash_at(oid, span.end) != span.end_hash
            for oid, span in manifest.ranges.items()
        ):
            raise BundleRejectedError(Rejection.FORK, file_name)
        return bool(manifest.ranges) or self._work.book.has_received(manifest.bundle)

    def _apply(
        self, contents: BundleContents, authors: Mapping[bytes, Certificate], file_name: str
    ) -> BundleReport:
        manifest, work = contents.manifest, self._work
        if work.book.has_received(manifest.bundle):
            raise BundleRejectedError(Rejection.FORK, file_name)
        self._keep(contents.blobs)
        counts = work.exchange.apply(
            contents,
            authors=authors,
            file_name=file_name,
            progress=self.progress,
            stop_wanted=self._stop_wanted,
        )
        brings_persons = any(section.kind == kind_name(Person) for section in contents.sections)
        counts = replace(
            counts,
            duplicates=len(namesakes(work, manifest.bundle)) if brings_persons else 0,
            missing_files=len(self._missing(contents)),
        )
        self._note(manifest)
        note_relayed(work, manifest, self._ports.now())
        entry = ReceivedBundle(
            id=self._ports.new_id(self._me.number),
            bundle=manifest.bundle,
            number=manifest.number,
            sender=manifest.sender,
            at=self._ports.now(),
            file_name=file_name,
            counts=counts,
            digest=fingerprint(manifest),
            # Of one with files more may be wanted again: a file that was lost since.
            file_sha=None if manifest.blobs else self._file_sha,
        )
        work.book.unpark(manifest.bundle)
        work.book.add_received(entry)
        report = self._report(manifest, file_name, BundleState.NEW)
        findings: tuple[Finding | TextFinding, ...] = (
            *findings_of(work, contents, counts, self._reader(contents)),
            *text_findings(work, contents, lambda: self._ports.plan().papers),
        )
        return replace(report, counts=counts, import_id=entry.id, findings=findings)

    def _reader(self, contents: BundleContents) -> Callable[[str], bytes | None]:
        """Return how to read a file that came along or is here; on trial nothing was kept."""

        def read(sha: str) -> bytes | None:
            return contents.blobs[sha] if sha in contents.blobs else self._work.blobs.get(sha)

        return read

    def _keep(self, blobs: Mapping[str, bytes], wanted: Collection[str] | None = None) -> None:
        """Keep these blobs one by one; None: all of them."""
        kept = blobs.keys() if wanted is None else blobs.keys() & set(wanted)
        self._brought |= kept
        if not self._on_trial:
            for sha in sorted(kept):
                self._work.blobs.put(blobs[sha])

    def _keep_missing(self, contents: BundleContents) -> int:
        """Keep the files of a bundle known before, where they did not come with it then; return
        how many.
        """
        if not contents.blobs:
            return 0
        named = self._work.exchange.all_named_blobs()
        wanted = {sha for sha in named if not self._is_here(sha)} & contents.blobs.keys()
        self._keep(contents.blobs, wanted)
        return len(wanted)

    def _missing(self, contents: BundleContents) -> frozenset[str]:
        if not any(names_files(section.kind) for section in contents.sections):
            return frozenset()
        named = self._work.exchange.named_blobs(contents.manifest.ranges) - self._brought
        return frozenset(sha for sha in named if not self._is_here(sha))

    def _is_here(self, sha: str) -> bool:
        return self._work.blobs.state(sha) is FileState.HERE

    def _note(self, manifest: Manifest) -> None:
        """Keep what the sender says it holds and lacks; a revoked one is not listened to."""
        if is_revoked(self._work, manifest.sender):
            return
        self._acknowledge(manifest)
        note_renewal(self._work, manifest)
        self._work.sent.set_wanted(manifest.sender.replica, manifest.wants)
        drop_acknowledged(self._work, manifest.sender)

    def _acknowledge(self, manifest: Manifest) -> None:
        """Keep how far the sender holds what is here, where it holds the same.

        The province that holds more of an own channel, or something else, has it of a clone.
        """
        exchange, same = self._work.exchange, {}
        own, held = exchange.own_origins(), exchange.origins() if manifest.have else {}
        for oid, at in manifest.have.items():
            if self._is_same(oid, at, own, held):
                same[oid] = at.number
            elif oid in own and manifest.sender.role == UnitRole.PROVINCE:
                mark_cloned(self._ports, self._work)
        before = note_held(self._work, manifest, same)
        note_withdrawn(self._work, manifest, before)

    def _is_same(
        self, oid: bytes, at: Held, own: Collection[bytes], held: Mapping[bytes, Held]
    ) -> bool:
        """Tell whether an origin is here what it is elsewhere, as far as can be told."""
        here = _have(held, oid)
        if at.number > here:
            return oid not in own
        return self._work.exchange.hash_at(oid, at.number) == at.hash

    def _keep_forked(self, manifest: Manifest, source: Source, file_name: str) -> None:
        """Keep a bundle whose numbers mean something else here: its sender must hear of it."""
        book = self._work.book
        waiting = {one.bundle: one.sender for one in book.parked()}
        is_other = waiting.get(manifest.bundle, manifest.sender) != manifest.sender
        if not (self._on_trial or is_other or book.has_received(manifest.bundle)):
            self._park(manifest, source, file_name, FORK)

    def _park(self, manifest: Manifest, source: Source, file_name: str, code: str) -> BundleReport:
        waiting = {one.bundle: one.sender for one in self._work.book.parked()}
        if waiting.get(manifest.bundle, manifest.sender) != manifest.sender:
            raise BundleRejectedError(Rejection.FORK, file_name)
        self._waiting.forget(manifest.bundle)
        self._work.book.park(
            ParkedBundle(
                bundle=manifest.bundle,
                number=manifest.number,
                sender=manifest.sender,
                at=self._ports.now(),
                file_name=file_name,
                code=code,
            ),
            source,
        )
        report = self._report(manifest, file_name, BundleState.PARKED)
        return replace(report, code=code, message=self._waiting_text(manifest, code))

    def _waiting_text(self, manifest: Manifest, code: str) -> str:
        book = self._work.book
        for one in missing_of(book.parked(), book.received()) if code == GAP else ():
            if one.sender.replica == manifest.sender.replica:
                said = missing_text(one, sender_name(self._work, one.sender), self._me)
                return f"{said} Gói được giữ lại, sẽ tự nhập khi đủ."
        return parked_text(code)

    def _report(
        self, said: Manifest | ReceivedBundle, file_name: str, state: BundleState
    ) -> BundleReport:
        out_of_date = is_out_of_date(self._ports, self._work, said.sender)
        return BundleReport(
            warnings=(out_of_date_text(),) if out_of_date else (),
            file=file_name,
            sender=sender_name(self._work, said.sender),
            number=said.number,
            state=state,
            bundle=said.bundle,
        )

    def _refused(self, source: Source, error: BundleRejectedError) -> BundleReport:
        """Return the report on a bundle that was refused; it names the sender if that is sure."""
        report = refused(error.file_name, error)
        try:
            manifest = self._ports.bundles.peek(source, file_name=error.file_name)
        except (BundleRejectedError, UnreadableFileError):
            return report
        if self._certificate(manifest.sender.replica) != manifest.sender:
            return report
        if error.reason is Rejection.FORK:
            self._keep_forked(manifest, source, error.file_name)
        name = sender_name(self._work, manifest.sender)
        return replace(report, sender=name, number=manifest.number, bundle=manifest.bundle)


def _have(held: Mapping[bytes, Held], origin: bytes) -> int:
    return held[origin].number if origin in held else 0
