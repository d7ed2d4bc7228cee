"""Opens the window: the application, its look, the first start or the office's own pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication

from thidua_desktop.app.one_window import OneWindow
from thidua_desktop.app.paths import resources
from thidua_desktop.app.practice_room import OFFICE, PracticeFolder, PracticeRoom
from thidua_desktop.ui.garbage import GarbageCollector
from thidua_desktop.ui.habits import Habits
from thidua_desktop.ui.main_window import MainWindow
from thidua_desktop.ui.pages.page import PageContext
from thidua_desktop.ui.places import PLACES
from thidua_desktop.ui.qt_words import VietnameseQt
from thidua_desktop.ui.searching import Searching
from thidua_desktop.ui.tasks import TaskRunner
from thidua_desktop.ui.theme import (
    SIZES,
    Look,
    Scheme,
    application_of,
    apply,
    dress,
    load_fonts,
    set_letters,
)

if TYPE_CHECKING:  # first paint needs none
    from datetime import date

    from thidua_desktop.domain.errors import ThiduaError
    from thidua_desktop.domain.offices import Office
    from thidua_desktop.services.ports import Ports
    from thidua_desktop.services.publishing import Brought

_DATABASE = "thidua.db"

# The window waits this long, in seconds, for a worker that is at its work in Python, each time it
# comes back from Qt; by default it is ten times as long, and a paint comes back many times.
_TURN = 0.0005


class Session(QObject):
    """What the window needs as long as it is open: workers, ports made late, the office."""

    def __init__(
        self,
        make_ports: Callable[[], Ports],
        look: Look,
        habits: Habits | None = None,
        one_window: OneWindow | None = None,
    ) -> None:
        super().__init__()
        self.look = look
        self.habits = habits or Habits()
        self._garbage = GarbageCollector(self)  # before any worker
        self.writer = TaskRunner(self)
        self.reader = TaskRunner(self)
        self.planner = TaskRunner(self)
        self.drawer = TaskRunner(self)
        self.search = Searching(self.ports, self.planner, self)
        self._make_ports = make_ports
        self._ports: Ports | None = None
        self._making = Lock()
        self._office: Office | None = None
        self.is_practice = False
        self.one_window = one_window
        self._held = ExitStack()

    def ports(self) -> Ports:
        """Return the ports; called on workers only, the first time imports what is heavy."""
        with self._making:  # two stores of one folder would keep each other out
            if self._ports is None:
                self._ports = self._make_ports()
            return self._ports

    def office(self) -> Office:
        """Return whose data this is. Raises FaultError before it was read."""
        if self._office is None:
            from thidua_desktop.domain.errors import FaultError  # noqa: PLC0415 - after first paint

            raise FaultError
        return self._office

    def open_office(self) -> Office:
        """Keep other programs from writing, and read whose data this is; on a worker.

        Nothing is held where that fails: it may be tried again, on other data.
        """
        from thidua_desktop.domain.errors import IdentityLockedError  # noqa: PLC0415 - on the worker
        from thidua_desktop.domain.offices import PRACTICE  # noqa: PLC0415

        ports = self.ports()
        if ports.store.is_locked():
            raise IdentityLockedError
        with ExitStack() as holding:
            hold = getattr(ports.store, "hold", None)
            if hold is not None:
                holding.enter_context(hold())
            with ports.store.read() as work:
                self._office = work.book.me()
                self.is_practice = work.book.setting(PRACTICE) is not None
            self._held = holding.pop_all()
        return self._office

    def finish_deliveries(self) -> object:
        """Name the files of bundles that were written when the program ended; on a worker."""
        from thidua_desktop.services.delivering import finish_deliveries  # noqa: PLC0415 - as below

        return finish_deliveries(self.ports())

    def bring_plan(self) -> Brought | None:
        """Add what this program ships and the data of the province never had; on a worker."""
        from thidua_desktop.services.publishing import bring_plan  # noqa: PLC0415 - on the worker

        return bring_plan(self.ports())

    def back_up_daily(self) -> object:
        """Make the backup of this day, unless there is one; on a worker."""
        from thidua_desktop.services.backups import back_up_daily  # noqa: PLC0415 - on the worker

        return back_up_daily(self.ports())

    def context(self) -> PageContext:
        """Return what pages are given; the window puts its own words into it."""
        return PageContext(
            ports=self.ports,
            writer=self.writer,
            reader=self.reader,
            planner=self.planner,
            drawer=self.drawer,
            office=self.office,
            look=self.look,
            today=_today,
            news=lambda _words: None,
            go=lambda _key, _record: None,
            saved=lambda _words: None,
            search=self.search,
            habits=self.habits,
        )

    def close(self) -> None:
        """End the workers and let other programs write."""
        for runner in (self.writer, self.reader, self.planner, self.drawer):
            runner.end()
        self._garbage.stop()
        if self.one_window is not None:
            self.one_window.close()
        self._held.close()


def prepare(application: QApplication, look: Look) -> None:
    """Give the application its language, fonts and look."""
    _prepare_undressed(application, look)
    dress(application, look)


def _prepare_undressed(application: QApplication, look: Look) -> None:
    sys.setswitchinterval(_TURN)
    QLocale.setDefault(QLocale("vi_VN"))
    application.setApplicationName("Thi Đua Desktop")
    translator = VietnameseQt(application)
    application.installTranslator(translator)
    load_fonts(look)
    set_letters(application, look)


def open_window(data: Path, identity: Path) -> int:
    """Run the program with a window until it is closed; return the exit code."""
    application = application_of(sys.argv[:1])
    settings = _settings(data)
    look = _saved_look(settings)
    _prepare_undressed(application, look)
    door = OneWindow(data, application)
    session = Session(partial(_ports, data, identity), look, Habits(settings), door)
    practice = TaskRunner(application)
    refusing = _Refusing()
    folder = PracticeFolder.beside(data)
    room = PracticeRoom(folder, practice, partial(_practice_window, look), refusing.say)
    has_data = (data / _DATABASE).exists
    window = main_window(session) if has_data() else None
    dress(application, look)
    practises = window is None and _first_start(session, folder)
    if window is None and has_data():
        window = main_window(session)
    if window is not None:
        window.look_chosen.connect(partial(_change_look, application, session, settings))
        window.practice_wanted.connect(room.open)
        refusing.window = window
        window.show()
    elif practises:
        room.open(OFFICE)
    else:
        session.close()
        return 0
    code = application.exec()
    practice.end()
    session.close()
    return code


class _Refusing:
    """Says in the window that is open why nobody can practise; before one is, in the log."""

    def __init__(self) -> None:
        self.window: MainWindow | None = None

    def say(self, error: ThiduaError) -> None:
        if self.window is not None:
            _say_refused(self.window, error)


def _practice_window(look: Look, data: Path, identity: Path) -> MainWindow:
    """Open a window to practise in; it goes with its session."""
    session = Session(partial(_ports, data, identity), look, Habits(_settings(data)))
    window = main_window(session)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.closing.connect(partial(_end, session))
    window.show()
    return window


def main_window(session: Session) -> MainWindow:
    """Return the window; whose it is, is read once it was painted."""
    window = MainWindow(session.context(), PLACES, "Đang mở dữ liệu…")
    window.painted.connect(
        partial(_open, session, window),
        Qt.ConnectionType.QueuedConnection,  # what stands inside is painted first
    )
    return window


def _open(session: Session, window: MainWindow) -> None:
    session.writer.run(
        session.open_office,
        owner=window,
        done=partial(_opened, session, window),
        failed=partial(_cannot_open, session, window),
    )


def _opened(session: Session, window: MainWindow, office: Office) -> None:
    if session.is_practice:
        window.show_practice()
    window.show_office(office)
    if session.one_window is not None:
        session.one_window.listen(window, session.reader)
    refused = partial(_say_refused, window)
    session.writer.run(
        session.finish_deliveries, owner=window, done=lambda _done: None, failed=refused
    )
    session.writer.run(
        session.bring_plan, owner=window, done=partial(_brought, window), failed=refused
    )
    session.writer.run(session.back_up_daily, owner=window, done=lambda _done: None, failed=refused)


def _brought(window: MainWindow, brought: Brought | None) -> None:
    if brought is not None:
        window.page.changed.emit(brought.changes)
        window.page.refresh()
        window.say(
            "Chương trình mới có thêm nội dung của kế hoạch và danh mục: đã bổ sung "
            f"{brought.records + brought.fields} mục, những gì tỉnh đã sửa được giữ nguyên. "
            "Các cơ quan nhận được cùng gói tới."
        )


def _say_refused(window: MainWindow, error: ThiduaError) -> None:
    from thidua_desktop.domain.error_text import error_text  # noqa: PLC0415 - after first paint

    window.say(error_text(error))


def _ports(data: Path, identity: Path) -> Ports:
    from thidua_desktop.app.account import account_name  # noqa: PLC0415 - as what follows
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415 - heavy, and off the UI thread

    return make_ports(data, identity, who=account_name(), keeps_backups=True)


def _cannot_open(
    session: Session, window: MainWindow, error: ThiduaError, *, is_first: bool = True
) -> None:
    from thidua_desktop.domain.errors import (  # noqa: PLC0415 - after first paint
        IdentityLockedError,
        StoreBusyError,
    )

    if isinstance(error, StoreBusyError) and session.one_window is not None and is_first:
        session.reader.run(
            session.one_window.knock,
            owner=window,
            done=partial(_knocked, session, window, error),
            failed=partial(_say_refused, window),
        )
        return
    _say_refused(window, error)
    window.page.setEnabled(False)
    again = partial(_open_again, session, window)
    if isinstance(error, IdentityLockedError):
        from thidua_desktop.ui.dialogs.unlock_dialog import UnlockDialog  # noqa: PLC0415 - rare

        unlocking = UnlockDialog(window.context, window)
        unlocking.unlocked.connect(again)
        unlocking.rejected.connect(window.close)
        unlocking.open()
    else:
        from thidua_desktop.ui.dialogs.not_opened import NotOpenedDialog  # noqa: PLC0415 - rare

        dialog = NotOpenedDialog(window.context, error, window)
        dialog.again.connect(again)
        dialog.restored.connect(partial(_restored, session, window))
        dialog.rejected.connect(window.close)
        dialog.open()


def _knocked(session: Session, window: MainWindow, error: ThiduaError, is_shown: bool) -> None:
    if is_shown:
        window.close()  # the first window came to the front
    else:
        _cannot_open(session, window, error, is_first=False)


def _open_again(session: Session, window: MainWindow) -> None:
    window.page.setEnabled(True)
    window.say("")
    _open(session, window)


def _restored(session: Session, window: MainWindow, kept: Path | None) -> None:
    _open_again(session, window)
    beside = f" Tệp hỏng được giữ ở “{kept.name}”, cùng thư mục." if kept is not None else ""
    window.say(f"Đã khôi phục bản sao lưu.{beside} Hãy xuất gói để xin chấp nhận lại máy này.")


def _end(session: Session) -> None:
    session.close()


def _first_start(session: Session, practice: PracticeFolder) -> bool:
    """Ask whose PC this is; tell whether somebody wants to practise only."""
    from thidua_desktop.domain.dates import PartialDate  # noqa: PLC0415 - as what follows
    from thidua_desktop.ui.start_dialog import (  # noqa: PLC0415 - once in a life
        PRACTISE,
        StartDialog,
    )

    today = PartialDate.of(_today())
    dialog = StartDialog(session.ports, session.writer, session.look, today, practice.ready)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    return dialog.exec() == PRACTISE


def _today() -> date:
    from datetime import date  # noqa: PLC0415 - no page asks before it is read

    return date.today()  # noqa: DTZ011 - the day on this desk


def _settings(data: Path) -> QSettings:
    return QSettings(str(data / "window.ini"), QSettings.Format.IniFormat)


def _saved_look(settings: QSettings) -> Look:
    scheme = str(settings.value("scheme", Scheme.LIGHT.value))
    size = str(settings.value("size", SIZES[0]))
    return Look(
        resources(),
        Scheme(scheme) if scheme in set(Scheme) else Scheme.LIGHT,
        float(size) if size in {str(one) for one in SIZES} else SIZES[0],
    )


def _change_look(
    application: QApplication, session: Session, settings: QSettings, scheme: Scheme, size: float
) -> None:
    session.look = Look(resources(), scheme, size)
    apply(application, session.look)
    settings.setValue("scheme", scheme.value)
    settings.setValue("size", size)
