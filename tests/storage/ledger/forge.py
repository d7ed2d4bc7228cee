"""Bundles made by hand, from the page of the format and not from the program's own writer."""

from __future__ import annotations

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from storage.ledger.world import OFFICE, RECORDS, Replica
from thidua_desktop.domain.bundles import (
    BundleContents,
    BundleKind,
    Certificate,
    Manifest,
    MergeCounts,
    OpRange,
    OpSection,
)

ZERO = bytes(32)
SALT = "A" * 22
SCORE = (
    "_xoa",
    "checklist_id",
    "criterion_id",
    "assessment",
    "self_score",
    "note",
    "verified_score",
    "verified_note",
    "plan",
    "actual",
    "grade",
    "self_reason",
    "cross_score",
    "cross_note",
)
ASSESSMENT, SELF_SCORE, NOTE, VERIFIED = 3, 4, 5, 6
STRANGER = Certificate(
    replica=b"another PC......",
    office=OFFICE,
    unit_id=UUID(int=OFFICE),
    role="office",
    public_key=b"",
)
ORIGIN = hashlib.sha256(STRANGER.replica + b"common").digest()[:16]


def text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def line(  # one keyword for each place of a line
    seq: Any = 1,
    *,
    values: dict[int, Any] | None = None,
    record: UUID = RECORDS[0],
    row: Any = None,
    mask: Any = None,
    lam: Any = None,
    prev: Any = (),
    width: int = len(SCORE),
    at: Any = 0,
    who: Any = "Lan",
    salt: Any = SALT,
) -> list[Any]:
    written = {NOTE: "x"} if values is None else values
    return [
        seq,
        text(record.bytes) if row is None else row,
        sum(1 << bit for bit in written) if mask is None else mask,
        seq if lam is None else lam,
        list(prev),
        [written.get(bit) for bit in range(width)],
        [at, who, salt],
    ]


def said(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def chain(before: bytes, kind: str, of: list[Any]) -> bytes:
    """h_n = SHA256(h_{n-1} + SHA256([kind, all but values and salt]) + SHA256(salt + values))."""
    seq, row, mask, lam, prev, values, (at, who, salt) = of
    shell = hashlib.sha256(said([kind, seq, row, mask, lam, prev, at, who])).digest()
    inside = hashlib.sha256(salt.encode() + said(values)).digest()
    return hashlib.sha256(before + shell + inside).digest()


def bundle(
    lines: Sequence[list[Any]],
    *,
    kind: str = "score",
    fields: Sequence[str] = SCORE,
    raw: Sequence[bytes] | None = None,
    start: int = 0,
    start_hash: bytes = ZERO,
    end_hash: bytes | None = None,
    origin: bytes = ORIGIN,
) -> BundleContents:
    end = start_hash
    for one in lines:
        try:
            end = chain(end, kind, one)
        except (TypeError, ValueError, AttributeError):
            break  # no line at all: it is refused before its hash is looked at
    span = OpRange(start, start + len(lines), start_hash, end if end_hash is None else end_hash)
    data = tuple(said(one) for one in lines) if raw is None else tuple(raw)
    section = OpSection(origin=origin, kind=kind, fields=tuple(fields), lines=data)
    return contents({origin: span}, [section])


def contents(ranges: dict[bytes, OpRange], sections: Sequence[OpSection]) -> BundleContents:
    manifest = Manifest(
        bundle=uuid4(),
        number=1,
        kind=BundleKind.DELTA,
        sender=STRANGER,
        to=None,
        at=datetime(2024, 11, 25, tzinfo=UTC),
        program="thử",
        ranges=ranges,
        have={},
    )
    return BundleContents(manifest=manifest, sections=tuple(sections), blobs={})


def receive(replica: Replica, made: BundleContents, author: Certificate = STRANGER) -> MergeCounts:
    return replica.ledger.apply(
        made,
        authors=dict.fromkeys(made.manifest.ranges, author),
        file_name="gói.tdkt",
        progress=lambda _done, _total: None,
        stop_wanted=lambda: False,
    )
