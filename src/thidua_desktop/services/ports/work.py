"""One transaction."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from thidua_desktop.services.changes import Changes
from thidua_desktop.services.ports.exchange import Book, DeskShelf, Exchange, Parts, Sent
from thidua_desktop.services.ports.records import Blobs, Journal, Lists, Records


class Work(Protocol):
    """One transaction. Leave it without commit() and nothing has happened."""

    @property
    def records(self) -> Records:
        """The records as this transaction sees them."""

    @property
    def lists(self) -> Lists:
        """Long lists of records."""

    @property
    def exchange(self) -> Exchange:
        """The ops, for bundles."""

    @property
    def book(self) -> Book:
        """What is known of offices and bundles."""

    @property
    def desk(self) -> DeskShelf:
        """The merge desk."""

    @property
    def journal(self) -> Journal:
        """What was done and typed here."""

    @property
    def blobs(self) -> Blobs:
        """Files by hash."""

    @property
    def parts(self) -> Parts:
        """Bundles that come in parts."""

    @property
    def sent(self) -> Sent:
        """Copies of what was sent."""

    def today(self) -> date:
        """Return the day on this PC, the same as long as the transaction lasts."""

    def attempt(self) -> AbstractContextManager[None]:
        """Open a step that an error inside it undoes alone (a savepoint)."""

    def commit(self) -> Changes:
        """Make everything permanent and tell what was touched."""
