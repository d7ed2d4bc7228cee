"""What a use case touched, so that open pages know whether to read again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """The touched records, by kind; of a kind with very many only some."""

    touched: frozenset[tuple[str, UUID]] = frozenset()

    def concern(self, *kinds: str) -> bool:
        """Tell whether any record of these kinds was touched."""
        return any(kind in kinds for kind, _ in self.touched)
