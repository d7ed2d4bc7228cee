"""A database becomes a replica of its own: new id and keys, its drafts and all ops stay."""

from __future__ import annotations

from thidua_desktop.domain.bundles import Certificate
from thidua_desktop.domain.offices import RENEWED, Renewal
from thidua_desktop.storage.work import UnitOfWork


def renew_replica(
    work: UnitOfWork, certificate: Certificate, store: str, renewal: Renewal, *, cloned: bool
) -> None:
    """Let the database be the replica of this certificate, in the caller's transaction.

    What the former one numbered stands from now on like the ops of another PC of the office.
    """
    agreed: dict[bytes, int] = {}
    for reader in work.book.certificates():
        if reader.office != certificate.office:
            for origin, number in work.book.acknowledged(reader.replica).items():
                agreed[origin] = max(number, agreed.get(origin, 0))
    work.book.set_setting(RENEWED, renewal.to_text())
    work.book.set_store(store)
    work.book.add_certificate(certificate)
    work.book.forget_files()
    work.exchange.give_up(agreed, cloned=cloned)
