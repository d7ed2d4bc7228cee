"""Forms of papers (mẫu văn bản): the named texts of each, as shipped and as the province has them.

A text is found by the code of its form and its place there. What the province wrote replaces what
is shipped, unless a place to fill in is wrong: then the shipped text is printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from thidua_desktop.domain.issues import FieldIssue, Issue
from thidua_desktop.domain.records import Owner, Record, record_kind, said
from thidua_desktop.domain.templates import Slot, TemplateFault, faults_of, filled_in

NUMBER_PLACE = "number"
BASES_PLACE = "bases"


@record_kind("Mẫu văn bản của tỉnh", owner=Owner.PROVINCE, key=("form", "place"))
@dataclass(frozen=True, slots=True, kw_only=True)
class PaperText(Record):
    """A text of a paper as the province wants it; an empty one is the shipped text."""

    form: str = said("Mẫu", required=True, longest=40)
    place: str = said("Chỗ trong mẫu", required=True, longest=80)
    wording: str = said("Nội dung", lines=True, longest=8_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormText:
    """A text of a form: its place, what people call it, as shipped, what may be filled in."""

    place: str
    label: str
    shipped: str
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """A form (mẫu): its code, name and texts. `shared` is the form that has what it lacks.

    `numbers` are its numbers by legal regime, as shipped. A reconstructed form was put together
    from what such papers say, not from the text of the decree.
    """

    code: str
    name: str
    is_reconstructed: bool
    source: str
    texts: tuple[FormText, ...]
    shared: str = ""

    @property
    def title(self) -> str:
        """Return its name and code, for people."""
        return f"{self.name} ({self.code})" if self.code else self.name

    def find(self, place: str) -> FormText | None:
        """Return the text at a place, if the form has one."""
        return next((one for one in self.texts if one.place == place), None)


@dataclass(frozen=True, slots=True)
class TextFault:
    """What is wrong in a text of a paper: which form, which place there, what may be filled in."""

    form: str
    label: str
    fault: TemplateFault
    allowed: tuple[str, ...]


class UnknownTextError(LookupError):
    """A form was asked for a text that it does not have: a fault of the program."""


@dataclass(frozen=True, slots=True)
class FormTexts:
    """The texts of one form, as they are to be printed."""

    forms: tuple[PaperForm, ...]
    own: Mapping[tuple[str, str], str]

    def say(self, place: str, **values: str) -> str:
        """Return the text at a place with these values in it."""
        form, text = self._find(place)
        return filled_in(self.own.get((form, place)) or text.shipped, text.slots, values)

    def lines(self, place: str, **values: str) -> tuple[str, ...]:
        """Return the lines of the text at a place."""
        return tuple(line for line in self.say(place, **values).splitlines() if line.strip())

    @property
    def name(self) -> str:
        """Return what the form is called."""
        return self.forms[0].name

    @property
    def is_reconstructed(self) -> bool:
        """Tell whether the form was put together by us."""
        return self.forms[0].is_reconstructed

    def has(self, place: str) -> bool:
        """Tell whether there is such a text."""
        return any(form.find(place) for form in self.forms)

    def _find(self, place: str) -> tuple[str, FormText]:
        for form in self.forms:
            if text := form.find(place):
                return form.code, text
        raise UnknownTextError([form.code for form in self.forms], place)


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """The texts of all forms. `faults` are those that the province has wrong."""

    forms: tuple[PaperForm, ...]
    own: Mapping[tuple[str, str], str] = field(default_factory=dict)
    faults: tuple[TextFault, ...] = ()

    def of(self, code: str) -> FormTexts:
        """Return the texts of a form, with those it shares. Raises KeyError."""
        by_code = {form.code: form for form in self.forms}
        form = by_code[code]
        found = (form, by_code[form.shared]) if form.shared else (form,)
        return FormTexts(found, self.own)

    def form(self, code: str) -> PaperForm:
        """Return a form. Raises KeyError."""
        return {form.code: form for form in self.forms}[code]


def texts_with(forms: tuple[PaperForm, ...], own: Iterable[PaperText]) -> PaperTexts:
    """Return the texts with the province's own, those without a fault."""
    good: dict[tuple[str, str], str] = {}
    wrong: list[TextFault] = []
    by_code = {form.code: form for form in forms}
    for one in own:
        form = by_code.get(one.form)
        text = form.find(one.place) if form else None
        if form is None or text is None or not one.wording:
            continue
        if faults := text_faults(form, text, one.wording):
            wrong += faults
        else:
            good[one.form, one.place] = one.wording
    return PaperTexts(forms, good, tuple(wrong))


def text_faults(form: PaperForm, text: FormText, wording: str) -> tuple[TextFault, ...]:
    """Return what is wrong in a wording for a place of a form."""
    allowed = tuple(slot.label for slot in text.slots)
    found = faults_of(wording, text.slots)
    return tuple(TextFault(form.title, text.label, fault, allowed) for fault in found)


def paper_text_issues(forms: Collection[PaperForm], record: Record) -> tuple[FieldIssue, ...]:
    """Return what is wrong with a text of a paper; of any other record, nothing."""
    if not isinstance(record, PaperText):
        return ()
    form = next((one for one in forms if one.code == record.form), None)
    if form is None:
        return (FieldIssue("form", Issue.NOT_ALLOWED),)
    text = form.find(record.place)
    if text is None:
        return (FieldIssue("place", Issue.NOT_ALLOWED),)
    faults = text_faults(form, text, record.wording)
    return tuple(FieldIssue("wording", Issue.WRONG_SLOT, fault) for fault in faults)
