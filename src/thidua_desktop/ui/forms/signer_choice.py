"""Who signs a paper: one of the unit's signers, chosen by the day of the paper, or a new one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.signers import signers_on, signs_on, term_text
from thidua_desktop.domain.units import Signer
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.widgets.choice import Choice
from thidua_desktop.ui.widgets.labels import Text

_ROWS = (("full_name", "position"), ("prefix",), ("valid_from", "valid_to"))


class SignerChoice(QWidget):
    """The signers to choose from, and a form for the chosen one. `chosen` says that another is."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signers: list[Signer] = []
        self._day: PartialDate | None = None
        self.who = Choice()
        self.who.setAccessibleName("Người ký")
        self.who.currentIndexChanged.connect(self._choose)
        self.note = Text(role="muted", wrap=True)
        self.form: RecordForm[Signer] = RecordForm(Signer, _ROWS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.who)
        layout.addWidget(self.note)
        layout.addWidget(self.form)

    def show_signers(
        self, signers: Sequence[Signer], wanted: Signer, day: PartialDate | None
    ) -> None:
        """Offer these and a new one, the last; show the wanted one."""
        self._signers = list(signers)
        self._day = day
        self._offer(self._place(wanted))

    def go_to_day(self, day: PartialDate | None) -> None:
        """Take who is in office on the day of the paper, where the chosen one is not."""
        if day == self._day or not self._signers:
            return
        self._keep()
        self._day = day
        here = self._signers[self.who.currentIndex()]
        fit = signers_on([one for one in self._signers if one.full_name], day) if day else ()
        is_out = day is not None and bool(here.full_name) and not signs_on(here, day)
        self._offer(self._place(fit[0] if is_out and fit else here))
        if is_out and fit:
            self.note.setText(
                f"Đã chọn {fit[0].full_name}: người có nhiệm kỳ vào ngày {shown(day)}."
            )

    @property
    def signer(self) -> Signer:
        """Return the one that is chosen, as edited."""
        self._keep()
        return self._signers[self.who.currentIndex()]

    @property
    def edited(self) -> tuple[Signer, ...]:
        """Return all signers that have a name, as edited."""
        self._keep()
        return tuple(one for one in self._signers if one.full_name)

    def _place(self, wanted: Signer) -> int:
        ids = [one.id for one in self._signers]
        return ids.index(wanted.id) if wanted.id in ids else len(ids) - 1

    def _offer(self, place: int) -> None:
        self.who.blockSignals(True)
        self.who.clear()
        for one in self._signers:
            self.who.addItem(self._words(one))
        self.who.setCurrentIndex(place)
        self.who.blockSignals(False)
        self._show()

    def _words(self, signer: Signer) -> str:
        if not signer.full_name:
            return "Người ký mới"
        out = self._day is not None and not signs_on(signer, self._day)
        said = f"{signer.full_name}, {signer.position} ({term_text(signer)})"
        return f"{said} – ngoài nhiệm kỳ" if out else said

    def _keep(self) -> None:
        """Keep what was typed about the signer that is shown."""
        if self._shown is None:
            return
        signer, _ = self.form.record()
        places = [n for n, one in enumerate(self._signers) if one.id == signer.id]
        for place in places:
            self._signers[place] = signer

    @property
    def _shown(self) -> Signer | None:
        return self.form.shown

    def _choose(self) -> None:
        self._keep()
        self._show()
        self.chosen.emit()

    def _show(self) -> None:
        signer = self._signers[self.who.currentIndex()]
        self.form.show_record(signer)
        out = self._day is not None and bool(signer.full_name) and not signs_on(signer, self._day)
        self.note.setText(
            f"⚠ Ngày {shown(self._day)} của tờ trình ở ngoài nhiệm kỳ của người ký này."
            if out
            else ""
        )
        self.note.setVisible(bool(self.note.text()))
