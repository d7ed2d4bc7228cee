"""A paper that an officer edited in Word is read in: what differs is shown, then accepted.

Three texts stand beside each other: as it was printed, as the file says it, as the record says it
now. Nothing is written before a person took a difference; all that is taken is one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.checks import checked
from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import NotFoundError, UnreturnableFileError
from thidua_desktop.domain.issues import FieldIssue
from thidua_desktop.domain.kinds import KIND_BY_NAME
from thidua_desktop.domain.proposals import Proposal, Submission
from thidua_desktop.domain.records import Record, replace_values
from thidua_desktop.domain.returned import (
    Asked,
    AskedSort,
    Imprint,
    PrintedPassage,
    ReturnedFile,
    Unreturnable,
    around_of,
    imprint_of,
)
from thidua_desktop.domain.returned_places import FoundBy, FoundPassage, find_back
from thidua_desktop.domain.same_words import Setting, digest, same
from thidua_desktop.domain.told import Source
from thidua_desktop.domain.weaving import woven
from thidua_desktop.domain.words import field_label, kind_label
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.checklist_sheets import checklist_dossier
from thidua_desktop.services.dossiers import gather_proposal, gather_submission
from thidua_desktop.services.exchange import never_stop
from thidua_desktop.services.office_papers import OfChecklist, OfficeForm, office_paper
from thidua_desktop.services.ports import Ports, StopWanted, Work
from thidua_desktop.services.print_choices import as_chosen
from thidua_desktop.services.returned_notes import (
    IgnoredChange,
    ignored_changes,
    layout_notes,
    margin_changes,
)
from thidua_desktop.services.saving import keep, may_not_change
from thidua_desktop.services.titles import title_of
from thidua_desktop.services.word_origins import keep_origins


class Standing(StrEnum):
    """What a passage is that the file says otherwise than the record."""

    CHANGED = "changed"  # in Word only
    BOTH = "both"  # in Word, and in the record since it was printed
    LOCKED = "locked"  # the record lies at the province


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedDifference:
    """A passage that the file says otherwise. `said` is what the record would say, `now` what it
    says; `printed` what it said when the paper was printed, None where nobody knows.

    `rivals` are differences of the same field that say something else.
    """

    number: int
    source: Source
    title: str
    label: str
    printed: str | None
    now: str
    said: str
    standing: Standing
    by: FoundBy
    beside: int
    issues: tuple[FieldIssue, ...]
    shown: Record
    rivals: tuple[int, ...] = ()

    @property
    def may_be_taken(self) -> bool:
        """Tell whether the record can take it."""
        return self.standing is not Standing.LOCKED and not self.issues


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedPaper:
    """What a file says: differences, and everything that is not read in by name.

    `same` passages are as they were printed, `already` say what the record says by now; `lost` are
    fields whose passage is not to be found in the file, `gone` those whose record is not here.
    """

    file_name: str
    title: str
    differences: tuple[ReturnedDifference, ...]
    same: int
    already: int
    lost: tuple[str, ...]
    gone: tuple[str, ...]
    ignored: tuple[IgnoredChange, ...]
    layout: tuple[str, ...]
    comments: tuple[str, ...]
    revisions: int
    old_letters: int


@dataclass(frozen=True, slots=True)
class ReturnedTaken:
    """How many passages were taken, and what was touched."""

    count: int
    changes: Changes


def read_returned(
    ports: Ports,
    path: Path,
    *,
    within: Sequence[Asked] = (),
    stop_wanted: StopWanted = never_stop,
) -> ReturnedPaper:
    """Return what a Word file says otherwise than the records; nothing is written.

    `within` is what is open where the file is read, for one that no longer says what it is of.
    Raises UnreadableFileError, UnreturnableFileError and StoppedError.
    """
    file = ports.returned.read(path)
    imprint, dossier = file.imprint, None
    asked = imprint.asked if imprint else tuple(within)
    fresh = None
    if (dossier := _gathered(ports, asked)) is not None:
        printed = ports.papers.docx(as_chosen(ports, dossier), stop_wanted=stop_wanted)
        fresh = ports.returned.of(printed, path.name)
        imprint = imprint or _close_enough(file, imprint_of(fresh.lines, asked))
    if imprint is None:
        raise UnreturnableFileError(path.name, Unreturnable.NOT_OURS)
    found = find_back(imprint, file.lines)
    with ports.store.read() as work:
        reading = _Reading(work, imprint, found.passages)
        if fresh is None and reading.all_gone():
            raise UnreturnableFileError(path.name, Unreturnable.NOT_OURS)
        differences = reading.differences()
    return ReturnedPaper(
        file_name=path.name,
        title=dossier.title if dossier else "",
        differences=differences,
        same=reading.same,
        already=reading.already,
        lost=tuple(dict.fromkeys(reading.lost)),
        gone=tuple(dict.fromkeys(reading.gone)),
        ignored=(
            *reading.parts,
            *ignored_changes(file, imprint, found, fresh.lines if fresh else ()),
            *margin_changes(file, fresh),
        ),
        layout=layout_notes(file, fresh),
        comments=file.comments,
        revisions=file.revisions,
        old_letters=file.old_letters,
    )


def usual_choice(paper: ReturnedPaper) -> dict[int, str | None]:
    """Return what may be taken without a choice: changed in Word only, and said in one way."""
    return {
        one.number: None
        for one in paper.differences
        if one.may_be_taken and one.standing is Standing.CHANGED and not one.rivals
    }


def take_returned(
    ports: Ports, paper: ReturnedPaper, taken: Mapping[int, str | None]
) -> ReturnedTaken:
    """Write what was taken, by the number of its difference; None takes what the file says.

    One transaction, one step to take back. Raises InvalidInputError, LockedError and
    StaleEditError: then nothing is written.
    """
    by_record: dict[tuple[str, UUID], tuple[Record, dict[str, str]]] = {}
    for one in paper.differences:
        if one.number not in taken:
            continue
        typed = taken[one.number]
        said = one.said if typed is None else typed
        place = (one.source.kind, one.source.id)
        _, fields = by_record.setdefault(place, (one.shown, {}))
        if fields.setdefault(one.source.field, said) != said:
            raise ValueError(one.source.field)  # a person takes one of several
    with ports.store.write() as work:
        origins: dict[tuple[UUID, str, object], str] = {}
        for (_, record_id), (shown, fields) in by_record.items():
            stored = keep(work, replace_values(shown, dict(fields)), shown=shown)
            for name in fields:
                origins[record_id, name, getattr(stored, name)] = paper.file_name
        keep_origins(work, origins)
        changes = work.commit()
    return ReturnedTaken(sum(len(fields) for _, fields in by_record.values()), changes)


def _gathered(ports: Ports, asked: Sequence[Asked]) -> Dossier | None:
    """Return what was printed as it would be printed today; None where nothing of it is left."""
    found = []
    for one in asked:
        try:
            found.append(_dossier_of(ports, one))
        except (NotFoundError, KeyError, ValueError):
            continue
    if not found:
        return None
    papers = tuple(paper for one in found for paper in one.papers)
    return replace(found[0], papers=papers)


def _dossier_of(ports: Ports, asked: Asked) -> Dossier:
    record_id = asked.id or UUID(int=0)
    match asked.sort:
        case AskedSort.PROPOSAL:
            with ports.store.read() as work:
                return gather_proposal(ports, work, work.records.get(Proposal, record_id))
        case AskedSort.SUBMISSION:
            with ports.store.read() as work:
                return gather_submission(ports, work, work.records.get(Submission, record_id))
        case AskedSort.OFFICE:
            form = OfficeForm(asked.form)
            return office_paper(ports, form=form, year=asked.year, submission=asked.id)
        case AskedSort.CHECKLIST:
            year, unit_id = asked.year or 0, asked.unit_id
            if asked.form:
                of = OfChecklist(record_id, unit_id, whole_group=True)
                return office_paper(ports, form=OfficeForm(asked.form), year=year, checklist=of)
            return checklist_dossier(ports, set_id=record_id, year=year, unit_id=unit_id)


def _close_enough(file: ReturnedFile, imprint: Imprint) -> Imprint | None:
    """Return the imprint of today's paper where the file is that paper: most of its lines are."""
    wanted = {one.known_by for one in imprint.lines if one.known_by}
    known = set(map(around_of, file.lines))
    return imprint if len(wanted & known) * 2 >= len(wanted) else None


