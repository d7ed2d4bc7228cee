"""In hồ sơ: the paper as it will be printed, to be looked at, printed, saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from thidua_desktop.domain.attachments import PDF
from thidua_desktop.domain.dossier_files import PrintChoice
from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import StoppedError, ThiduaError
from thidua_desktop.domain.returned import Asked
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports import Drawing, Ports
from thidua_desktop.services.print_choices import keep_print_choice, print_choice
from thidua_desktop.services.printing import (
    PapersSaved,
    PapersShown,
    Printable,
    asked_in,
    papers_shown,
    save_papers,
)
from thidua_desktop.ui.dialogs.dialog import Dialog
from thidua_desktop.ui.dialogs.layout_dialog import LayoutDialog
from thidua_desktop.ui.dialogs.print_options import PrintOptions
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.printing import has_printer, print_pages
from thidua_desktop.ui.tasks import Progress
from thidua_desktop.ui.widgets.frames import button_of, scrolled
from thidua_desktop.ui.widgets.labels import Text, tip
from thidua_desktop.ui.widgets.page_range import PageRange
from thidua_desktop.ui.widgets.pdf_view import PdfView
from thidua_desktop.ui.widgets.running import Running
from thidua_desktop.ui.word_files import READ_WORD, WordDrop, ask_word_file, read_word_file

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SCROLL_BAR = 16
_RUNNING = 260
_WIDE, _HIGH = 1120, 680
_REBUILT = "Mẫu dựng lại, cần đối chiếu"
_CERTIFICATES = "In giấy khen, bằng khen…"
_NO_PRINTER = "Máy này chưa có máy in: bản in được lưu thành tệp PDF."
_NO_PRINTER_FOR_SECRETS = (
    "Máy này chưa có máy in. Phiếu này chỉ in ra giấy, không lưu thành tệp; "
    "hãy cắm máy in rồi in lại."
)


class PrintPreview(Dialog):
    """Shows a PDF that a use case makes; nothing is written before somebody saves or prints it.

    `changed` tells what a Word file changed that was read in; `printed` which pages, from 0, went
    to a printer. `printer` is the one that is offered for certificates; from other papers one gets
    to those.
    """

    changed = Signal(object)
    printed = Signal(object)

    def __init__(
        self,
        context: PageContext,
        printables: Sequence[Printable],
        parent: QWidget | None = None,
        *,
        is_secret: bool = False,
        printer: str | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("In hồ sơ")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.take_room(_WIDE, _HIGH)
        self._context = context
        self._printables = tuple(printables)
        self._printable = self._printables[0]
        self._is_secret = is_secret
        self._printer = printer
        self._drawing: Drawing | None = None
        self._shown: PapersShown | None = None
        self._folder = Path()
        self.running = Running()
        self.running.setMaximumWidth(_RUNNING)
        self.running.stopping.connect(self._stopped)
        self.message = Text(role="muted", wrap=True)
        self.pages = PageRange()
        self.pages.textChanged.connect(lambda _: self._check_pages())
        self.view = PdfView(context.look, context.drawer)
        self.view.marked.connect(lambda: self.pages.write(self.view.selected()))
        self.view.broken.connect(self._refused)
        self.save = button_of("Lưu tệp…", self._ask_where, primary=True)
        self.options = PrintOptions([one.words for one in self._printables])
        self._listen()
        self.options.add_at_end(button_of(READ_WORD, self._ask_word_file))
        if self._printer is None:
            self.options.add_at_end(button_of(_CERTIFICATES, self._go_to_certificates))
        self._lay_out()
        self.view.pages.setFocus()
        context.reader.run(
            lambda: print_choice(context.ports()),
            owner=self,
            done=self.options.show_choice,
            failed=self._refused,
        )
        self._build()

    def _lay_out(self) -> None:
        is_secret = self._is_secret
        self.to_printer = button_of("In…", self._ask_printer, primary=is_secret)
        self.pages.returnPressed.connect(self.to_printer.click)
        # What is secret goes to paper and never to a file.
        self.save.setVisible(not is_secret)
        self.folder = button_of("Mở thư mục", self._open_folder)
        self.folder.hide()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.message, 1)
        for widget in (
            self.running,
            self.folder,
            Text("Trang"),
            self.pages,
            self.to_printer,
            self.save,
            button_of("Đóng", self.reject),
        ):
            self._foot.addWidget(widget)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.view, 1)
        side = scrolled(self.options)
        side.setFixedWidth(self.options.sizeHint().width() + _SCROLL_BAR)
        side.setVisible(not self._is_secret)
        self._middle.addWidget(side)
        if not self._is_secret:
            WordDrop(self, self.read_word_file)
        layout = QVBoxLayout(self)
        layout.addLayout(self._middle, 1)
        layout.addLayout(self._foot)

    def _listen(self) -> None:
        self.options.chosen.connect(self._choose)
        self.options.altered.connect(self._let_save)
        self.options.measuring.connect(self.measure)
        self.options.resized.connect(self._resize)

    def _go_to_certificates(self) -> None:
        """Leave for the page that prints certificates."""
        self.leave()
        self._context.go("certificates", None)

    # the paper

    def _choose(self, place: int) -> None:
        """Show something else."""
        if self._printables[place] is self._printable:
            return
        self._printable = self._printables[place]
        self._drawing = self._shown = None
        self.view.clear()
        self.pages.clear()
        self.pages.set_count(0)
        self._build()

    def _keep(self, choice: PrintChoice, then: Callable[[], None]) -> None:
        ports = self._context.ports
        self._context.writer.run(
            lambda: keep_print_choice(ports(), choice),
            owner=self,
            done=lambda _: then(),
            failed=self._refused,
        )

    def _resize(self) -> None:
        """Show the papers in the other set of letter sizes, on this PC from now on."""
        self._keep(self.options.choice(), self._build)

    def _build(self) -> None:
        """Build the paper and show it."""
        ports, printable = self._context.ports, self._printable
        progress = self._begin("Đang dựng hồ sơ…")

        def built() -> tuple[Progress, Drawing, PapersShown]:
            shown = papers_shown(ports(), printable, stop_wanted=progress.stop_wanted)
            if progress.stop_wanted():
                raise StoppedError
            drawing = ports().drawings.open(printable.words, shown.pdf, PDF)
            return progress, drawing, shown

        self._context.planner.run(
            built, owner=self, done=self._show, failed=partial(self._failed, progress)
        )

    def _show(self, built: tuple[Progress, Drawing, PapersShown]) -> None:
        progress, drawing, shown = built
        if not self.running.is_last(progress):  # something else was chosen meanwhile
            drawing.close()
            return
        self._drawing, self._shown = drawing, shown
        self.options.show_forms([one.sentence() for one in shown.forms])
        self.view.show_pages(drawing)
        self.pages.set_count(len(drawing.sizes))
        self._end(self._count())

    def _count(self) -> str:
        if self._drawing is None:
            return ""
        forms = self._shown.rebuilt if self._shown is not None else ()
        rebuilt = f" · {_REBUILT}: {', '.join(forms)}" if forms else ""
        return f"{len(self._drawing.sizes)} trang{rebuilt}"

    def measure(self) -> None:
        """Say what is off in the layout of what is shown; any other file can be chosen there."""
        dialog = LayoutDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._shown is not None:
            dialog.measure(self._printable.words, self._shown.pdf)
        dialog.open()

    def _check_pages(self) -> None:
        wrong = self.pages.complaint()
        self.to_printer.setEnabled(self._drawing is not None and not wrong)
        if wrong:
            self.message.setText(wrong)
        elif self.running.isHidden():
            self.message.setText(self._count())

    # saving

    def _ask_where(self) -> None:
        """Ask for the folder; what lies there is never written over."""
        begin = self.options.choice().folder
        chosen = QFileDialog.getExistingDirectory(self, "Lưu vào thư mục", begin)
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, folder: Path) -> None:
        """Write the files as was chosen, all or none, off the UI thread; remember the choice."""
        choice = replace(self.options.choice(), folder=str(folder))
        ports, printable = self._context.ports, self._printable
        progress = self._begin("Đang lưu…")

        def saved() -> PapersSaved:
            return save_papers(
                ports(),
                printable,
                choice,
                folder=folder,
                progress=progress.tell,
                stop_wanted=progress.stop_wanted,
            )

        self.options.setEnabled(False)
        self._context.planner.run(
            saved,
            owner=self,
            done=lambda made: self._saved(made, choice),
            failed=partial(self._failed, progress),
        )

    def _saved(self, made: PapersSaved, choice: PrintChoice) -> None:
        self.options.show_choice(choice)
        self._keep(choice, lambda: None)
        files, notes = made.files, made.notes
        said = f"Đã lưu {files[0].name}." if len(files) == 1 else f"Đã lưu {len(files)} tệp."
        if notes:
            more = len(notes) - 1
            said += f" {notes[0]}" + (f" Còn {more} điều nữa (rê chuột vào đây)." if more else "")
        self.message.setToolTip(tip("\n".join(notes)))
        self._written(files[0].parent, said)

    def _written(self, folder: Path, said: str) -> None:
        self._end(said)
        self._folder = folder
        self.folder.show()

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder))):
            self.message.setText(f"Tệp nằm trong {self._folder}.")

    # printing

    def _ask_printer(self) -> None:
        pages = self.pages.wanted()
        if not pages:
            return
        if not has_printer():
            self._print_without_printer(pages)
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415 - who prints

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._printable.words)
        if self._printer:
            printer.setPrinterName(self._printer)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer, pages))
        dialog.setModal(True)
        dialog.show()

    def _print_without_printer(self, pages: Sequence[int]) -> None:
        if self._is_secret:
            self.message.setText(_NO_PRINTER_FOR_SECRETS)
            return
        self.message.setText(_NO_PRINTER)
        chosen, _ = QFileDialog.getSaveFileName(self, _NO_PRINTER, "ban-in.pdf", "PDF (*.pdf)")
        if chosen:
            self.print_to(Path(chosen), pages)

    def print_to(self, path: Path, pages: Sequence[int]) -> None:
        """Write the pages as a PDF, where there is no printer."""
        drawing, ports = self._drawing, self._context.ports
        if drawing is None:
            return
        said = f"Máy này chưa có máy in: đã lưu {len(pages)} trang vào {path.name}."
        progress = self._begin("Đang lưu…")
        self.options.setEnabled(False)
        self._context.drawer.run(
            lambda: ports().files.write(path, drawing.cut(pages)),
            owner=self,
            done=lambda _: self._written(path.parent, said),
            failed=partial(self._failed, progress),
        )

    def print_on(self, printer: QPrinter, pages: Sequence[int] | None = None) -> None:
        """Print the pages, or all, on a worker."""
        drawing = self._drawing
        if drawing is None:
            return
        numbers = tuple(range(len(drawing.sizes))) if pages is None else tuple(pages)
        progress = self._begin("Đang in…")
        self.options.setEnabled(False)
        self._context.drawer.run(
            lambda: print_pages(printer, drawing, numbers, progress),
            owner=self,
            done=lambda count: self._printed(count, numbers),
            failed=partial(self._failed, progress),
        )

    # a Word file that comes back

    def _ask_word_file(self) -> None:
        ask_word_file(self, self.read_word_file)

    def read_word_file(self, path: Path) -> None:
        """Show what a file says otherwise than the records; it may be the paper that is shown."""
        printable = self._printable

        def within(ports: Ports) -> Sequence[Asked]:
            return asked_in(ports, printable)

        read_word_file(self._context, path, self, self._taken, within)

    def _taken(self, changes: Changes) -> None:
        self.changed.emit(changes)
        self._build()

    def _printed(self, count: int, pages: Sequence[int]) -> None:
        self._end(f"Đã gửi {count} trang đến máy in.")
        self.printed.emit(tuple(pages))

    # what runs

    def _begin(self, words: str) -> Progress:
        """Say that something runs, and how to stop it."""
        progress = self.running.begin()
        self.message.setText(words)
        self._let_print()
        return progress

    def _end(self, words: str) -> None:
        self.running.hide()
        self.message.setText(words)
        self._let_print()

    def _let_print(self) -> None:
        """Let what is shown be printed and saved while nothing runs."""
        self.options.setEnabled(True)  # what is being built may be left for something else
        self._let_save()
        self.to_printer.setEnabled(self._is_ready and bool(self.pages.wanted()))

    def _let_save(self) -> None:
        self.save.setEnabled(self._is_ready and self.options.has_format)

    @property
    def _is_ready(self) -> bool:
        return self._drawing is not None and self.running.isHidden()

    def _stopped(self) -> None:
        """Wait for what runs to stop; where nothing is shown yet there is nothing to stay for."""
        if self._drawing is None:
            self.reject()
        else:
            self.message.setText("Đang dừng…")

    def leave(self) -> None:
        """Close; pages that are still being drawn are not waited for."""
        self.running.stop()
        self.view.clear()
        super().leave()

    def _failed(self, progress: Progress, error: ThiduaError) -> None:
        """Say why what runs came to nothing; of what was left for something else, nothing."""
        if self.running.is_last(progress):
            self._end(error_text(error))

    def _refused(self, error: ThiduaError) -> None:
        self.message.setText(error_text(error))
