"""Hostile bundles: whatever a stranger, or an accepted office, may put into a file.

They are made from the page of the format, not by the program's own writer. Whoever holds the key of
an accepted office signs what he likes: then only what is checked behind the signature stands.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from formats.bundle.forged import parts, signed
from storage.ledger.forge import chain, text

_PLACES = 7  # of a line
STRANGE: list[Any] = [
    *(None, True, -1, 0, 1, 2, 7, 2**31, 2**40, 2**53, 2**62, 2**63, 10**400, 1.5, 1e308),
    *("", "x", "ops", "person", "\u0301", "é", "\x00", "=1+1", "<img src=http://x>", "../x", "CON"),
    *("A" * 22, "A" * 43, "A" * 70_000, [], [[1, 2]], [None] * 500, {}, {"": {}}, {"fmt": 1}),
]


@dataclass
class Section:
    """The ops of one kind, as plain values."""

    head: list[Any]
    lines: list[Any]
    changes: dict[str, Any] = field(default_factory=dict)  # what the manifest says of it, wrongly


@dataclass
class Draft:
    """A bundle as plain values, on its way to be signed."""

    manifest: dict[str, Any]
    sections: list[Section]
    blobs: list[bytes]
    seed: bytes
    is_chained: bool = True

    def signed(self) -> bytes:
        """Return the file: its sections as they are, its hashes right, its signature fitting."""
        bodies, secs = [], []
        for section in self.sections:
            whole = b"\n".join([_said(section.head), *map(_said, section.lines)])
            bodies.append(zlib.compress(whole, 1))
            sec = _section("ops", len(section.lines), bodies[-1], len(whole))
            secs.append(sec | section.changes)
        for blob in self.blobs:
            bodies.append(blob)
            secs.append(_section("blob", 1, blob, len(blob)))
        manifest = self.manifest | {"secs": secs}
        if self.is_chained and isinstance(manifest.get("ranges"), dict):
            manifest["ranges"] = self._ranges()
        whole = json.dumps(manifest, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        said_so = whole.encode("utf-8", "surrogatepass")
        return signed(None, b"".join(bodies), text=said_so, seed=self.seed)

    def _ranges(self) -> dict[str, Any]:
        """Return the ranges with the hashes that these lines have."""
        ranges = copy.deepcopy(self.manifest["ranges"])
        for origin, span in ranges.items():
            if not isinstance(span, list):
                continue  # spoilt: refused before its hash is looked at
            lines = [
                (line, section.head[1])
                for section in self.sections
                if section.head[:1] == [origin]
                for line in section.lines
            ]
            try:
                end = bytes(32)
                for line, kind in sorted(lines, key=lambda one: one[0][0]):
                    end = chain(end, kind, line)
                span[3] = text(end)
            except (TypeError, ValueError, AttributeError, IndexError, KeyError):
                continue  # no lines at all: refused before their hash is looked at
        return ranges


def _said(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _section(kind: str, count: int, body: bytes, inflated: int) -> dict[str, Any]:
    sha = hashlib.sha256(body).hexdigest()
    return {"kind": kind, "n": count, "clen": len(body), "ulen": inflated, "sha": sha}


def draft_of(payload: bytes, seed: bytes) -> Draft:
    """Read a good bundle into plain values."""
    manifest, body = parts(payload)
    sections, blobs, at = [], [], 0
    for sec in manifest["secs"]:
        stored = body[at : at + sec["clen"]]
        at += sec["clen"]
        if sec["kind"] == "ops":
            head, *lines = map(json.loads, zlib.decompress(stored).split(b"\n"))
            sections.append(Section(head, lines))
        else:
            blobs.append(stored)
    return Draft(manifest, sections, blobs, seed)


Seals = tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]
Way = Callable[[Draft, random.Random], None]

# by bytes


def by_bytes(whole: bytes, chance: random.Random) -> bytes:
    """Return a file with bits flipped, a piece cut out, doubled or appended."""
    size = len(whole)
    match chance.randrange(4):
        case 0:
            broken = bytearray(whole)
            for _ in range(chance.randint(1, 4)):
                broken[chance.randrange(size)] ^= 1 << chance.randrange(8)
            return bytes(broken)
        case 1:
            return whole[: chance.randrange(size)]
        case 2:
            return whole[: chance.randrange(size)] + whole[chance.randrange(size) :]
        case _:
            return whole + chance.randbytes(chance.randint(1, 20))


# by meaning, signed


def by_meaning(good: Draft, chance: random.Random, ways: Sequence[Way] | None = None) -> bytes:
    """Return a file that is signed and whose hashes fit, and that says something strange."""
    draft = copy.deepcopy(good)
    for _ in range(1 + (chance.random() < 0.2)):
        chance.choice(ways or WAYS)(draft, chance)
    return draft.signed()


def _line(draft: Draft, chance: random.Random) -> Any:
    lines = [line for line in chance.choice(draft.sections).lines if isinstance(line, list)]
    return chance.choice(lines) if lines else []


def _whole_line(draft: Draft, chance: random.Random) -> list[Any]:
    """Return a line in which every place still stands."""
    line = _line(draft, chance)
    whole = len(line) == _PLACES and isinstance(line[0], int) and isinstance(line[3], int)
    sound = whole and isinstance(line[2], int) and isinstance(line[5], list)
    return line if sound else [1, "", 1, 1, [], [None], []]


def _strange_value(draft: Draft, chance: random.Random) -> None:
    """One place of one line."""
    _spoil(_line(draft, chance), chance)


def _strange_manifest(draft: Draft, chance: random.Random) -> None:
    _spoil(draft.manifest, chance)
    draft.is_chained = chance.random() < 0.5


def _spoil(whole: Any, chance: random.Random) -> None:
    place = whole
    while True:
        if not place:
            return
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if isinstance(place[key], dict | list) and place[key] and chance.random() < 0.7:
            place = place[key]
            continue
        if chance.random() < 0.15:
            del place[key]
        else:
            place[key] = chance.choice(STRANGE)
        return


def _other_pointers(draft: Draft, chance: random.Random) -> None:
    """To itself, the future, another origin, too many, out of order."""
    line = _whole_line(draft, chance)
    own = [chance.randint(0, line[0] + 3) for _ in range(chance.randint(1, 4))]
    others = [[text(chance.randbytes(16)), chance.randint(1, 5)] for _ in range(2)]
    line[4] = sorted(set(own)) + sorted(others) * (chance.random() < 0.3)


def _other_numbers(draft: Draft, chance: random.Random) -> None:
    """A hole, a repeat, a falling or a far Lamport number."""
    line = _whole_line(draft, chance)
    place = chance.choice([0, 3])
    line[place] = chance.choice([1, line[place] - 1, line[place] + 1, 2**40 - 1, 2**62, 10**9 + 99])


def _other_record(draft: Draft, chance: random.Random) -> None:
    """Records of another office or of the province, and of nobody's making."""
    owner = chance.choice([0, 1, 62, 65_535])
    _whole_line(draft, chance)[1] = text(chance.randbytes(14) + owner.to_bytes(2))


