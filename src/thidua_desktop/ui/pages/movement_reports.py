"""Báo cáo: what only people know of a year, with the figures of the records beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QWidget

from thidua_desktop.domain.annual_reports import TEXTS, AnnualReport, ReportSort, open_texts
from thidua_desktop.domain.dates import shown
from thidua_desktop.services.annual_reports import copy_last_report, finish_report, start_report
from thidua_desktop.services.movement_figures import report_figures
from thidua_desktop.services.movement_papers import report_name
from thidua_desktop.services.movements import Copied, MovementView
from thidua_desktop.services.office_papers import printable_report
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.pages.movement_records import YearRecords
from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card, button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text
from thidua_desktop.ui.widgets.rows import Row

T = TypeVar("T")
_ROWS = (("number", "issued_on"), *((name,) for name in TEXTS))
_NO_REPORT = (
    "Chưa soạn báo cáo nào của năm này. Bấm “Soạn báo cáo năm” (Ctrl+N): số liệu đã nhập hiện bên "
    "cạnh và tự in vào báo cáo, bạn chỉ viết phần đánh giá."
)
_FIGURES = "Số liệu tự in vào báo cáo"


class ReportRecords(YearRecords[AnnualReport]):
    """The reports of a unit in a year. There is one of each sort: who begins it goes on with it."""

    def __init__(self, page: Page) -> None:
        super().__init__(
            page,
            AnnualReport,
            _ROWS,
            report_row,
            make=partial(start_report, sort=ReportSort.YEARLY),
            name="Báo cáo của phong trào",
            empty=_NO_REPORT,
            begins="steering",
        )
        self._figures = QGridLayout()
        self._figures.setColumnStretch(1, 1)
        self._card = Card(_FIGURES)
        self._card.setAccessibleName(_FIGURES)
        self._card.body.addLayout(self._figures)
        self._card.body.addStretch(1)
        self._beside = scrolled(self._card)
        self.column.addWidget(self._beside, 2)
        self.yearly = self.add_button("Soạn báo cáo năm", self.begin_new)
        self.review = self.add_button(
            "Soạn sơ kết, tổng kết",
            partial(self.begin, ReportSort.REVIEW),
            "Báo cáo cộng dồn từ năm đầu của phong trào đến năm này",
        )
        self.copy = button_of("Chép lời kỳ trước", self._copy, quiet=True)
        self.copy.setToolTip("Lấy lời của báo cáo trước vào những mục còn trống, rồi sửa lại")
        self.finish = button_of("Hoàn thành hôm nay", self._finish, primary=True)
        self.finish.setToolTip(
            "Ghi ngày ban hành là hôm nay: việc phải làm của kế hoạch được tính là đã làm"
        )
        self.to_paper = button_of("In báo cáo…", self._print)
        row = QHBoxLayout()
        for button in (self.to_paper, self.copy):
            row.addWidget(button)
        row.addStretch(1)
        # In one row they would be wider than a small screen.
        self.top.addWidget(self.finish, 0, Qt.AlignmentFlag.AlignLeft)
        self.top.addLayout(row)
        self.shown.connect(self._show_report)

    def show_view(self, view: MovementView) -> None:
        """Show the reports of a unit and a year."""
        super().show_view(view)
        self.show_records(view.reports, view.notes)
        finished = sum(one.is_finished for one in view.reports)
        self.count.setText(
            f"{len(view.reports)} báo cáo của năm {view.year}, {finished} đã ban hành"
        )
        for button in (self.yearly, self.review):
            button.setVisible(view.is_own)
        self._beside.setVisible(view.is_own and bool(view.reports))

    def begin_another(self) -> None:
        """Begin the report of the year: there is one of each sort."""
        self.begin_new()

    def begin(self, sort: ReportSort, year: int | None = None) -> None:
        """Begin a report of the own unit; of the year that is shown, unless another is said."""
        self._begin(partial(start_report, sort=sort), year)

    def showEvent(self, event: QShowEvent) -> None:
        """Count when it is looked at."""
        super().showEvent(event)
        self._count()

    def _show_report(self, report: AnnualReport | None) -> None:
        if report is None:
            self._show_figures(())
            return
        own = self._is_own(report)
        is_review = report.sort is not ReportSort.YEARLY
        self.form.show_field("against_plan", visible=is_review)
        self.finish.setVisible(own and not report.is_finished)
        self.copy.setVisible(own and bool(open_texts(report)))
        self.to_paper.setVisible(own)
        self._count()

    def _count(self) -> None:
        report, view = self.chosen, self._view
        if report is None or view is None or not view.is_own or not self.isVisible():
            return
        sort = ReportSort.REVIEW if report.sort is ReportSort.REVIEW else ReportSort.YEARLY
        year, today = view.year, self._page.context.today()
        self._page.read(
            lambda ports: report_figures(ports, sort, year, today),
            partial(self._counted, report),
        )

    def _counted(self, report: AnnualReport, lines: Sequence[tuple[str, str]]) -> None:
        chosen = self.chosen
        if chosen is not None and chosen.id == report.id:
            self._show_figures(lines)

    def _show_figures(self, lines: Sequence[tuple[str, str]]) -> None:
        _clear(self._figures)
        for place, (label, said) in enumerate(lines):
            top = Qt.AlignmentFlag.AlignTop
            self._figures.addWidget(Text(label, role="muted"), place, 0, top)
            self._figures.addWidget(Text(said, wrap=True), place, 1, top)

    def _finish(self) -> None:
        self._after_saving(finish_report, self._finished)

    def _finished(self, saved: RecordSaved[AnnualReport]) -> None:
        self._page.context.news(f"Đã ghi ngày ban hành của {report_name(saved.record).lower()}.")
        self.changed.emit(saved.changes)

    def _copy(self) -> None:
        self._after_saving(copy_last_report, self._copied)

    def _copied(self, copied: Copied) -> None:
        none = "Không có báo cáo kỳ trước nào có lời cho những mục còn trống."
        said = f"Đã chép {copied.count} mục của báo cáo kỳ trước; hãy sửa cho đúng kỳ này."
        self._page.context.news(said if copied.count else none)
        self.changed.emit(copied.changes)

    def _print(self) -> None:
        report = self.chosen
        if report is not None and report.year is not None:
            self.flush()
            preview = PrintPreview(self._page.context, [printable_report(report)], self._page)
            preview.changed.connect(self.changed)
            preview.open()

    def _after_saving(
        self, job: Callable[[Ports, AnnualReport], T], done: Callable[[T], None]
    ) -> None:
        """Do something with the report as it stands in the form."""
        self.flush()
        report = self.saving.record or self.chosen
        if report is not None:
            self._page.write(lambda ports: job(ports, report), done)


def report_row(one: AnnualReport) -> Row:
    """Return the row of a report: which it is, and how far it has come."""
    left = len(open_texts(one))
    written = f"còn {left} mục chưa viết" if left else "đã viết đủ các mục"
    below = " · ".join(part for part in (f"Số {one.number}" if one.number else "", written) if part)
    day = f"Ban hành {shown(one.issued_on)}" if one.is_finished else "Đang soạn"
    return Row(one.id, report_name(one), below, day, "ok" if one.is_finished else "plain")


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget: QWidget | None = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
