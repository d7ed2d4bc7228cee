"""Who asks to be enrolled shows that it holds the enrolment file: a proof by its secret."""

from __future__ import annotations

import hmac

from thidua_desktop.domain.bundles import Certificate, Manifest
from thidua_desktop.services.ports import Work


def proof_of(secret: bytes, certificate: Certificate) -> bytes:
    """Return what shows that a certificate was made by one who knows the enrolment's secret."""
    said = (
        certificate.replica,
        certificate.office.to_bytes(2),
        certificate.unit_id.bytes,
        certificate.role.encode(),
        certificate.public_key,
        certificate.receiving_key or b"",
    )
    return hmac.digest(secret, b"TDKT-DK1" + b"".join(said), "sha256")


def proves(work: Work, manifest: Manifest) -> bool:
    """Tell whether the request in a bundle knows the secret of an enrolment of its office."""
    request, sender = manifest.request, manifest.sender
    return request is not None and any(
        not enrolment.closed
        and enrolment.office.number == sender.office
        and enrolment.office.unit_id == sender.unit_id
        and enrolment.office.role == sender.role
        and hmac.compare_digest(proof_of(enrolment.secret, sender), request.proof)
        for enrolment in work.book.enrolments()
    )
