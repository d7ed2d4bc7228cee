"""Khóa của máy này: what keeps the private keys from others, and the phrase over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from thidua_desktop.ui.pages.page import Page
from thidua_desktop.ui.widgets.frames import Card, button_of
from thidua_desktop.ui.widgets.labels import Text

if TYPE_CHECKING:  # read on the worker that first asks
    from thidua_desktop.domain.key_state import KeyState
    from thidua_desktop.services.ports import Ports


class KeyCard(Card):
    """A sentence and two buttons."""

    def __init__(self, page: Page) -> None:
        super().__init__("Khóa của máy này")
        self._page = page
        self._state: KeyState | None = None
        self.state = Text(wrap=True)
        self.set_it = button_of("Đặt cụm từ…", self._ask_set)
        self.remove = button_of("Bỏ cụm từ…", self._ask_remove)
        row = QHBoxLayout()
        row.addWidget(self.set_it)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.body.addWidget(self.state)
        self.body.addLayout(row)
        self.set_it.setEnabled(False)
        self.remove.hide()

    def refresh(self) -> None:
        """Read anew how the keys are kept."""

        def read(ports: Ports) -> KeyState:
            from thidua_desktop.services.machine_key import key_state  # noqa: PLC0415 - on the worker

            return key_state(ports)

        self._page.read(read, self._show)

    def _show(self, state: KeyState) -> None:
        from thidua_desktop.domain.key_state import key_state_text  # noqa: PLC0415 - read by then

        self._state = state
        self.state.setText(key_state_text(state))
        self.set_it.setText("Đổi cụm từ…" if state.has_phrase else "Đặt cụm từ…")
        self.set_it.setEnabled(True)
        self.remove.setVisible(state.has_phrase)

    def _ask_set(self) -> None:
        self._open(removing=False)

    def _ask_remove(self) -> None:
        self._open(removing=True)

    def _open(self, *, removing: bool) -> None:
        from thidua_desktop.ui.dialogs.phrase_dialog import PhraseDialog  # noqa: PLC0415 - rare

        has_phrase = self._state is not None and self._state.has_phrase
        dialog = PhraseDialog(self._page.context, self, has_phrase=has_phrase, removing=removing)
        dialog.done_so.connect(self._changed)
        dialog.open()

    def _changed(self, told: str) -> None:
        self._page.context.news(told)
        self.refresh()
