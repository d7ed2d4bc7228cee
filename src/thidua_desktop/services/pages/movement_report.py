"""F17 and F18: what the movement brought in a year, or in the years up to a review.

What the records know is printed with its figures; what only people know (merits, faults, lessons)
has lines for the pen. The outline is reconstructed: plan 52 has no form of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.deadlines import Due
from thidua_desktop.domain.dossiers import GAP_LINES
from thidua_desktop.domain.movements import (
    PlanDocument,
    Registration,
    SavingsTarget,
    reached_percent,
)
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.pages import (
    Address,
    Align,
    Block,
    Column,
    Page,
    Paragraph,
    Role,
    Row,
    RowSort,
    Table,
)
from thidua_desktop.domain.proposals import Contribution, ContributionKind, Subject
from thidua_desktop.domain.words import word
from thidua_desktop.services.candidates import GROUP_WORDS, IN_ORDER, plan_name
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

_WRITTEN_BY_HAND = (
    ("III. ĐÁNH GIÁ CHUNG", ("1. Ưu điểm", "2. Hạn chế, nguyên nhân", "3. Bài học kinh nghiệm")),
    ("IV. PHƯƠNG HƯỚNG, NHIỆM VỤ", ()),
    ("V. KIẾN NGHỊ, ĐỀ XUẤT", ()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementFigures:
    """What the records of an office say of the movement in these years.

    `proposed` counts proposals by award form and kind of nominee.
    """

    years: tuple[int, ...]
    documents: tuple[PlanDocument, ...]
    registrations: tuple[Registration, ...]
    targets: tuple[SavingsTarget, ...]
    contributions: tuple[Contribution, ...]
    givers: int
    proposed: tuple[tuple[AwardForm, dict[Subject, int]], ...]
    owed: tuple[Due, ...]


def movement_report_page(office: Office, figures: MovementFigures) -> Page:
    """Return the report as a page: of one year, or of several up to a review."""
    first, last = figures.years[0], figures.years[-1]
    is_year = first == last
    when = f"năm {last}" if is_year else f"giai đoạn {first} - {last}"
    name = office.movement.name if office.movement else ""
    return Page(
        form="F17" if is_year else "F18",
        name="Báo cáo năm" if is_year else "Báo cáo sơ kết, tổng kết",
        of=when,
        is_reconstructed=True,
        blocks=(
            office.head("BC"),
            parts.title("BÁO CÁO", f"Kết quả thực hiện phong trào thi đua “{name}” {when}"),
            Address(lines=("Ủy ban nhân dân tỉnh (qua Sở Nội vụ)",)),
            Paragraph(text=_opening(office, when)),
            *_steering(figures),
            *_results(figures),
            *_by_hand(),
            Paragraph(
                text=f"Trên đây là báo cáo kết quả thực hiện phong trào thi đua {when} của "
                f"{office.agency}./."
            ),
            office.signed("Như trên"),
        ),
    )


def _opening(office: Office, when: str) -> str:
    plan = plan_name(office.movement)
    by = f"Thực hiện {plan}, " if plan else ""
    said = f"{by}{office.agency} báo cáo kết quả thực hiện {when} như sau:"
    return _sentence(said)


def _steering(figures: MovementFigures) -> Iterator[Block]:
    yield _heading("I. CÔNG TÁC CHỈ ĐẠO, TRIỂN KHAI")
    count = two_digits(len(figures.documents))
    if figures.documents:
        yield Paragraph(text=f"Đã ban hành {count} văn bản chỉ đạo, triển khai phong trào:")
        yield Table(
            columns=(
                Column(name="TT", width=10, align=Align.CENTRE),
                Column(name="Số, ký hiệu", width=34),
                Column(name="Ngày", width=26, align=Align.CENTRE),
                Column(name="Trích yếu", width=107),
            ),
            rows=tuple(
                Row(cells=(str(n), one.number, shown(one.issued_on), one.summary))
                for n, one in enumerate(figures.documents, start=1)
            ),
        )
    else:
        yield from _pen()
    if figures.registrations:
        registered = two_digits(len(figures.registrations))
        yield Paragraph(text=f"Có {registered} lượt tập thể, cá nhân đăng ký thi đua, ký giao ước.")
    if figures.owed:
        yield Paragraph(text="Thực hiện các việc kế hoạch giao:")
        yield Table(
            columns=(
                Column(name="TT", width=10, align=Align.CENTRE),
                Column(name="Việc phải làm", width=97),
                Column(name="Hạn", width=28, align=Align.CENTRE),
                Column(name="Kết quả", width=42),
            ),
            rows=tuple(
                Row(
                    cells=(
                        str(n),
                        _sentence(due.obligation.task),
                        due.due_on.strftime("%d/%m/%Y"),
                        word(due.state),
                    )
                )
                for n, due in enumerate(figures.owed, start=1)
            ),
        )


def _results(figures: MovementFigures) -> Iterator[Block]:
    yield _heading("II. KẾT QUẢ THỰC HIỆN")
    yield _part("1. Phát triển kết cấu hạ tầng đồng bộ, hiện đại")
    yield from _given(figures)
    yield _part("2. Thực hành tiết kiệm, chống lãng phí")
    yield from _saved(figures)
    yield _part("3. Phát hiện, nhân rộng điển hình tiên tiến")
    yield from _pen()
    yield _part("4. Đề nghị khen thưởng")
    yield from _awards(figures)


def _given(figures: MovementFigures) -> Iterator[Block]:
    sums: dict[tuple[ContributionKind, str], Decimal] = {}
    for one in figures.contributions:
        if isinstance(one.sort, ContributionKind) and one.quantity is not None:
            key = (one.sort, one.measure)
            sums[key] = sums.get(key, Decimal(0)) + one.quantity
    if not sums:
        yield from _pen()
        return
    told = (
        f"{word(kind).lower()} {decimal_text(total)} {measure}".strip()
        for (kind, measure), total in sorted(sums.items(), key=_by_kind)
    )
    givers = two_digits(figures.givers)
    yield Paragraph(text=f"Có {givers} tập thể, hộ gia đình, cá nhân đóng góp: {'; '.join(told)}.")


def _by_kind(item: tuple[tuple[ContributionKind, str], Decimal]) -> tuple[int, str]:
    (kind, measure), _ = item
    return list(ContributionKind).index(kind), measure


def _saved(figures: MovementFigures) -> Iterator[Block]:
    if not figures.targets:
        yield from _pen()
        return
    yield Table(
        columns=(
            Column(name="TT", width=10, align=Align.CENTRE),
            Column(name="Năm", width=16, align=Align.CENTRE),
            Column(name="Chỉ tiêu", width=71),
            Column(name="Đơn vị tính", width=24),
            Column(name="Kế hoạch", width=20, align=Align.RIGHT),
            Column(name="Thực hiện", width=20, align=Align.RIGHT),
            Column(name="Tỷ lệ", width=16, align=Align.RIGHT),
        ),
        rows=tuple(
            Row(
                cells=(
                    str(n),
                    str(one.year or ""),
                    one.name,
                    one.measure,
                    _figure(one.planned),
                    _figure(one.reached),
                    _percent(one),
                )
            )
            for n, one in enumerate(figures.targets, start=1)
        ),
    )


def _awards(figures: MovementFigures) -> Iterator[Block]:
    if not figures.proposed:
        yield Paragraph(text="Không có đề nghị khen thưởng.")
        return
    names = [GROUP_WORDS[subject] for subject in IN_ORDER]
    rows = [
        Row(cells=(str(n), form.name, *(_count(counts.get(one, 0)) for one in IN_ORDER)))
        for n, (form, counts) in enumerate(figures.proposed, start=1)
    ]
    totals = (sum(counts.get(one, 0) for _, counts in figures.proposed) for one in IN_ORDER)
    rows.append(Row(cells=("", "Cộng", *map(_count, totals)), sort=RowSort.TOTAL))
    yield Table(
        columns=(
            Column(name="TT", width=10, align=Align.CENTRE),
            Column(name="Hình thức đề nghị", width=89),
            *(
                Column(name=f"{name[:1].upper()}{name[1:]}", width=26, align=Align.CENTRE)
                for name in names
            ),
        ),
        rows=tuple(rows),
    )


def _by_hand() -> Iterator[Block]:
    for heading, subjects in _WRITTEN_BY_HAND:
        yield _heading(heading)
        for subject in subjects:
            yield _part(subject)
            yield from _pen()
        if not subjects:
            yield from _pen()


def _heading(text: str) -> Paragraph:
    return Paragraph(text=text, role=Role.HEADING)


def _part(text: str) -> Paragraph:
    return Paragraph(text=text, role=Role.CRITERION)


def _pen() -> Iterator[Paragraph]:
    """Yield lines for the pen."""
    for line in GAP_LINES[:2]:
        yield Paragraph(text=line)


def _figure(value: Decimal | None) -> str:
    return "" if value is None else decimal_text(value)


def _percent(target: SavingsTarget) -> str:
    found = reached_percent(target)
    return "" if found is None else f"{decimal_text(found)}%"


def _count(number: int) -> str:
    return two_digits(number) if number else "-"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
