"""Decisions that award (quyết định khen thưởng), what they award, and the numbers in the book.

A number in the book (số vào sổ, số sổ vàng) is given once. A book is that of a decision, whose
numbers begin with 1, or one with a name that several decisions share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.merit import PriorAward
from thidua_desktop.domain.records import Record, record_kind, said
from thidua_desktop.domain.text import fold


@record_kind("Quyết định khen thưởng")
@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Record):
    """A decision with what its certificates (giấy khen, bằng khen) have in common."""

    unit_id: UUID | None = said("Cơ quan ban hành", blank=None, required=True, refers_to="unit")
    number: str = said("Số, ký hiệu", required=True, longest=60)
    date: PartialDate | None = said("Ngày quyết định", blank=None, required=True, past=True)
    award_form_id: UUID | None = said("Hình thức", blank=None, refers_to="award_form")
    title: str = said("Tên bằng", required=True, longest=60)
    giver: str = said("Người tặng thưởng", required=True, longest=200)
    place: str = said("Địa danh", longest=60)
    signer_lines: str = said("Chức vụ người ký", lines=True, longest=300)
    signer_name: str = said("Họ tên người ký", longest=100)
    merit: str = said("Thành tích ghi trên bằng", lines=True, longest=1_000)
    book: str = said("Sổ vào số", longest=100)
    note: str = said("Ghi chú", longest=500)


@record_kind("Khen thưởng theo quyết định")
@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Record):
    """That a decision awards somebody, as his certificate says it.

    `place` is the number in the list of the decision, `number` that in the book. `printed_on` is
    blank until his sheet came out of the printer whole.
    """

    decision_id: UUID | None = said("Quyết định", blank=None, required=True, refers_to="decision")
    person_id: UUID | None = said("Cá nhân", blank=None, refers_to="person")
    collective_id: UUID | None = said("Tập thể", blank=None, refers_to="collective")
    household_id: UUID | None = said("Hộ gia đình", blank=None, refers_to="household")
    proposal_id: UUID | None = said("Đề nghị", blank=None, refers_to="proposal")
    place: int | None = said("Thứ tự trong quyết định", blank=None, least=1, most=100_000)
    name: str = said("Tên ghi trên bằng", required=True, longest=300)
    about: str = said("Chức danh, đơn vị", longest=500)
    merit: str = said("Thành tích riêng", lines=True, longest=1_000)
    number: int | None = said("Số vào sổ", blank=None, least=1, most=9_999_999)
    printed_on: PartialDate | None = said("Ngày in bằng", blank=None, past=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An award, and how its certificate would name whom it is given to by what is known today."""

    decision: Decision
    award: Award
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers to be given, in order, and those that would stay free for ever."""

    given: tuple[int, ...]
    skipped: tuple[int, ...]
    taken: tuple[int, ...]


def numbers_for(count: int, taken: Collection[int], last: int, start: int | None = None) -> Numbers:
    """Return numbers for so many sheets, from a start or from the first that is free.

    `last` is the highest number ever given in the book: what was given and taken back is not given
    again. A book that begins may begin anywhere.

    >>> numbers_for(2, {1, 2}, last=2)
    Numbers(given=(3, 4), skipped=(), taken=())
    >>> numbers_for(2, {1, 2}, last=2, start=5).skipped
    (3, 4)
    >>> numbers_for(3, {1, 2}, last=2, start=2).taken
    (2,)
    """
    last = max([last, *taken])
    first = last + 1 if start is None else start
    given = tuple(range(first, first + count))
    skipped = tuple(range(last + 1, first)) if last and count else ()
    return Numbers(given, skipped, tuple(n for n in given if n <= last))


def gave(decision: Decision, held: PriorAward) -> bool:
    """Tell whether an award that is noted as held was given by this decision.

    Numbers begin anew each year: where a day is not known, the year must fit.
    """
    if not decision.number or fold(held.decision_number) != fold(decision.number):
        return False
    day, other = decision.date, held.decision_date
    if day is None or (other is None and held.year is None):
        return True
    if other is None:  # what is given for a year is given in it or in the next one
        return held.year in {day.year - 1, day.year}
    return day.first_day() <= other.last_day() and other.first_day() <= day.last_day()


def unlike(given: Given) -> Iterator[tuple[str, str, str]]:
    """Yield where a certificate names somebody otherwise: the field, what it says, what is known.

    What is known of nobody is compared with nothing.
    """
    for field in ("name", "about"):
        said, known = getattr(given.award, field), getattr(given, field)
        if known and said != known:
            yield field, said, known


def in_order(awards: Iterable[Award]) -> tuple[Award, ...]:
    """Return awards in the order of the decision."""
    return tuple(sorted(awards, key=lambda one: (one.place or 1_000_000, one.name, one.id)))


def doubled(awards: Iterable[Award]) -> tuple[int, ...]:
    """Return the numbers of one book that two certificates bear: two PCs gave them apart."""
    counts = Counter(one.number for one in awards if one.number is not None)
    return tuple(sorted(number for number, count in counts.items() if count > 1))


def unprinted(awards: Sequence[Award]) -> tuple[Award, ...]:
    """Return those whose sheet is still to be printed: numbered, and not printed whole."""
    return tuple(one for one in awards if one.number is not None and one.printed_on is None)
