"""A search through the pages of a paper: from the page that is looked at onward, round about."""

from __future__ import annotations

from collections import deque

from thidua_desktop.domain.drawings import Hit

MOST_HITS = 5_000


class PdfSearch:
    """Knows which page is to be read next, what was found, and which hit is looked at."""

    def __init__(self) -> None:
        self.wanted = ""
        self.hits: dict[int, tuple[Hit, ...]] = {}
        self.chosen: tuple[int, int] | None = None
        self._unread: deque[int] = deque()

    def begin(self, words: str, pages: int, page: int) -> None:
        """Search other words from this page on."""
        self.wanted = " ".join(words.split())
        self.hits = {}
        self.chosen = None
        self._unread = deque((*range(page, pages), *range(page)) if self.wanted else ())

    def next_page(self) -> int | None:
        """Return which page is to be read next; none where all are, or more is found than helps."""
        if not self._unread or self._count() >= MOST_HITS:
            return None
        return self._unread[0]

    def give(self, page: int, words: str, hits: tuple[Hit, ...]) -> None:
        """Take what was found on a page; the first hit of all is the one looked at."""
        if words != self.wanted or not self._unread or self._unread[0] != page:
            return
        self._unread.popleft()
        if hits:
            self.hits[page] = hits
            if self.chosen is None:
                self.chosen = (page, 0)

    def step(self, by: int) -> None:
        """Go to the next hit, or the one before; after the last to the first."""
        places = self._places()
        if places:
            at = places.index(self.chosen) if self.chosen in places else -by
            self.chosen = places[(at + by) % len(places)]

    def words(self) -> str:
        """Say which hit is looked at and how many there are; … where pages are still unread."""
        if not self.wanted:
            return ""
        more = "…" if self._unread else ""
        places = self._places()
        if not places:
            return more or "Không thấy"
        at = places.index(self.chosen) + 1 if self.chosen in places else 0
        return f"{at}/{len(places)}{more}"

    def _places(self) -> list[tuple[int, int]]:
        return [(page, n) for page in sorted(self.hits) for n in range(len(self.hits[page]))]

    def _count(self) -> int:
        return sum(len(of) for of in self.hits.values())
