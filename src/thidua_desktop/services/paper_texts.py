"""The texts of papers (mẫu văn bản): read with the province's own, changed by the province only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from thidua_desktop.domain.catalogue import LegalBasis
from thidua_desktop.domain.checks import tidied
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.errors import InvalidInputError, NotForRoleError
from thidua_desktop.domain.ids import PROVINCE_NUMBER
from thidua_desktop.domain.paper_forms import (
    BASES_PLACE,
    FormText,
    PaperForm,
    PaperText,
    PaperTexts,
    TextFault,
    paper_text_issues,
    text_faults,
    texts_with,
)
from thidua_desktop.domain.records import keyed_id, kind_name
from thidua_desktop.domain.told import said_as
from thidua_desktop.domain.units import UnitRole
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, keep

LETTER = "F01"


def paper_texts(ports: Ports, work: Work) -> PaperTexts:
    """Return the texts of all forms as they are printed now."""
    return texts_with(ports.plan().papers, work.records.having(PaperText))


def regime_on(regimes: Sequence[LegalBasis], day: PartialDate) -> LegalBasis | None:
    """Return the legal regime that holds on a day."""
    iso = day.iso()
    holding = [r for r in regimes if r.valid_from <= iso and (not r.valid_to or iso <= r.valid_to)]
    return holding[-1] if holding else None


def usual_bases(
    regimes: Sequence[LegalBasis], texts: PaperTexts, day: PartialDate
) -> tuple[str, ...]:
    """Return the lines `Căn cứ …` of a letter of this day."""
    regime = regime_on(regimes, day)
    return texts.of(LETTER).lines(f"{BASES_PLACE}.{regime.regime}") if regime else ()


def bases_on(
    regimes: Sequence[LegalBasis], texts: PaperTexts, typed: Sequence[str], day: PartialDate
) -> tuple[str, ...]:
    """Return the bases that a letter of this day prints: those typed, else the usual ones.

    Lines that are word for word the usual ones of another regime were filled in, not typed: the
    letter was begun under the other law.
    """
    letter = texts.of(LETTER)
    usual = {letter.lines(f"{BASES_PLACE}.{one.regime}") for one in regimes}
    shipped = {one.lines for one in regimes}
    said = tuple(said_as(line, line.strip()) for line in typed if line.strip())
    return said if said and said not in usual | shipped else usual_bases(regimes, texts, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTextRow:
    """A text as the page shows it: `wording` is the one that stands here, empty the shipped one.

    `faults` are those of a wording that came wrong by a bundle: the shipped text is printed.
    """

    form: PaperForm
    text: FormText
    record: PaperText
    faults: tuple[TextFault, ...]

    @property
    def is_own(self) -> bool:
        """Tell whether the province wrote it anew."""
        return bool(self.record.wording)

    @property
    def shown(self) -> PaperText:
        """Return the record with the words that the page shows: its own, else the shipped."""
        return self.record if self.is_own else replace(self.record, wording=self.text.shipped)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsView:
    """All forms with their texts; only the province changes them."""

    rows: tuple[FormTextRow, ...]
    may_change: bool


def form_texts(ports: Ports) -> FormsView:
    """Return every text of every form."""
    with ports.store.read() as work:
        own = {one.id: one for one in work.records.having(PaperText)}
        rows = [_row(form, text, own) for form in ports.plan().papers for text in form.texts]
        return FormsView(rows=tuple(rows), may_change=work.book.me().is_province)


def save_paper_text(ports: Ports, text: PaperText, *, shown: PaperText) -> RecordSaved[PaperText]:
    """Store a text of a paper as the province wants it, and let the next bundles carry it.

    Words that are those shipped are not kept as the province's own.

    Raises:
        NotForRoleError: only the province changes texts of papers.
        InvalidInputError: a place to fill in is wrong, or there is no such text.
        StaleEditError: it was changed meanwhile.
    """
    text = tidied(text)
    if issues := paper_text_issues(ports.plan().papers, text):
        raise InvalidInputError(issues)
    shipped = _shipped(ports, text)
    with ports.store.write() as work:
        if not work.book.me().is_province:
            raise NotForRoleError(UnitRole.PROVINCE.value)
        stored = work.records.find(PaperText, text.id)
        before = _as_kept(shown, shipped) if stored else None
        kept = keep(work, _as_kept(text, shipped), shown=before)
        work.records.share([(kind_name(PaperText), kept.id)])
        words = kept.wording or shipped
        return RecordSaved(replace(kept, wording=words), work.commit())


def restore_paper_text(ports: Ports, text: PaperText) -> RecordSaved[PaperText]:
    """Go back to the shipped text. Raises as `save_paper_text`."""
    return save_paper_text(ports, replace(text, wording=_shipped(ports, text)), shown=text)


def _row(form: PaperForm, text: FormText, own: Mapping[UUID, PaperText]) -> FormTextRow:
    key = {"form": form.code, "place": text.place}
    record_id = keyed_id(PaperText, PROVINCE_NUMBER, **key)
    record = own.get(record_id) or PaperText(id=record_id, **key)
    return FormTextRow(
        form=form, text=text, record=record, faults=text_faults(form, text, record.wording)
    )


def _shipped(ports: Ports, text: PaperText) -> str:
    form = next(one for one in ports.plan().papers if one.code == text.form)
    found = form.find(text.place)
    return found.shipped if found else ""


def _as_kept(text: PaperText, shipped: str) -> PaperText:
    """Return the record as it is stored: without words where they are those shipped."""
    is_shipped = text.wording.split() == shipped.split()
    return replace(text, wording="") if is_shipped else text
