"""What the papers of an office have in common: its head, its place, who signs for it."""

from __future__ import annotations

from dataclasses import dataclass

from thidua_desktop.domain.agencies import agency_name, contact_lines, head_lines, signature_lines
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import GAP, Letterhead
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.pages import Head, RecipientsAndSigner, SignatureBlock
from thidua_desktop.domain.paper_forms import FormTexts, PaperTexts
from thidua_desktop.domain.units import Signer, Unit
from thidua_desktop.services.pages import parts

_LEAST_DIGITS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office on the day of a paper, with what papers say."""

    unit: Unit
    parent: Unit | None
    place: str
    day: PartialDate
    signer: Signer | None
    movement: Movement | None
    texts: PaperTexts

    @property
    def agency(self) -> str:
        """Return the office inside a sentence."""
        return agency_name(self.unit, self.parent)

    def head(self, kind: str = "", *, number: str = "", day: PartialDate | None = None) -> Head:
        """Return the head of a paper; of one with a number its kind is given: BC, TTr.

        `number` may have its symbol (96/BC-UBND); without a day it is the day of the paper.
        """
        parent, agency = head_lines(self.unit, self.parent)
        said, _, symbol = (part.strip() for part in number.partition("/"))
        usual = f"{kind}-{self.unit.document_code or GAP}" if kind else ""
        return parts.head(
            Letterhead(
                parent=parent,
                agency=agency,
                number=said.zfill(_LEAST_DIGITS) if said.isdecimal() else said,
                symbol=symbol or usual,
                place=self.place,
                date=day or self.day,
            )
        )

    @property
    def contact(self) -> tuple[str, ...]:
        """Return how the office is reached, if its papers are to say so."""
        return contact_lines(self.unit)

    def signature(self) -> SignatureBlock:
        """Return who signs for the office."""
        name = self.signer.full_name if self.signer else ""
        return SignatureBlock(lines=signature_lines(self.unit, self.signer), name=name)

    def signed(self, texts: FormTexts) -> RecipientsAndSigner:
        """Return who receives the paper, as its form says, and who signs it."""
        kept = ", ".join(part for part in ("VT", self.unit.document_code) if part)
        copies = texts.lines("copies_to", kept=kept)
        return RecipientsAndSigner(recipients=parts.dashed(copies), signer=self.signature())
