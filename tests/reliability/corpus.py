"""The hostile bundles that are kept by name (reliability.md, "Hostile inputs to keep").

Each says what it is, and why it is refused; None: it is taken, for it can do nothing that its
sender may not do, and the laws hold.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from attachment_files import EXE_BYTES, HTML_BYTES, PDF_BYTES, a_docm
from formats.bundle.forged import parts, signed
from reliability.desk import Desk
from reliability.hostile import Draft, Section
from storage.ledger.forge import text
from thidua_desktop.domain.attachments import DOCX, PDF, Attachment
from thidua_desktop.domain.records import kind_spec

SEALED = b"age-encryption.org/v1\n"
STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"B" * 43 + b"\n"
END = b"--- " + b"C" * 43 + b"\n"
SALT = "A" * 22


@dataclass(frozen=True)
class Hostile:
    """A file, and the code with which it is refused."""

    make: Callable[[Desk], bytes]
    code: str | None


BUNDLES: dict[str, Hostile] = {}


def by_bytes(name: str, code: str | None, change: Callable[[bytes], bytes]) -> None:
    """Keep a file that is not what was signed."""
    BUNDLES[name] = Hostile(lambda desk: change(desk.good.signed()), code)


def by_meaning(name: str, code: str | None, change: Callable[[Draft], object]) -> None:
    """Keep a file that an accepted office signs."""

    def make(desk: Desk) -> bytes:
        draft = copy.deepcopy(desk.good)
        change(draft)
        return draft.signed()

    BUNDLES[name] = Hostile(make, code)


def by_text(name: str, code: str | None, said: bytes, instead: bytes) -> None:
    """Keep a file in whose manifest one text stands for another, signed so."""

    def make(desk: Desk) -> bytes:
        whole = desk.good.signed()
        length = int.from_bytes(whole[6:10])
        manifest, body = whole[10 : 10 + length], parts(whole)[1]
        assert said in manifest
        changed = manifest.replace(said, instead, 1)
        return signed(None, body, text=changed, seed=desk.good.seed)

    BUNDLES[name] = Hostile(make, code)


def by_line(name: str, code: str | None, change: Callable[[list[Any]], object]) -> None:
    """Keep a file of which one line, that the province has not met, is another."""
    by_meaning(name, code, lambda draft: change(last_line(draft)))


def raw_line(name: str, said: bytes, instead: bytes) -> None:
    """Keep a file in one line of which one text stands for another."""

    def change(draft: Draft) -> None:
        section = _last_section(draft)
        line = json.dumps(section.lines[-1], ensure_ascii=False, separators=(",", ":")).encode()
        assert said in line
        section.lines[-1] = line.replace(said, instead, 1)
        draft.is_chained = False

    by_meaning(name, "E-FORMAT", change)


def _last_section(draft: Draft) -> Any:
    return max(draft.sections, key=lambda section: section.lines[-1][0])


def last_line(draft: Draft) -> list[Any]:
    """Return the line with the highest number that writes a value."""
    lines = [line for section in draft.sections for line in section.lines if line[2] != 1]
    return max(lines, key=lambda line: line[0])


def _lie(field: str, value: int) -> Callable[[Draft], None]:
    return lambda draft: draft.sections[0].changes.update({field: value})


def _values(line: list[Any], value: object) -> None:
    """Write this into the first text of a line."""
    place = next(place for place, old in enumerate(line[5]) if isinstance(old, str))
    line[5][place] = value


def _origin(draft: Draft) -> str:
    return str(draft.sections[0].head[0])


# bytes

by_bytes("empty", "E-TYPE", lambda _: b"")
by_bytes("wrong magic", "E-TYPE", lambda whole: b"TDKT2\n" + whole[6:])
by_bytes("a PDF", "E-TYPE", lambda _: b"%PDF-1.7\n%%EOF\n")
by_bytes("a zip", "E-TYPE", lambda _: b"PK\x03\x04" + bytes(200))
by_bytes("a database", "E-TYPE", lambda _: b"SQLite format 3\x00" + bytes(200))
by_bytes("appended bytes", "E-DAMAGED", lambda whole: whole + b"x")
by_bytes("twice in one file", "E-DAMAGED", lambda whole: whole * 2)
for place in range(6):

    def _cut(whole: bytes, place: int = place) -> bytes:
        """Cut at a boundary: magic, length, manifest, signature, sections."""
        length = int.from_bytes(whole[6:10])
        secs = parts(whole)[0]["secs"]
        ends = [6, 10, 10 + length, 74 + length, 74 + length + secs[0]["clen"], len(whole) - 1]
        return whole[: ends[place]]

    by_bytes(f"truncated at boundary {place + 1}", "E-DAMAGED", _cut)
for length, means in ((0, "0"), (2**32 - 1, "2^32-1"), (2**31, "2^31")):
    by_bytes(
        f"length of the manifest {means}",
        "E-DAMAGED",
        lambda whole, length=length: whole[:6] + length.to_bytes(4) + whole[10:],  # type: ignore[misc]
    )

# the manifest

by_text("manifest not canonical", "E-DAMAGED", b'"no":', b'"no": ')
by_text("key in the manifest twice", "E-DAMAGED", b'"sums":', b'"sums":{},"sums":')
by_text("unknown key in the manifest", None, b'"wants":', b'"vv":1,"wants":')
by_text("unknown key in a section", "E-DAMAGED", b'{"clen":', b'{"aa":1,"clen":')
by_text("deep nesting", "E-DAMAGED", b'"wants":', b'"vv":' + b"[" * 900 + b"]" * 900 + b',"wants":')
by_text("very deep nesting", "E-DAMAGED", b'"wants":', b'"vv":' + b"[" * 90_000 + b',"wants":')
by_text("integer of 400 digits", "E-DAMAGED", b'"no":', b'"no":1' + b"0" * 400 + b',"nr":')
by_text("1e308", "E-DAMAGED", b'"wants":', b'"vv":1e308,"wants":')
by_text("NaN", "E-DAMAGED", b'"wants":', b'"vv":NaN,"wants":')
by_text("lone surrogate", "E-DAMAGED", b'"wants":', b'"vv":"\\ud800","wants":')
by_text("bytes of a surrogate", "E-DAMAGED", b'"wants":', b'"vv":"\xed\xa0\x80","wants":')
by_text("NUL", "E-DAMAGED", b'"wants":', b'"vv":"\\u0000","wants":')
by_text("text taken apart", "E-DAMAGED", b'"wants":', '"vv":"e\u0301","wants":'.encode())
# What a section says of its own size, and does not have.
_LIES = {
    "n": {0: "E-FORMAT", -1: "E-DAMAGED", 2**32 - 1: "E-SIZE", 2**40: "E-DAMAGED"},
    "clen": dict.fromkeys((0, -1, 2**32 - 1, 2**40), "E-DAMAGED"),
    "ulen": {0: "E-BOMB", -1: "E-DAMAGED", 2**32 - 1: "E-BOMB", 2**40: "E-DAMAGED"},
}
for field, said in _LIES.items():
    for value, code in said.items():
        by_meaning(f"{field} of a section {value}", code, _lie(field, value))


def _others_hash(draft: Draft) -> None:
    sha = parts(draft.signed())[0]["secs"][1]["sha"]
    draft.sections[0].changes = {"sha": sha}


by_meaning("hash of another section", "E-DAMAGED", _others_hash)
by_meaning("newer format", "E-NEWER", lambda draft: draft.manifest.update(fmt=2))
by_meaning("for another office", "E-NOTME", lambda draft: draft.manifest.update(to=9))
by_meaning(
    "401 certificates",
    "E-SIZE",
    lambda draft: draft.manifest.update(certs=[draft.manifest["sender"]] * 401),
)

# who sent it


def _key_of_another(draft: Draft) -> None:
    draft.seed = bytes(32)


def _stranger(draft: Draft) -> None:
    draft.manifest["sender"]["replica"] = text(b"s" * 16)
    draft.manifest["request"] = None


def _as(office: int, role: str) -> Callable[[Draft], None]:
    def change(draft: Draft) -> None:
        draft.manifest["sender"] |= {"office": office, "role": role}

    return change


def _other_origin(draft: Draft) -> None:
    other, own = text(b"x" * 16), _origin(draft)
    draft.manifest["ranges"] = {other: draft.manifest["ranges"][own]}
    for section in draft.sections:
        section.head[0] = other


def _province_s_origin(desk: Desk) -> bytes:
    with desk.ports.store.read() as work:
        (common,) = [
            oid
            for one in work.book.certificates()
            if one.role == "province"
            for oid in work.exchange.origins_of(one, ())
            if oid in work.exchange.origins()
        ][:1]
    draft, own = copy.deepcopy(desk.good), _origin(desk.good)
    draft.manifest["ranges"] = {text(common): draft.manifest["ranges"][own]}
    for section in draft.sections:
        section.head[0] = text(common)
    return draft.signed()


by_meaning("signed by another key", "E-FORGED", _key_of_another)
by_meaning("a stranger who asks for nothing", "E-UNKNOWN", _stranger)
by_meaning("claims to be the province", "E-FORGED", _as(0, "province"))
by_meaning("claims another office", "E-FORGED", _as(62, "office"))
by_meaning("an unknown origin", "E-AUTH", _other_origin)
BUNDLES["the province's own origin"] = Hostile(_province_s_origin, "E-AUTH")
BUNDLES["sealed for another"] = Hostile(lambda desk: desk.seals[1](desk.good.signed()), "E-KEY")
BUNDLES["sealed, a byte changed"] = Hostile(
    lambda desk: _changed(desk.seals[0](desk.good.signed())), "E-DAMAGED"
)


def _changed(sealed: bytes) -> bytes:
    return sealed[:-9] + bytes([sealed[-9] ^ 1]) + sealed[-8:]


# seals


def _scrypt(work: bytes) -> bytes:
    return SEALED + b"-> scrypt " + SALT.encode() + b" " + work + b"\n" + b"B" * 43 + b"\n" + END


by_bytes("4,000 stanzas", "E-SIZE", lambda _: SEALED + STANZA * 4_000 + END + bytes(100))
by_bytes("21 stanzas", "E-SIZE", lambda _: SEALED + STANZA * 21 + END + bytes(100))
by_bytes("work of a phrase 2^40", "E-SIZE", lambda _: _scrypt(b"40") + bytes(100))
by_bytes("work of a phrase -1", "E-DAMAGED", lambda _: _scrypt(b"-1") + bytes(100))
by_bytes("a seal that never ends", "E-SIZE", lambda _: SEALED + STANZA * 900)

# the lines


def _swap(draft: Draft) -> None:
    lines = max((section.lines for section in draft.sections), key=len)
    lines[0], lines[1] = lines[1], lines[0]


def _repeat(draft: Draft) -> None:
    lines = _last_section(draft).lines
    lines.append(copy.deepcopy(lines[-1]))
    draft.manifest["ranges"][_origin(draft)][1] += 1


def _hole(draft: Draft) -> None:
    last_line(draft)[0] += 90


def _missing(draft: Draft) -> None:
    del _last_section(draft).lines[-1]


def _bomb(draft: Draft) -> None:
    draft.sections[0].lines.append(b"x" * 3_000_000)


def _other_content(draft: Draft) -> None:
    """A number that the province holds, with another value."""
    _values(min((s.lines[0] for s in draft.sections), key=lambda line: line[0]), "Người khác")


def _with_a_file(draft: Draft) -> None:
    """A file that comes with ops that are none stays outside with them."""
    draft.blobs = [b"content"]
    draft.manifest["blobs"] = [hashlib.sha256(b"content").hexdigest()]
    last_line(draft)[3] = 2 * 10**9


by_meaning("a file beside ops that are none", "E-FORMAT", _with_a_file)
by_meaning("ops out of order", "E-FORMAT", _swap)
by_meaning("an op twice", "E-FORMAT", _repeat)
by_meaning("a hole in the numbers", "E-FORMAT", _hole)
by_meaning("fewer ops than it says", "E-FORMAT", _missing)
by_meaning("a bomb", "E-BOMB", _bomb)
by_meaning("own origin with other content", "E-FORK", _other_content)
by_line("falling lam", "E-FORMAT", lambda line: line.__setitem__(3, 1))
by_line("lam 2^62", "E-FORMAT", lambda line: line.__setitem__(3, 2**62))
by_line("lam far ahead", "E-FORMAT", lambda line: line.__setitem__(3, 2 * 10**9))
by_line("65 pointers", "E-FORMAT", lambda line: line.__setitem__(4, list(range(1, 66))))
by_line("pointers out of order", "E-FORMAT", lambda line: line.__setitem__(4, [2, 1]))
by_line("mask of nothing", "E-FORMAT", lambda line: line.__setitem__(2, 0))
by_line("a row that is no id", "E-FORMAT", lambda line: line.__setitem__(1, "../x"))
by_line("a value of 65,537 characters", "E-FORMAT", lambda line: _values(line, "x" * 65_537))
by_line("a value that is a list", "E-FORMAT", lambda line: _values(line, [["x"] * 99] * 99))
by_line("a value with a control", "E-FORMAT", lambda line: _values(line, "a\x1b[2Jb"))
by_line("a value taken apart", "E-FORMAT", lambda line: _values(line, "Nguye\u0302\u0303n"))
by_line("a line of 256 KiB and one", "E-FORMAT", lambda line: line[6].__setitem__(1, "x" * 262_144))
raw_line("in a line, an integer of 400 digits", b"null", b"1" + b"0" * 400)
raw_line("in a line, NaN", b"[", b"[NaN,")
raw_line("in a line, 1e308", b"[", b"[1e308,")
raw_line("in a line, a lone surrogate", b'"', b'"\\ud800')
raw_line("in a line, NUL", b'"', b'"\\u0000')
raw_line("in a line, deep nesting", b"[", b"[" * 50_000)
raw_line("in a line, bytes that are no text", b'"', b'"\xff')

# what its sender may say, and what gains him nothing

by_line("a pointer to itself", None, lambda line: line.__setitem__(4, [line[0]]))
by_line("a pointer to the future", None, lambda line: line.__setitem__(4, [line[0] + 9]))
by_line(
    "a pointer to an origin nobody knows",
    None,
    lambda line: line.__setitem__(4, [[text(b"q" * 16), 1]]),
)
by_line("a pointer to another cell", None, lambda line: line.__setitem__(4, [max(1, line[0] - 3)]))
by_line(
    "a record of another office",
    None,
    lambda line: line.__setitem__(1, text(bytes(14) + b"\0\x09")),
)
by_line("a formula", None, lambda line: _values(line, "=cmd|' /C calc'!A0"))
by_line("markup", None, lambda line: _values(line, "<img src=http://x/a.png><b>"))
by_line("a line turned around", None, lambda line: _values(line, "a\u202ecod.exe"))


# files beside evidence: taken, and never given out as what they say

Given = tuple[str, str, bytes]
FILES: dict[str, Given] = {
    "a program": ("hoa-don.exe", PDF, EXE_BYTES),
    "a program called a PDF": ("hóa đơn.pdf", PDF, EXE_BYTES),
    "HTML in PDF clothes": ("quyết định.pdf", PDF, HTML_BYTES),
    "a document with macros": ("báo cáo.docx", DOCX, a_docm()),
    "a PDF called a document": ("tờ trình.docx", DOCX, PDF_BYTES),
    "a kind that nobody knows": ("a.bin", "text/html", HTML_BYTES),
    "a path": ("../../../a.pdf", PDF, PDF_BYTES),
    "a path of Windows": ("..\\..\\C:\\a.pdf", PDF, PDF_BYTES),
    "a device": ("CON.pdf", PDF, PDF_BYTES),
    "a stream": ("a.pdf:x", PDF, PDF_BYTES),
    "a trailing dot": ("a.pdf. .", PDF, PDF_BYTES),
    "a name turned around": ("a\u202efdp.exe", PDF, PDF_BYTES),
    "a name of one dot": (".", PDF, PDF_BYTES),
    "a very long name": ("ứ" * 120, PDF, PDF_BYTES),
}


def with_attachments(desk: Desk) -> bytes:
    """Return a bundle with a record for each of these files, signed by its sender."""
    draft = copy.deepcopy(desk.good)
    origin, (start, end, *hashes) = next(iter(draft.manifest["ranges"].items()))
    names = [spec.name for spec in kind_spec(Attachment).fields]
    lam, office = last_line(draft)[3] + 9, draft.manifest["sender"]["office"]
    lines = []
    for number, (name, mime, content) in enumerate(FILES.values(), start=1):
        fields = {"name": name, "mime": mime, "size": len(content)}
        fields |= {"file": hashlib.sha256(content).hexdigest()}
        row = text(number.to_bytes(14) + office.to_bytes(2))
        values = [None, *(fields.get(one) for one in names)]
        mask = sum(1 << place for place, value in enumerate(values) if value is not None)
        lines.append([end + number, row, mask, lam + number, [], values, [0, "Lan", SALT]])
    draft.sections.append(Section([origin, "attachment", ["_xoa", *names]], lines))
    draft.manifest["ranges"][origin] = [start, end + len(lines), *hashes]
    draft.blobs = [*dict.fromkeys(content for _, _, content in FILES.values())]
    draft.blobs.sort(key=lambda one: hashlib.sha256(one).hexdigest())
    draft.manifest["blobs"] = [hashlib.sha256(one).hexdigest() for one in draft.blobs]
    return draft.signed()
