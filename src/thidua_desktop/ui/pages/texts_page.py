"""Mẫu văn bản: the texts of every paper; the province changes them, offices read them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from thidua_desktop.domain.notes import FieldPlace
from thidua_desktop.domain.paper_forms import PaperText
from thidua_desktop.services.paper_samples import sample_dossier
from thidua_desktop.services.paper_texts import (
    FormsView,
    FormTextRow,
    form_texts,
    restore_paper_text,
)
from thidua_desktop.services.printing import one_dossier
from thidua_desktop.services.saving import RecordSaved
from thidua_desktop.ui.dialogs.print_preview import PrintPreview
from thidua_desktop.ui.habits import keep_panes
from thidua_desktop.ui.pages.list_tools import with_tools
from thidua_desktop.ui.pages.page import Page, PageContext
from thidua_desktop.ui.pages.texts_panel import TextsPanel, chip_of
from thidua_desktop.ui.widgets.frames import panes
from thidua_desktop.ui.widgets.rows import Row, RowList

_READ_ONLY = "Tỉnh sửa mẫu, cơ quan chỉ xem."
_CHANGED = "Các cơ quan nhận theo gói dữ liệu."


class TextsPage(Page):
    """Forms at the left, their texts in the middle, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__("Mẫu văn bản", context)
        self._view: FormsView | None = None
        self._wanted: UUID | None = None
        self._sample = self.head.add_action(
            "Xem thử mẫu (Ctrl+P)", self.preview, primary=True, name="sample"
        )
        self._forms = RowList(context.look, "Các mẫu văn bản")
        self._forms.setMinimumWidth(190)
        self._forms.selectionModel().currentChanged.connect(self._choose_form)
        self._texts = RowList(context.look, "Các đoạn của mẫu")
        self._texts.setMinimumWidth(230)
        self._texts.selectionModel().currentChanged.connect(self._choose_text)
        self.panel = TextsPanel(self)
        self.form = self.panel.form.form
        self.panel.saved.connect(self._saved)
        self.panel.restoring.connect(self._restore)
        habits = context.habits
        splitter = panes(
            with_tools(habits, "texts/forms", self._forms),
            with_tools(habits, "texts", self._texts),
            self.panel,
            widths=(290, 350, 460),
        )
        self.body.addWidget(keep_panes(habits, "texts", splitter), 1)

    def refresh(self) -> None:
        """Read the texts anew."""
        self.read_shown(form_texts, self._show)

    def open_at(self, key: object) -> None:
        """Show a text, whatever form it belongs to."""
        if isinstance(key, FieldPlace):
            self._wanted = key.id
            self.refresh()

    def step(self, by: int) -> None:
        """Go to the next text."""
        self._texts.step(by)

    def flush(self) -> None:
        """Save what waits."""
        self.panel.form.flush()

    def preview(self) -> None:
        """Show the form with made-up data, as it stands here."""
        self.flush()
        row = self._row
        code = self._forms.chosen()
        if not isinstance(code, str):
            return
        unsaved = self.panel.unsaved if row is not None and self._may_change() else None
        name = next(one.form.title for one in self._rows() if one.form.code == code)
        plain = f"mau-{code}"
        sample = one_dossier(name, plain, lambda ports: sample_dossier(ports, code, unsaved))
        PrintPreview(self.context, [sample], self).open()

    @property
    def _row(self) -> FormTextRow | None:
        chosen = self._texts.chosen()
        return next((one for one in self._rows() if one.record.id == chosen), None)

    def _rows(self) -> Sequence[FormTextRow]:
        return self._view.rows if self._view else ()

    def _may_change(self) -> bool:
        return self._view is not None and self._view.may_change

    def _show(self, view: FormsView) -> None:
        self._view = view
        self.head.about.setText(_CHANGED if view.may_change else _READ_ONLY)
        forms = list({row.form.code: row.form for row in view.rows}.values())
        self.panel.show_forms(tuple(forms))
        self._forms.show_rows([_form_row(form.code, view.rows) for form in forms])
        wanted = next((one for one in view.rows if one.record.id == self._wanted), None)
        if wanted is not None:
            self._forms.choose(wanted.form.code)
        elif self._forms.chosen() is None and forms:
            self._forms.choose(forms[0].code)
        self._show_texts()

    def _choose_form(self) -> None:
        self.flush()
        self._show_texts()

    def _show_texts(self) -> None:
        code = self._forms.chosen()
        self._sample.setEnabled(code is not None)
        rows = [row for row in self._rows() if row.form.code == code]
        self._texts.show_rows([_text_row(row) for row in rows])
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self._texts.choose(wanted):
            self.form.focus_field("wording")
        elif self._texts.chosen() is None and rows:
            self._texts.choose(rows[0].record.id)
        self._show_text()

    def _choose_text(self) -> None:
        self.flush()
        self._show_text()

    def _show_text(self) -> None:
        row = self._row
        self.panel.setVisible(row is not None)
        if row is not None:
            self.panel.show_text(row, may_change=self._may_change())

    def _saved(self, saved: RecordSaved[PaperText]) -> None:
        self.changed.emit(saved.changes)
        self.refresh()

    def _restore(self) -> None:
        self.flush()
        text = self.panel.unsaved
        if text is None:
            return
        self.write(lambda ports: restore_paper_text(ports, text), self._restored)

    def _restored(self, saved: RecordSaved[PaperText]) -> None:
        self.form.show_issues(())  # what was wrong is given up with the rest
        self.panel.form.forget()
        self.context.news("Đã trả về mẫu gốc; Ctrl+Z lấy lại bản của tỉnh.")
        self._saved(saved)


def _form_row(code: str, rows: Sequence[FormTextRow]) -> Row:
    mine = [row for row in rows if row.form.code == code]
    form = mine[0].form
    own, wrong = sum(row.is_own for row in mine), sum(bool(row.faults) for row in mine)
    below = f"{code} · {len(mine)} đoạn"
    below += f", tỉnh đã sửa {own}" if own else ""
    below += " · cần đối chiếu" if form.is_reconstructed else ""
    status = f"{wrong} chỗ sai" if wrong else ""
    return Row(key=code, title=form.name, below=below, status=status, kind="err")


def _text_row(row: FormTextRow) -> Row:
    words, kind = chip_of(row)
    label = f"{row.text.label[:1].upper()}{row.text.label[1:]}"
    said = " ".join(row.shown.wording.split()) or "(để trống)"
    is_plain = kind == "plain"
    return Row(
        key=row.record.id,
        title=label,
        below=said,
        status="" if is_plain else words,
        kind=kind,
    )
