"""What the passages of a finished paper are: the boxes 1 to 14 of Decree 30/2020 found by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from thidua_desktop.domain.layout.measured import Column, MeasuredPaper, Passage
from thidua_desktop.domain.marks import Urgency
from thidua_desktop.domain.pages import MOTTO, STATE
from thidua_desktop.domain.text import fold

HEAD_PARTS = {
    "state": re.compile(
        r"c[ộô]ng h[òo][àa]? x[ãa] h[ộô]i ch[ủu] ngh[ĩi]a vi[ệê]t nam", re.IGNORECASE
    ),
    "motto": re.compile(r"[đd][ộo]c l[ậa]p\W+t[ựu] do\W+h[ạa]nh ph[úu]c", re.IGNORECASE),
    "place": re.compile(r"ngày\s.*tháng.*năm"),
}
ABOUT = re.compile(r"V/v\b", re.IGNORECASE)
ADDRESSED = re.compile("Kính gửi")
CONTACT = re.compile(
    r"(Địa chỉ|(Số )?[đĐ]iện thoại|ĐT|Tel|E-?mail|Thư điện tử|Website|Trang (thông )?tin điện tử"
    r"|(Số )?[Ff]ax)\b[^:]{0,30}:",
    re.IGNORECASE,
)
URGENCIES = {fold(one.stamp): one for one in Urgency}
_DRAFTER = re.compile(r"[^\W\d_]\w{0,9}\.?\s?\(?\d{1,4}\)?\.?")
_NUMBER = re.compile(r"^\s*S[ốo]\s*(:|\d)")
# What papers of this field are called (tên loại), the longer names first.
TITLES = (
    *("TỜ TRÌNH", "BÁO CÁO", "QUYẾT ĐỊNH", "BIÊN BẢN", "THÔNG BÁO", "KẾ HOẠCH", "DANH SÁCH"),
    *("PHIẾU", "TÓM TẮT", "BẢNG", "GIẤY XÁC NHẬN", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "ĐĂNG KÝ"),
    *("GIAO ƯỚC", "SỔ "),
)
_LONGEST_TITLE, _MOST_SUBJECTS = 160, 3
_LISTED = 20.0  # mm
_POWER = re.compile(r"^(TM|Q|KT|TL|TUQ)\s*\.")
_FOLDED_MOTTO, _FOLDED_STATE = fold(MOTTO), fold(STATE)


@dataclass(slots=True)
class Roles:
    """The passages of one paper by what they are, in the order of the paper."""

    state: Passage | None = None
    motto: Passage | None = None
    agency: list[Passage] = field(default_factory=list)
    number: Passage | None = None
    place: Passage | None = None
    title: Passage | None = None
    subject: list[Passage] = field(default_factory=list)
    addressee: Passage | None = None
    bases: list[Passage] = field(default_factory=list)
    body: list[Passage] = field(default_factory=list)
    end: Passage | None = None
    recipients_head: Passage | None = None
    recipients: list[Passage] = field(default_factory=list)
    drafter: Passage | None = None
    about: Passage | None = None
    urgency: Passage | None = None
    signer: list[Passage] = field(default_factory=list)
    name: Passage | None = None

    @property
    def is_headed(self) -> bool:
        """Tell whether the paper has the head of an official document."""
        return self.state is not None


def roles_of(paper: MeasuredPaper) -> Roles:
    """Return which passage is what."""
    found = Roles()
    rest = list(_head(paper.passages, found))
    if found.about is None:
        rest = list(_title(rest, found))
    _signing(list(_text(rest, found)), found)
    return found


def _head(passages: Sequence[Passage], found: Roles) -> Iterator[Passage]:
    """Take the boxes 1 to 4, 5b and 10b from the passages before the title, or before the addressee
    of a letter that says under its number what it is about; yield the others.
    """
    first = next((n for n, one in enumerate(passages) if _is_title(one)), len(passages))
    is_letter = any(ABOUT.match(one.words) for one in passages[:first])
    if is_letter:
        starts = (n for n, one in enumerate(passages) if ADDRESSED.match(one.words))
        first = next(starts, first)
    has_state = any(_FOLDED_STATE in fold(one.words) for one in passages[:first])
    for place, one in enumerate(passages):
        if _is_urgency(one, place, first):
            found.urgency = one
        elif place >= first or not has_state or not _is_taken(one, found, is_letter=is_letter):
            yield one


def _is_taken(one: Passage, found: Roles, *, is_letter: bool) -> bool:
    """Take a passage of the head for what it is; tell whether it is one."""
    words = fold(" ".join(one.words.split()))
    if _FOLDED_STATE in words:
        found.state = one
    elif HEAD_PARTS["motto"].search(one.words) or _letters(words) == _letters(_FOLDED_MOTTO):
        found.motto = one
    elif _NUMBER.search(one.words):
        found.number = one
    elif HEAD_PARTS["place"].search(one.words):
        found.place = one
    elif is_letter and ABOUT.match(one.words):
        found.about = one
    elif found.number is None and one.column is not Column.RIGHT:
        found.agency.append(one)
    else:
        return False
    return True


def _title(passages: Sequence[Passage], found: Roles) -> Iterator[Passage]:
    rest = iter(passages)
    for one in rest:
        if _is_title(one):
            found.title = one
            break
        yield one
    for one in rest:
        is_subject = one.column is Column.WHOLE and not _starts_text(one)
        if not is_subject or len(found.subject) == _MOST_SUBJECTS or found.title is None:
            yield one
            break
        if not (one.is_bold or one.is_italic):
            yield one
            break
        found.subject.append(one)
    yield from rest


def _text(passages: Sequence[Passage], found: Roles) -> Iterator[Passage]:
    """Take addressee, bases and text; yield what follows the end of the text."""
    ended = False
    for one in passages:
        if ended:
            yield one
        elif one.column is Column.TABLE:
            pass
        elif _begins_signing(one):
            ended = True
            yield one
        elif ADDRESSED.match(one.words):
            found.addressee = one
        elif re.match(r"(Căn cứ|Thực hiện|Theo đề nghị|Xét đề nghị) ", one.words) and (
            one.words.rstrip().endswith((";", ",")) or (one.is_italic and not found.body)
        ):
            found.bases.append(one)
        elif one.column is Column.WHOLE and not (_is_listed(one) and not found.bases):
            found.body.append(one)
            if re.search(r"\./\.\s*$", one.words):
                found.end, ended = one, True


def _signing(passages: Sequence[Passage], found: Roles) -> None:
    for one in passages:
        if one.column is Column.TABLE:
            continue
        if fold(one.words).startswith("noi nhan"):
            found.recipients_head = one
        elif one.column is Column.LEFT and found.recipients_head and one.words.startswith("-"):
            found.recipients.append(one)
        elif found.recipients and not found.signer and _DRAFTER.fullmatch(one.words.strip()):
            found.drafter = one
        elif one.column is Column.RIGHT:
            if one.is_capital or _POWER.match(one.words):
                found.signer.append(one)
            elif not one.words.startswith("("):
                found.name = one


def _is_title(one: Passage) -> bool:
    words = one.words.strip()
    is_named = any(words.upper().startswith(name) for name in TITLES)
    is_marked = one.is_bold or one.is_capital
    return is_named and is_marked and one.column is Column.WHOLE and len(words) < _LONGEST_TITLE


def _is_urgency(one: Passage, place: int, first: int) -> bool:
    """Tell a frame of urgency: between head and text, or beside the title."""
    return place < first + _MOST_SUBJECTS and fold(one.words) in URGENCIES


def _starts_text(one: Passage) -> bool:
    return bool(re.match(r"(Kính gửi|Căn cứ|Thực hiện|[IVX]+\. |\d+\. )", one.words))


def _is_listed(one: Passage) -> bool:
    """Tell whether it is one of several addressees under "Kính gửi:"."""
    return one.words.startswith("- ") and one.indent is not None and one.indent > _LISTED


def _begins_signing(one: Passage) -> bool:
    return bool(
        fold(one.words).startswith("noi nhan")
        or (_POWER.match(one.words) and one.column in {Column.RIGHT, Column.WHOLE})
        or (one.column is Column.RIGHT and one.is_capital and one.is_bold)
    )


def _letters(folded: str) -> str:
    return "".join(c for c in folded if c.isalpha())
