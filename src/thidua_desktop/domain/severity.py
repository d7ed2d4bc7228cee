"""How grave a finding on a dossier is."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    """How grave a finding is: it stops submission, it warns, it reminds (mức)."""

    BLOCK = "block"
    WARN = "warn"
    REMIND = "remind"
