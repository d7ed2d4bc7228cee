"""Joins the ports to the real world; nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from thidua_desktop import __version__
from thidua_desktop.domain.catalogue import PlanCatalogue
from thidua_desktop.services.ports import Drawings, Measures, Ports

if TYPE_CHECKING:  # what is heavy is imported when a use case is about to run
    from thidua_desktop.storage.staging_pool import StagingPool


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def make_ports(
    data: Path,
    identity: Path,
    *,
    who: str = "",
    now: Callable[[], datetime] = utc_now,
    noise: Callable[[int], bytes] = os.urandom,
    keeps_backups: bool = False,
) -> Ports:
    """Return the ports of the office whose data lies in this folder.

    What is heavy to import is imported here, when a use case is about to run: the first picture
    of the window needs none of it.
    """
    from thidua_desktop.app.paths import resources  # noqa: PLC0415
    from thidua_desktop.formats.attachments import AttachmentFiles  # noqa: PLC0415
    from thidua_desktop.formats.bundle.container import BundleFiles  # noqa: PLC0415
    from thidua_desktop.formats.bundle.enrolment import EnrolmentFiles  # noqa: PLC0415
    from thidua_desktop.formats.bundle.parts import PartFiles  # noqa: PLC0415
    from thidua_desktop.formats.bundle.sealing import AgeSealing  # noqa: PLC0415
    from thidua_desktop.formats.bundle.signing import Ed25519  # noqa: PLC0415
    from thidua_desktop.formats.docx.returned import ReturnedPapers  # noqa: PLC0415
    from thidua_desktop.formats.excel.workbooks import Workbooks  # noqa: PLC0415
    from thidua_desktop.formats.files import PlainFiles  # noqa: PLC0415
    from thidua_desktop.formats.papers import Papers  # noqa: PLC0415
    from thidua_desktop.services.offices import new_replica  # noqa: PLC0415
    from thidua_desktop.storage.backups import BackupFolder  # noqa: PLC0415
    from thidua_desktop.storage.dpapi import windows_guard  # noqa: PLC0415
    from thidua_desktop.storage.identity import Identities  # noqa: PLC0415
    from thidua_desktop.storage.key_folder import KeyFolder  # noqa: PLC0415
    from thidua_desktop.storage.store import OfficeStore  # noqa: PLC0415

    # Beside the identity: outside the data, and nothing else is known to be there.
    backups = BackupFolder(data, identity.parent / "backups", now)
    signing, sealing = Ed25519(), AgeSealing()
    keys = KeyFolder(identity, windows_guard())

    store = OfficeStore(
        data,
        identity,
        who=who,
        now=now,
        noise=noise,
        backups=backups if keeps_backups else None,
        identities=Identities(keys, sealing, noise),
        new_replica=partial(new_replica, signing=signing, sealing=sealing, noise=noise),
    )
    store.pool = _staging_pool()
    return Ports(
        store=store,
        keys=keys,
        backups=backups,
        keeps_backups=keeps_backups,
        signing=signing,
        sealing=sealing,
        bundles=BundleFiles(),
        enrolments=EnrolmentFiles(),
        workbooks=Workbooks(),
        papers=Papers(resources() / "fonts"),
        measures=_measures(),
        returned=ReturnedPapers(resources() / "fonts"),
        files=PlainFiles(),
        attachments=AttachmentFiles(),
        drawings=_drawings(),
        parts=PartFiles(),
        plan=shipped_plan,
        words=shipped_words,
        now=now,
        noise=noise,
        program=__version__,
    )


@cache
def _measures() -> Measures:
    """Return the one process that measures papers; it begins when something is measured."""
    from thidua_desktop.app.paths import resources  # noqa: PLC0415
    from thidua_desktop.formats.measuring.apart import MeasuresApart  # noqa: PLC0415

    return MeasuresApart(resources() / "fonts")


@cache
def _drawings() -> Drawings:
    """Return what draws for all windows of this program: one process, begun when it is needed."""
    from thidua_desktop.formats.drawing.process import DrawingProcess  # noqa: PLC0415

    return DrawingProcess()


@cache
def _staging_pool() -> StagingPool | None:
    """Return what sets bundles' lines down beside this process; None: it would only take turns."""
    from thidua_desktop.app.staging_worker import begin  # noqa: PLC0415
    from thidua_desktop.aside import are_cores_free  # noqa: PLC0415
    from thidua_desktop.storage.staging_pool import StagingPool  # noqa: PLC0415

    return StagingPool(begin) if are_cores_free() else None


def shipped_words() -> tuple[str, ...]:
    """Return the words of phrases and of keys on paper."""
    from thidua_desktop.app.paths import resources  # noqa: PLC0415

    return tuple((resources() / "keys" / "words.txt").read_text("utf-8").split())


@cache
def shipped_plan() -> PlanCatalogue:
    """Return the plan, the register and the catalogue that the program ships."""
    from thidua_desktop.app.paths import resources  # noqa: PLC0415
    from thidua_desktop.formats.catalogue import read_catalogue  # noqa: PLC0415

    return read_catalogue(resources())