def wrong_mask(draft: Draft, chance: random.Random) -> None:
    line = _whole_line(draft, chance)
    line[2] = chance.choice([0, 1, 3, line[2] ^ 2, line[2] << 1, (1 << len(line[5])) - 1])


def _other_order(draft: Draft, chance: random.Random) -> None:
    lines = chance.choice(draft.sections).lines
    match chance.randrange(3):
        case 0:
            chance.shuffle(lines)
        case 1:
            lines.append(copy.deepcopy(chance.choice(lines)))
        case _:
            del lines[chance.randrange(len(lines))]


def _other_head(draft: Draft, chance: random.Random) -> None:
    head = chance.choice(draft.sections).head
    if len(head) < 3:
        return
    match chance.randrange(3):
        case 0:
            head[0] = text(chance.randbytes(16))
        case 1:
            head[1] = chance.choice(["unit", "score", "new_kind", "đơn vị", "x" * 65, ""])
        case _:
            head[2] = chance.sample(head[2], max(1, len(head[2]) - chance.randint(0, 2)))


def _other_origin(draft: Draft, chance: random.Random) -> None:
    """All of it under the number of somebody else."""
    other = text(chance.randbytes(16))
    spans = draft.manifest.get("ranges")
    if isinstance(spans, dict) and spans:
        old = chance.choice(list(spans))
        spans[other] = spans.pop(old)
        for section in draft.sections:
            section.head = [other if one == old else one for one in section.head]