class _Reading:
    """Compares passages with the records of one transaction."""

    def __init__(self, work: Work, imprint: Imprint, found: Sequence[FoundPassage]) -> None:
        self._work = work
        self._imprint = imprint
        self._found = found
        self._records: dict[tuple[str, UUID], Record | None] = {}
        self.same = self.already = 0
        self.lost: list[str] = []
        self.gone: list[str] = []
        self.parts: list[IgnoredChange] = []

    def all_gone(self) -> bool:
        """Tell whether no record of the paper is here."""
        return not any(self._record(one.source) for one in self._imprint.passages)

    def differences(self) -> tuple[ReturnedDifference, ...]:
        """Return the passages that the file says otherwise, each once."""
        made: dict[tuple[Source, str], ReturnedDifference] = {}
        for passage in self._found:
            for difference in self._difference(passage, len(made) + 1):
                made.setdefault((difference.source, difference.said), difference)
        self.parts = [part for part in self.parts if not _is_part_of_any(part.now, made.values())]
        numbers: dict[Source, list[int]] = {}
        for one in made.values():
            numbers.setdefault(one.source, []).append(one.number)
        return tuple(
            replace(one, rivals=tuple(n for n in numbers[one.source] if n != one.number))
            for one in made.values()
        )

    def _difference(self, found: FoundPassage, number: int) -> Iterator[ReturnedDifference]:
        printed = self._imprint.passages[found.number]
        source = printed.source
        record = self._record(source)
        if found.by is not FoundBy.NOT and _known(found.text, printed) == printed.known_by:
            self.same += 1
            return
        if record is None:
            self.gone.append(f"{kind_label(source.kind)}, {_label(source)}")
            return
        title = title_of(self._work, source.kind, source.id)
        if found.by is FoundBy.NOT:
            if not source.is_part and digest("") != printed.known_by:
                self.lost.append(f"{_label(source)} ({title})")
            return
        now = str(getattr(record, source.field))
        if source.is_part:
            said = " ".join(found.text.split())
            advice = f"sửa cả đoạn ở ô {_label(source)}"
            self.parts.append(IgnoredChange(f"phần rút gọn của {title}", "", said, advice))
            return
        if _reads_the_same(now, found.text, printed.setting):
            self.already += 1
            return
        said = woven(now, found.text, printed.setting)
        after = replace_values(record, {source.field: said})
        known = set(checked(record))
        yield ReturnedDifference(
            number=number,
            source=source,
            title=f"{kind_label(source.kind)}: {title}",
            label=_label(source),
            printed=self._as_printed(record, now, printed),
            now=now,
            said=said,
            standing=self._standing(record, now, printed),
            by=found.by,
            beside=found.beside,
            issues=tuple(one for one in checked(after) if one not in known),
            shown=record,
        )

    def _standing(self, record: Record, now: str, printed: PrintedPassage) -> Standing:
        if may_not_change(self._work, record):
            return Standing.LOCKED
        return Standing.CHANGED if _was(now, printed) else Standing.BOTH

    def _as_printed(self, record: Record, now: str, printed: PrintedPassage) -> str | None:
        """Return what the field said when it was printed: as it is now, or one of its versions."""
        if _was(now, printed):
            return now
        for one in reversed(self._work.records.history(record.id)):
            is_it = one.field == printed.source.field and isinstance(one.value, str)
            if is_it and _was(str(one.value), printed):
                return str(one.value)
        return None

    def _record(self, source: Source) -> Record | None:
        place = (source.kind, source.id)
        if place not in self._records:
            self._records[place] = self._work.records.find(KIND_BY_NAME[source.kind], source.id)
        return self._records[place]


