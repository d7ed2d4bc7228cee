"""Bundles written: the next one for a reader, one for each office, one sent before once more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.bundles import Manifest, OutgoingBundle, fingerprint
from thidua_desktop.domain.errors import (
    NoCopyError,
    NoRootError,
    NoSisterError,
    NotForRoleError,
    PhraseError,
    UncertifiedError,
    UnknownUnitError,
)
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.offices import SentBundle
from thidua_desktop.domain.recovery import plain_phrase
from thidua_desktop.domain.units import Unit, UnitRole, unit_by_code
from thidua_desktop.services.acknowledging import keep_copy, note_sent
from thidua_desktop.services.delivering import Outbox, files_of, outbox
from thidua_desktop.services.keys import certify_operations
from thidua_desktop.services.opening import readers
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.sending import Packing, bundle_name, make_bundle
from thidua_desktop.services.sisters import is_for_sisters, shares, sisters_of

USUAL = Packing()


@dataclass(frozen=True, slots=True, kw_only=True)
class BundleMade:
    """A bundle as it was written."""

    path: Path
    bundle: UUID
    number: int
    to: int | None
    ops: int
    sealed: bool
    files: tuple[Path, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Tell whether data of one office lies open, for want of a key to seal it."""
        return self.to is not None and not self.sealed


def export_bundle(
    ports: Ports, *, path: Path | None, folder: Path | None = None, packing: Packing = USUAL
) -> BundleMade:
    """Write a bundle with what its recipient has not said to hold.

    Without a path the file gets its usual name in the folder.

    Raises:
        UnknownUnitError: `for_unit` is no office, or `restore` names none.
        NotForRoleError: only the province restores.
        BundleTooLargeError: there is more to send than one bundle holds.
        UnwritableFileError: the file cannot be written; nothing was entered as sent.
    """
    with ports.store.write() as work, outbox(ports, work) as box:
        to = _recipient(work, packing.for_unit)
        _certify_province(ports, work)
        if packing.restore and not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        if packing.restore and to is None:
            raise UnknownUnitError(packing.for_unit or "")
        made = _Packer(ports, work, box, packing).write(to, path=path, folder=folder)
        box.commit()
        return made


def export_for_all(
    ports: Ports, *, folder: Path, packing: Packing = USUAL, sisters_too: bool = False
) -> tuple[BundleMade, ...]:
    """Write a bundle for each accepted office into a folder (province), and those for its other
    PCs if wanted. Raises as `export_for_sisters`.
    """
    with ports.store.write() as work, outbox(ports, work) as box:
        me = work.book.me()
        if not me.is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        _certify_province(ports, work)
        offices = sorted({one.office for one in work.book.certificates()} - {me.number})
        packer = _Packer(ports, work, box, packing)
        made = tuple(packer.write(to, path=None, folder=folder) for to in offices)
        if sisters_too:
            made += packer.write_for_sisters(folder)
        box.commit()
        return made


def export_for_sisters(
    ports: Ports, *, folder: Path, packing: Packing = USUAL
) -> tuple[BundleMade, ...]:
    """Write what the other PCs of the province have not said to hold into a folder: one bundle, or
    several where there is more than one has room for.

    Raises:
        NotForRoleError: only the province has such PCs.
        NoSisterError: no other PC of it is known.
        BundleTooLargeError, UnwritableFileError: as above.
    """
    with ports.store.write() as work, outbox(ports, work) as box:
        if not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        _certify_province(ports, work)
        made = _Packer(ports, work, box, packing).write_for_sisters(folder)
        box.commit()
        return made


def write_again(
    ports: Ports,
    number: int,
    *,
    path: Path | None = None,
    folder: Path | None = None,
    packing: Packing = USUAL,
) -> BundleMade:
    """Write a bundle sent before once more, byte for byte: its stick was lost, or its mail.

    Raises:
        NoCopyError: its copy is kept no more; its reader said that he holds it, or a later one
            holds all of it.
        UnwritableFileError: the file cannot be written.
    """
    with ports.store.read() as work:
        to = _recipient(work, packing.for_unit)
        entry = next((b for b in work.book.sent() if (b.number, b.to) == (number, to)), None)
    if entry is None:
        raise NoCopyError(number)
    return write_copy(ports, entry.bundle, path=path, folder=folder, part_size=packing.part_size)


