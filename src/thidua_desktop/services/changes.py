"""What a use case touched, so that open pages know whether to read again."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

# A record by kind and id; None: so many of the kind that they are not named.
Touched = tuple[str, UUID | None]


@dataclass(frozen=True, slots=True)
class Changes:
    """The touched records."""

    touched: frozenset[Touched] = frozenset()

    def concern(self, *kinds: str) -> bool:
        """Tell whether any record of these kinds was touched."""
        return any(kind in kinds for kind, _ in self.touched)
