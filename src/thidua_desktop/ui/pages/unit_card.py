"""The unit that is chosen: what it is called, its form, its life and its signers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from thidua_desktop.domain.agencies import contact_lines
from thidua_desktop.domain.offices import Office
from thidua_desktop.domain.units import OWN_WORDS, Unit, UnitLevel
from thidua_desktop.services.units import UnitNode
from thidua_desktop.ui.forms.record_form import RecordForm
from thidua_desktop.ui.widgets.frames import Banner, Card, scrolled
from thidua_desktop.ui.widgets.labels import Chip, Text

ROWS = (
    ("name",),
    ("short_name", "document_code"),
    ("code", "level"),
    ("parent_id", "form"),
    ("valid_from", "valid_to"),
    ("address",),
    ("phone", "fax"),
    ("email", "website"),
    ("shows_contact",),
)
# A committee stands under its place, and that is of its own level.
_ABOVE = {level: frozenset(tuple(UnitLevel)[: n + 1]) for n, level in enumerate(UnitLevel)}


_NO_CONTACT = "Chưa có gì để in: các ô địa chỉ, điện thoại, fax, thư… ở trên còn trống."


class UnitCard(Card):
    """Its head, and three parts under tabs; who holds it saves what is typed."""

    def __init__(self, life: QWidget, signers: QWidget) -> None:
        super().__init__()
        self._title = Text(role="heading", wrap=True)
        self._chip = Chip()
        self._fate = Banner("info")
        self.form: RecordForm[Unit] = RecordForm(Unit, ROWS)
        self.form.edited.connect(self._tell_contact)
        self._no_contact = Text(_NO_CONTACT, role="caption", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self._fate)
        form = QWidget()
        inside = QVBoxLayout(form)
        inside.setContentsMargins(0, 8, 0, 0)
        inside.addWidget(self.form)
        inside.addWidget(self._no_contact)  # under its last field
        inside.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("Các phần về đơn vị")
        for widget, words in (
            (form, "Thông tin"),
            (life, "Kế thừa"),
            (signers, "Người ký"),
        ):
            self.tabs.addTab(scrolled(widget), words)
        self.body.addWidget(self.tabs, 1)

    def show_node(
        self,
        node: UnitNode,
        office: Office,
        *,
        standing: Iterable[UnitNode],
        labels: Mapping[UUID, str],
    ) -> None:
        """Show a unit as an office may change it, among those that stand on the day."""
        self.form.show_record(node.unit)
        self._tell_contact()
        self.form.offer("parent_id", _parents(node.unit, standing, labels))
        self._title.setText(node.label)
        self._chip.show_status(
            "Hết hiệu lực" if node.is_dissolved else "Đang hoạt động",
            "plain" if node.is_dissolved else "ok",
        )
        self._fate.show_words("", node.fate)
        self._limit(node.unit, office)
        self.form.let_ask(allowed=office.is_province)
        self.form.show_notes(())

    def _tell_contact(self) -> None:
        """Say that nothing will be printed where the fields for it are all empty."""
        unit, _ = self.form.record()
        self._no_contact.setVisible(unit.shows_contact and not contact_lines(unit))

    def _limit(self, unit: Unit, office: Office) -> None:
        """Let an office propose what it knows best: where it sits and how to call it."""
        self.form.set_read_only(not office.is_province)
        if unit.id == office.unit_id or unit.number == office.number:  # also under a new name
            for name in OWN_WORDS:
                self.form.editors[name].set_read_only(False)


def _parents(
    unit: Unit, standing: Iterable[UnitNode], labels: Mapping[UUID, str]
) -> list[tuple[str, UUID]]:
    """Return the units under which one may stand, by their names: what stands no lower on the day
    that is looked at, and what it stands under now.
    """
    higher = _ABOVE.get(unit.level, frozenset()) if isinstance(unit.level, UnitLevel) else ()
    found = [
        (node.label, node.unit.id)
        for node in standing
        if node.unit.level in higher and not node.is_dissolved and node.unit.id != unit.id
    ]
    now = unit.parent_id
    if now is not None and now not in {one for _, one in found}:
        found.append((labels.get(now, ""), now))
    return found
