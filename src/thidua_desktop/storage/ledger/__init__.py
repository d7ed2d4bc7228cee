"""The change ledger: every write of the program, and the merge of everyone's writes."""

from __future__ import annotations

from thidua_desktop.storage.ledger.ledger import Ledger
from thidua_desktop.storage.ledger.log import Writer

__all__ = ["Ledger", "Writer"]
