"""The private keys of this PC: how they are kept, and the phrase over them."""

from __future__ import annotations

from thidua_desktop.domain.errors import WeakPhraseError
from thidua_desktop.domain.key_state import LEAST_PHRASE, KeyState
from thidua_desktop.domain.recovery import plain_phrase
from thidua_desktop.services.opening import AskPhrase
from thidua_desktop.services.ports import Ports


def key_state(ports: Ports) -> KeyState:
    """Return how the keys of this PC are kept."""
    return KeyState(
        guard=ports.keys.guard, has_phrase=ports.store.has_phrase(), mended=ports.keys.mended()
    )


def unlock(ports: Ports, ask: AskPhrase) -> bool:
    """Ask for the phrase of this PC's keys, if they want one; tell whether they can be used.

    Raises PhraseError where it is another one.
    """
    if not ports.store.is_locked():
        return True
    typed = ask()
    if typed is None:
        return False
    ports.store.unlock(plain_phrase(typed))
    return True


def set_phrase(ports: Ports, typed: str | None, *, current: str | None = None) -> None:
    """Put this PC's keys under a phrase, or another one; None takes it away.

    Raises:
        WeakPhraseError: it is too short to protect anything.
        PhraseError: there is a phrase, and `current` is another one.
    """
    phrase = None if typed is None else plain_phrase(typed)
    if phrase is not None and len(phrase) < LEAST_PHRASE:
        raise WeakPhraseError
    ports.store.set_phrase(phrase, current=None if current is None else plain_phrase(current))
