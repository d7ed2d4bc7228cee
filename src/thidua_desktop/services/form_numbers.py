"""Which forms a file holds: their numbers in the decree of the day, and which were put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.paper_forms import NUMBER_PLACE, PaperTexts
from thidua_desktop.services.pages.forms import form_of
from thidua_desktop.services.paper_texts import paper_texts, regime_on
from thidua_desktop.services.ports import Ports

REBUILT = "mẫu dựng lại, cần đối chiếu"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTold:
    """A form in a file: its number in the decree that holds on the day of the papers.

    Without a number that decree has no such form.
    """

    form: str
    name: str
    number: str
    decree: str
    reconstructed: bool

    def sentence(self) -> str:
        """Return the form as people speak of it: Tờ trình (F01): mẫu số 01, Nghị định …."""
        decree = self.decree or "nghị định"
        number = f"mẫu số {self.number}, {decree}" if self.number else f"{decree} không có mẫu"
        rebuilt = f"; {REBUILT}" if self.reconstructed else ""
        return f"{self.name} ({self.form}): {number}{rebuilt}"

    def to_json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return asdict(self)


def forms_told(ports: Ports, dossiers: Iterable[Dossier]) -> tuple[FormTold, ...]:
    """Return the forms of files, each once, in the order of the papers."""
    with ports.store.read() as work:
        texts, today = paper_texts(ports, work), work.today()
    regimes = ports.plan().legal_bases
    found: dict[FormTold, None] = {}
    for dossier in dossiers:
        regime = regime_on(regimes, dossier.day or PartialDate.of(today))
        codes = dict.fromkeys(map(form_of, dossier.papers))
        known = {form.code for form in texts.forms}
        for code in codes:
            if code in known:
                number = _number(texts, code, regime.regime) if regime else ""
                found[_told(texts, code, number, regime.decree if regime else "")] = None
    return tuple(found)


def _told(texts: PaperTexts, code: str, number: str, decree: str) -> FormTold:
    form = texts.form(code)
    return FormTold(
        form=code,
        name=form.name,
        number=number,
        decree=decree,
        reconstructed=form.is_reconstructed,
    )


def _number(texts: PaperTexts, code: str, regime: str) -> str:
    place = f"{NUMBER_PLACE}.{regime}"
    form = texts.of(code)
    return form.say(place).strip() if form.has(place) else ""