def _bomb(draft: Draft, chance: random.Random) -> None:
    chance.choice(draft.sections).lines.append(b"x" * 3_000_000)


def _other_range(draft: Draft, chance: random.Random) -> None:
    spans = draft.manifest.get("ranges")
    if not isinstance(spans, dict) or not spans:
        return
    span, place = chance.choice(list(spans.values())), chance.randrange(4)
    if not isinstance(span, list) or len(span) <= place or not isinstance(span[place], int | str):
        return
    span[place] = (
        chance.choice([0, 1, 2, span[place] + 1, 2**40])
        if place < 2
        else text(chance.randbytes(32))
    )
    draft.is_chained = chance.random() < 0.5


def _other_section(draft: Draft, chance: random.Random) -> None:
    """Wrong counts and lengths, twice the same, another's hash."""
    section = chance.choice(draft.sections)
    match chance.randrange(4):
        case 0:
            section.changes = {chance.choice(["n", "clen", "ulen"]): chance.choice(STRANGE)}
        case 1:
            draft.sections.append(copy.deepcopy(section))
        case 2:
            section.changes = {"sha": hashlib.sha256(b"other").hexdigest()}
        case _:
            section.lines.append(b"x" * chance.choice([0, 9, 300_000]))


def _other_blobs(draft: Draft, chance: random.Random) -> None:
    match chance.randrange(3):
        case 0:
            draft.blobs.append(chance.randbytes(9))
        case 1:
            draft.manifest["blobs"] = ["0" * 64]
        case _:
            blob = b"MZ" + chance.randbytes(99)
            draft.blobs.append(blob)
            shas = [hashlib.sha256(one).hexdigest() for one in draft.blobs]
            draft.manifest["blobs"] = sorted(shas)


def _other_reader(draft: Draft, chance: random.Random) -> None:
    draft.manifest["to"] = chance.choice([None, 1, 62, 65_535, 65_536])


def _other_sender(draft: Draft, chance: random.Random) -> None:
    sender = draft.manifest.get("sender")
    if not isinstance(sender, dict):
        return
    match chance.randrange(3):
        case 0:
            sender["office"] = chance.choice([0, 62])
        case 1:
            sender["role"] = chance.choice(["province", "department", "root"])
        case _:  # nobody knows this one, and he asks for nothing
            sender["replica"] = text(chance.randbytes(16))
            draft.manifest["request"] = None


def _another_key(draft: Draft, chance: random.Random) -> None:
    draft.seed = chance.randbytes(32)


def _newer(draft: Draft, chance: random.Random) -> None:
    draft.manifest["fmt"] = chance.choice([2, 3, 2**39])


def _too_many(draft: Draft, chance: random.Random) -> None:
    draft.manifest["certs"] = [draft.manifest.get("sender")] * chance.choice([400, 401, 402])


WAYS: list[Way] = [
    *[_strange_value] * 4,
    *[_strange_manifest] * 3,
    *(_other_pointers, _other_pointers, _other_numbers, _other_numbers, _other_record),
    *(wrong_mask, _other_order, _other_head, _other_range, _other_section, _other_blobs),
    *(_other_reader, _other_sender, _another_key, _newer, _too_many, _other_origin, _bomb),
]


def mutants(
    good: Draft, seals: Seals, chance: random.Random, count: int
) -> Iterator[tuple[bytes, bool]]:
    """Return hostile files, and of each whether its signature fits.

    `seals` are the seal for the reader and one for somebody else.
    """
    sealed, for_another = seals
    whole = good.signed()
    seal = sealed(whole)
    for _ in range(count):
        match chance.random():
            case part if part < 0.01:
                yield for_another(whole), False
            case part if part < 0.02:
                yield chance.choice([b"", b"%PDF-1.7", b"PK\x03\x04", whole[1:]]), False
            case part if part < 0.5:
                yield by_bytes(whole, chance), False
            case part if part < 0.55:
                yield by_bytes(seal, chance), False
            case part if part < 0.6:
                yield sealed(by_meaning(good, chance)), True
            case _:
                yield by_meaning(good, chance), True