def write_copy(
    ports: Ports,
    bundle: UUID,
    *,
    path: Path | None = None,
    folder: Path | None = None,
    part_size: int | None = None,
) -> BundleMade:
    """Write a bundle sent before, by its id. Raises as `write_again`."""
    with ports.store.read() as work:
        entry = next(b for b in work.book.sent() if b.bundle == bundle)
        copy = work.sent.file(bundle)
        if copy is None:
            raise NoCopyError(entry.number)
        target = path if path is not None else (folder or Path()) / entry.file_name
        files = []
        for file, pieces in files_of(ports, copy, target, part_size):
            ports.files.write(file, pieces)
            files.append(file)
        return BundleMade(
            path=target,
            bundle=bundle,
            number=entry.number,
            to=entry.to,
            ops=entry.ops,
            sealed=ports.sealing.is_sealed(copy),
            files=tuple(files),
        )


@dataclass(frozen=True, slots=True)
class _Packer:
    """Writes bundles within one transaction, all in the same way."""

    ports: Ports
    work: Work
    box: Outbox
    packing: Packing

    def write_for_sisters(self, folder: Path) -> tuple[BundleMade, ...]:
        """Write what the other PCs of the province are to hear of. Raises NoSisterError."""
        if not sisters_of(self.work):
            raise NoSisterError
        me = self.work.book.me().number
        parts = shares(self.work, full=self.packing.full)
        return tuple(
            self.write(me, path=None, folder=folder, about=about, is_next=place > 0)
            for place, about in enumerate(parts)
        )

    def write(
        self,
        to: int | None,
        *,
        path: Path | None,
        folder: Path | None,
        about: Collection[int] = (),
        is_next: bool = False,
    ) -> BundleMade:
        """Write the next bundle for a recipient, enter it and keep a copy.

        `about`: for other PCs of the province, of which offices it tells; `is_next`: another one
        was written for them just before, which this one does not make needless.
        """
        work = self.work
        me = work.book.me()
        bundle = make_bundle(self.ports, work, to=to, packing=self.packing, about=about)
        manifest = bundle.manifest
        place = PROVINCE_NUMBER if to is None else to
        office = place if me.is_province else manifest.sender.office
        is_sisterly = is_for_sisters(me, to)
        name = bundle_name(office, manifest.number, manifest.at, is_sisterly=is_sisterly)
        target = path if path is not None else (folder or Path()) / name
        entry = SentBundle(
            bundle=manifest.bundle,
            number=manifest.number,
            to=to,
            at=manifest.at,
            file_name=target.name,
            ops=sum(span.end - span.start for span in manifest.ranges.values()),
            digest=fingerprint(manifest),
        )
        with self.ports.store.private_folder() as private:
            file, sealed = self._packed(bundle, private)
            if not is_sisterly:  # offices have not heard of it
                note_sent(work, ((oid, span.end) for oid, span in manifest.ranges.items()))
            work.exchange.keep_ends(manifest.ranges.keys())
            work.book.add_sent(entry)
            copy = keep_copy(
                work, entry, manifest, file, is_light=self.packing.light, is_next=is_next
            )
        return BundleMade(
            path=target,
            bundle=entry.bundle,
            number=entry.number,
            to=to,
            ops=entry.ops,
            sealed=sealed,
            files=self.box.put(copy, target, self.packing.part_size),
        )

    def _packed(self, bundle: OutgoingBundle, folder: Path) -> tuple[Path, bool]:
        """Write the bundle into a private folder; tell whether it is sealed."""
        ports, plain, sealed = self.ports, folder / "goi", folder / "goi-kin"
        ports.bundles.write(bundle, ports.store.identity().seed, plain)
        if self.packing.phrase is not None:
            ports.sealing.seal_file_by_phrase(plain, sealed, plain_phrase(self.packing.phrase))
            return sealed, True
        keys = self._keys(bundle.manifest)
        if not keys:
            return plain, False
        ports.sealing.seal_file(plain, sealed, keys)
        return sealed, True

    def _keys(self, manifest: Manifest) -> tuple[bytes, ...]:
        # What is for all is no secret.
        return () if manifest.to is None else readers(self.ports, self.work, manifest.to)


def _recipient(work: Work, for_unit: str | None) -> int | None:
    me = work.book.me()
    if not me.is_province:
        if for_unit is not None:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        return PROVINCE_NUMBER
    if for_unit is None:
        return None
    unit = unit_by_code(work.records.having(Unit), for_unit)
    if not unit.number:  # the province itself, or a unit that is no office
        raise UnknownUnitError(for_unit)
    return unit.number


def _certify_province(ports: Ports, work: Work) -> None:
    """See that offices will believe the province's PC. Raises UncertifiedError."""
    if work.book.me().is_province:
        try:
            certify_operations(ports, work)
        except (NoRootError, PhraseError) as error:
            raise UncertifiedError from error