def _is_part_of_any(words: str, differences: Iterable[ReturnedDifference]) -> bool:
    """Tell whether a shortened passage says what a whole one says too."""
    begins = same(words.removesuffix("…"), Setting.INSIDE)
    return any(same(one.said, Setting.INSIDE).startswith(begins) for one in differences)


def _label(source: Source) -> str:
    return field_label(source.kind, source.field)


def _known(text: str, printed: PrintedPassage) -> str:
    return digest(same(text, printed.setting))


def _was(value: str, printed: PrintedPassage) -> bool:
    """Tell whether this value of a field was printed so; a list may put its lines into one."""
    return printed.known_by in {_known(value, printed), _known(" ".join(value.split()), printed)}


def _reads_the_same(value: str, said: str, setting: Setting) -> bool:
    wanted = same(said, setting)
    flat = " ".join(value.split())
    return wanted == same(value, setting) or (
        setting is not Setting.ALONE and wanted == same(flat, setting)
    )


def returned_json(paper: ReturnedPaper) -> dict[str, object]:
    """Return what a file says for other programs."""
    return {
        "file": paper.file_name,
        "differences": [_difference_json(one) for one in paper.differences],
        "same": paper.same,
        "already": paper.already,
        "lost": list(paper.lost),
        "gone": list(paper.gone),
        "ignored": [{**asdict(one), "message": one.sentence()} for one in paper.ignored],
        "layout": list(paper.layout),
        "comments": list(paper.comments),
        "revisions": paper.revisions,
        "old_letters": paper.old_letters,
    }


def _difference_json(one: ReturnedDifference) -> dict[str, object]:
    return {
        "number": one.number,
        "kind": one.source.kind,
        "id": str(one.source.id),
        "field": one.source.field,
        "state": one.standing.value,
        "printed": one.printed,
        "now": one.now,
        "said": one.said,
        "found_by": one.by.value,
        "rivals": list(one.rivals),
        "issues": [issue.issue.value for issue in one.issues],
    }
