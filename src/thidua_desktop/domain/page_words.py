"""What a paper says: its words in the order of reading, whatever draws it."""

from __future__ import annotations

from collections.abc import Iterator

from thidua_desktop.domain.pages import (
    ADDRESSED,
    MOTTO,
    RECIPIENTS,
    STATE,
    Address,
    Block,
    Code,
    Facts,
    Head,
    NumberedWords,
    Page,
    Paragraph,
    RecipientsAndSigner,
    Sheet,
    Signatures,
    Table,
    Title,
    fact_line,
    head_groups,
    widest,
)


def words_of(page: Page) -> Iterator[str]:
    """Yield every text of a paper in the order of reading, as every format says it."""
    blocks = (words for block in page.blocks for words in _words(block))
    yield from (words for words in (page.circulation, *blocks, *page.contact) if words)


def _words(block: Block) -> Iterator[str]:  # noqa: C901, PLR0912 - one case for each block
    match block:
        case Head():
            yield from (block.parent, block.agency, STATE, MOTTO, block.number)
            yield from (block.about, block.place)
            yield from (block.urgency.stamp,) if block.urgency else ()
        case Title():
            yield from (line.text for line in block.lines)
        case Address():
            yield from (ADDRESSED, *block.lines)
        case Paragraph():
            yield from (block.lead, block.text)
        case Facts(in_table=True):
            yield from (words for line in block.lines for words in line)
        case Facts():
            yield from (fact_line(*line) for line in block.lines)
        case Table():
            yield from _words_of_table(block)
        case NumberedWords():
            for number, word in enumerate(block.words, start=1):
                yield from (str(number), word)
        case Code():
            yield from (block.label, block.words, *block.notes)
        case Signatures():
            for signer in (block.left, block.right, *block.below):
                yield from (*signer.lines, signer.remark, signer.name)
        case RecipientsAndSigner():
            yield from (RECIPIENTS, *block.recipients) if block.recipients else ()
            yield block.drafter
            yield from (*block.signer.lines, block.signer.remark, block.signer.name)
        case Sheet():
            yield from (one.text for one in block.texts)


def _words_of_table(table: Table) -> Iterator[str]:
    yield from (name for name, _ in head_groups(table.columns))
    yield from (column.name for column in table.columns)
    place = widest(table.columns)
    for row in table.rows:
        yield from row.cells[: place + 1]
        yield from row.below
        yield from row.cells[place + 1 :]
    yield table.closing
