"""Cài đặt: how the window looks, whose PC this is, and (province) which offices take part."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from thidua_desktop.ui.pages.key_card import KeyCard
from thidua_desktop.ui.pages.office_panel import OfficePanel
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.safety_card import SafetyCard
from thidua_desktop.ui.pages.scan_card import ScanCard
from thidua_desktop.ui.pages.worker_card import WorkerCard
from thidua_desktop.ui.theme import SIZES, Scheme
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.frames import Card, scrolled
from thidua_desktop.ui.widgets.practice import PracticeCard

_SCHEMES = {Scheme.LIGHT: "Sáng", Scheme.DARK: "Tối"}


class SettingsPage(Page):
    """What a person may set on this PC."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Cài đặt", context)
        self._scheme = Choice()
        self._scheme.setObjectName("scheme")
        for scheme, words in _SCHEMES.items():
            self._scheme.addItem(words, scheme)
        self._scheme.setCurrentIndex(list(_SCHEMES).index(context.look.scheme))
        self._size = Choice()
        self._size.setObjectName("size")
        for size in SIZES:
            self._size.addItem(f"{size:g} pt".replace(".", ","), size)
        self._size.setCurrentIndex(max(0, self._size.place_of(context.look.base)))
        for box in (self._scheme, self._size):
            box.currentIndexChanged.connect(self._chosen)
        card = Card("Giao diện")
        form = QFormLayout()
        form.setSpacing(10)
        form.addRow("Màu nền", self._scheme)
        form.addRow("Cỡ chữ", self._size)
        card.body.addLayout(form)
        self.worker = WorkerCard(self)
        self.safety = SafetyCard(self)
        self.keys = KeyCard(self)
        self.offices: OfficePanel | None = None
        inside = QWidget()
        self._inner = QVBoxLayout(inside)
        self._inner.setContentsMargins(0, 0, 0, 0)
        self._inner.setSpacing(12)
        self.practice = PracticeCard()
        self.practice.wanted.connect(self._practise)
        self.scans = ScanCard(self)
        for one in (card, self.worker, self.scans, self.safety, self.keys, self.practice):
            self._inner.addWidget(one)
        self._inner.addStretch(1)
        self.body.addWidget(scrolled(inside), 1)

    def refresh(self) -> None:
        """Say whose data this is, and what would be left of it."""
        self.worker.refresh()
        self.safety.refresh()
        self.keys.refresh()
        self.scans.refresh()
        office = self.context.office()
        if office.is_province and self.offices is None:
            self.offices = OfficePanel(self)
            self._inner.insertWidget(0, self.offices)
        if self.offices is not None:
            self.offices.refresh()
        self.worker.about.setText(
            f"Cơ quan: {office.unit_name} (mã {office.unit_code}, số hiệu {office.number}).\n"
            "Dữ liệu nằm trên máy này; chương trình không dùng mạng."
        )

    def _practise(self, what: str) -> None:
        self.context.news("Đang mở tỉnh thực hành; lần đầu mất chừng nửa phút…")
        self.practice_wanted.emit(what)

    def _chosen(self) -> None:
        scheme = Scheme(self._scheme.currentData())
        self.look_chosen.emit(scheme, float(self._size.currentData()))
