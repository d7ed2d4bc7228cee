"""Decisions that award, whom they award, the numbers of their certificates, what was printed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.agencies import agency_name, head_position, signature_lines
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.domain.dates import PartialDate
from thidua_desktop.domain.decisions import (
    Award,
    Decision,
    doubled,
    gave,
    in_order,
    numbers_for,
    unprinted,
)
from thidua_desktop.domain.errors import NoSheetsError, SkippedNumbersError, TakenNumbersError
from thidua_desktop.domain.merit import PriorAward, holder_of
from thidua_desktop.domain.people import Collective, Household, Person
from thidua_desktop.domain.proposals import Nominee, Proposal, Submission
from thidua_desktop.domain.records import kind_name, replace_values
from thidua_desktop.domain.text import fold
from thidua_desktop.domain.units import AuthorityPrefix
from thidua_desktop.domain.words import field_label
from thidua_desktop.services.book_rules import in_book
from thidua_desktop.services.candidates import (
    Candidate,
    full_name,
    movement_name,
)
from thidua_desktop.services.certificate_names import about, name_on_paper, unlike_in
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.dossiers import candidates_of
from thidua_desktop.services.nominees import NOMINEE_FIELD, subject_of
from thidua_desktop.services.own_office import own_office
from thidua_desktop.services.paper_texts import paper_texts
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import RecordSaved, add_new, keep, share_drafts

FORM = "F16"
_LAST = "last_number."  # the highest number ever given in a book, on this PC
_NO_DAY = PartialDate(1)
_USUAL_TITLE, _HIGHER_TITLE = "GIẤY KHEN", "BẰNG KHEN"
_MOST_NAMED = 3
_PRINTED = ("number", "date", "giver", "title", "place", "signer_lines", "signer_name")


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision with whom it awards, in its order; `next_number` is the one that is given next.

    `lacking` are the fields that certificates say and that are blank; `unlike` are those awarded
    whose certificates say another name or title than their records.
    """

    decision: Decision
    awards: tuple[Award, ...]
    next_number: int
    doubles: tuple[int, ...]
    lacking: tuple[str, ...]
    unlike: tuple[str, ...] = ()

    @property
    def numbered(self) -> int:
        """Return how many have a number in the book."""
        return sum(one.number is not None for one in self.awards)

    @property
    def printed(self) -> int:
        """Return how many sheets were printed whole."""
        return sum(one.printed_on is not None for one in self.awards)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what a clerk should look at before sheets are printed, in sentences."""
        said = []
        if self.lacking:
            labels = ", ".join(field_label("decision", name) for name in self.lacking)
            said.append(f"Trên bằng còn trống: {labels}.")
        if self.doubles:
            numbers = ", ".join(map(str, self.doubles))
            said.append(f"Hai bằng cùng số vào sổ: {numbers}. Hãy sửa số của một bằng.")
        if self.unlike:
            more = len(self.unlike) - _MOST_NAMED
            rest = f" và {more} người nữa" if more > 0 else ""
            names = "; ".join(self.unlike[:_MOST_NAMED])
            said.append(f"Tên, chức danh trên bằng khác hồ sơ: {names}{rest}.")
        return tuple(said)

    @property
    def waiting(self) -> tuple[Award, ...]:
        """Return those whose sheet is still to be printed."""
        return unprinted(self.awards)


@dataclass(frozen=True, slots=True)
class AwardsChanged:
    """How many awards a use case concerned, and what it touched."""

    count: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """A letter, and how it is called where one is chosen."""

    id: UUID
    words: str


def decision_views(ports: Ports) -> tuple[DecisionView, ...]:
    """Return all decisions, the latest first."""
    with ports.store.read() as work:
        found = sorted(work.records.having(Decision), key=_by_day, reverse=True)
        gone = _gone(work)
        return tuple(_view(work, one, gone) for one in found)


def open_decision(ports: Ports, decision_id: UUID) -> DecisionView:
    """Return a decision. Raises NotFoundError."""
    with ports.store.read() as work:
        return _view(work, work.records.get(Decision, decision_id), _gone(work))


def letters_to_award(ports: Ports) -> tuple[LetterChoice, ...]:
    """Return the letters whose nominees a decision can take, the latest first."""
    with ports.store.read() as work:
        found = []
        for letter in work.records.having(Submission):
            count = work.records.count(Proposal, submission_id=letter.id)
            form = work.records.find(AwardForm, letter.award_form_id)
            words = f"Tờ trình {letter.number or '(chưa có số)'}: {form.name if form else ''}"
            if count:
                day = letter.date or letter.submitted_on or _NO_DAY
                found.append((day, letter.id, f"{words.rstrip(': ')}, {count} đề nghị"))
    return tuple(LetterChoice(key, words) for _, key, words in sorted(found, reverse=True))


def delete_decision(ports: Ports, decision: Decision) -> Changes:
    """Delete a decision with whom it awards; numbers that were given are not given again."""
    with ports.store.write() as work:
        for award in work.records.having(Award, decision_id=decision.id):
            work.records.delete(Award, award.id)
        work.records.delete(Decision, decision.id)
        return work.commit()


def begin_decision(ports: Ports, *, submission: UUID | None = None) -> RecordSaved[Decision]:
    """Store a decision as this office makes them, for those of a letter if one is named.

    Raises NotFoundError.
    """
    with ports.store.write() as work:
        letter = work.records.get(Submission, submission) if submission else None
        texts = paper_texts(ports, work)
        office = own_office(work, PartialDate.of(work.today()), texts)
        form = work.records.find(AwardForm, letter.award_form_id) if letter else None
        lines = signature_lines(office.unit, office.signer)
        agency = agency_name(office.unit, office.parent)
        decision = Decision(
            id=ports.new_id(work.book.me().number),
            unit_id=work.book.me().unit_id,
            award_form_id=form.id if form else None,
            title=_title(form),
            giver=f"{head_position(office.unit)} {agency}".upper(),
            place=office.place,
            # The head decides in person: no committee stands over the name (NĐ 30).
            signer_lines="\n".join(
                one for one in lines if not one.startswith(AuthorityPrefix.ON_BEHALF.value)
            ),
            signer_name=office.signer.full_name if office.signer else "",
            merit=texts.of(FORM).say("usual_merit", movement=movement_name(office.movement)),
        )
        stored = keep(work, decision, shown=None)
        if letter is not None:
            _take(work, ports, stored, work.records.having(Proposal, submission_id=letter.id))
        return RecordSaved(stored, work.commit())


def take_proposals(ports: Ports, decision_id: UUID, proposals: Sequence[UUID]) -> AwardsChanged:
    """Let a decision award the nominees of these proposals; who is in it stays once.

    Raises NotFoundError.
    """
    with ports.store.write() as work:
        decision = work.records.get(Decision, decision_id)
        found = [work.records.get(Proposal, one) for one in proposals]
        return AwardsChanged(_take(work, ports, decision, found), work.commit())


def take_letter(ports: Ports, decision_id: UUID, submission: UUID) -> AwardsChanged:
    """Let a decision award the nominees of a letter. Raises NotFoundError."""
    with ports.store.write() as work:
        decision = work.records.get(Decision, decision_id)
        letter = work.records.get(Submission, submission)
        found = work.records.having(Proposal, submission_id=letter.id)
        return AwardsChanged(_take(work, ports, decision, found), work.commit())


def take_held(ports: Ports, decision_id: UUID) -> AwardsChanged:
    """Let a decision award those of whom an award of its number and day is known already.

    Raises NotFoundError.
    """
    with ports.store.write() as work:
        decision = work.records.get(Decision, decision_id)
        held = [one for one in work.records.having(PriorAward) if gave(decision, one)]
        nominees = [found for one in held if (found := _holder(work, holder_of(one))) is not None]
        nominees.sort(key=lambda one: (list(NOMINEE_FIELD).index(subject_of(one)), full_name(one)))
        count = _add(work, ports, decision, [(one, None) for one in nominees])
        return AwardsChanged(count, work.commit())


def add_award(ports: Ports, decision_id: UUID, name: str, about: str = "") -> RecordSaved[Award]:
    """Let a decision award somebody by name, who is in no list here. Raises InvalidInputError."""
    with ports.store.write() as work:
        decision = work.records.get(Decision, decision_id)
        award = Award(
            id=ports.new_id(work.book.me().number),
            decision_id=decision.id,
            place=_next_place(work, decision),
            name=name,
            about=about,
        )
        return RecordSaved(keep(work, award, shown=None), work.commit())


def give_numbers(
    ports: Ports, decision_id: UUID, *, start: int | None = None, leave_gap: bool = False
) -> AwardsChanged:
    """Give those awarded who have none their numbers in the book, in order, for ever.

    Raises:
        TakenNumbersError: some of these numbers were given before.
        SkippedNumbersError: numbers would stay free and `leave_gap` was not said.
        NoSheetsError: everybody has a number, or nobody is awarded.
    """
    with ports.store.write() as work:
        decision = work.records.get(Decision, decision_id)
        waiting = [one for one in _awards(work, decision) if one.number is None]
        taken, last = _book(work, decision, _gone(work))
        numbers = numbers_for(len(waiting), taken, last, start)
        if not waiting:
            raise NoSheetsError("")
        if numbers.taken:
            raise TakenNumbersError(numbers.taken)
        if numbers.skipped and not leave_gap:
            raise SkippedNumbersError(numbers.skipped)
        for award, number in zip(waiting, numbers.given, strict=True):
            work.records.write(Award, award.id, {"number": number})
        work.book.set_setting(_setting(decision), str(numbers.given[-1]))
        share_drafts(work, [decision, *waiting])
        return AwardsChanged(len(waiting), work.commit())


def note_printed(ports: Ports, awards: Collection[UUID]) -> AwardsChanged:
    """Note that the sheets of these awards came out of the printer whole."""
    day = PartialDate.of(ports.now().date())
    return _set_printed(ports, lambda work: [work.records.get(Award, one) for one in awards], day)


def note_jam(ports: Ports, decision_id: UUID, number: int) -> AwardsChanged:
    """Note that sheets from this number on did not come out whole; they keep their numbers."""

    def spoilt(work: Work) -> list[Award]:
        awards = _awards(work, work.records.get(Decision, decision_id))
        return [one for one in awards if one.number is not None and one.number >= number]

    return _set_printed(ports, spoilt, None)


def _set_printed(
    ports: Ports, chosen: Callable[[Work], Iterable[Award]], day: PartialDate | None
) -> AwardsChanged:
    with ports.store.write() as work:
        changed = [one for one in chosen(work) if (one.printed_on is None) is (day is not None)]
        for one in changed:
            work.records.write(Award, one.id, {"printed_on": day})
        share_drafts(work, changed)
        return AwardsChanged(len(changed), work.commit())


def _view(work: Work, decision: Decision, gone: Mapping[str, int]) -> DecisionView:
    awards = _awards(work, decision)
    taken, last = _book(work, decision, gone)
    lacking = tuple(name for name in _PRINTED if not getattr(decision, name))
    if not decision.merit and not all(one.merit for one in awards):
        lacking = (*lacking, "merit")
    inside = {one.number for one in awards}
    doubles = tuple(n for n in doubled(in_book(work.records, decision)) if n in inside)
    unlike = unlike_in(work, decision, awards)
    return DecisionView(decision, awards, max([last, *taken]) + 1, doubles, lacking, unlike)


def _awards(work: Work, decision: Decision) -> tuple[Award, ...]:
    return in_order(work.records.having(Award, decision_id=decision.id))


def _gone(work: Work) -> dict[str, int]:
    """Return the highest number of deleted awards, book by book, wherever they were deleted."""
    highest: dict[str, int] = {}
    for kind, record_id in work.journal.hidden():
        award = work.records.deleted(Award, record_id) if kind == kind_name(Award) else None
        if award is not None and award.number is not None and award.decision_id is not None:
            of = work.records.find(Decision, award.decision_id)
            of = of or work.records.deleted(Decision, award.decision_id)
            book = _book_key(of) if of else str(award.decision_id)
            highest[book] = max(award.number, highest.get(book, 0))
    return highest


def _book(work: Work, decision: Decision, gone: Mapping[str, int]) -> tuple[frozenset[int], int]:
    """Return the numbers of the book, and the highest that was ever given.

    What was given and is undone, or was changed by hand, only this PC remembers.
    """
    inside = in_book(work.records, decision)
    taken = frozenset(one.number for one in inside if one.number is not None)
    given_here = int(work.book.setting(_setting(decision)) or 0)
    return taken, max(given_here, gone.get(_book_key(decision), 0))


def _setting(decision: Decision) -> str:
    return f"{_LAST}{_book_key(decision)}"


def _book_key(decision: Decision) -> str:
    return decision.book or str(decision.id)


def _take(work: Work, ports: Ports, decision: Decision, proposals: Sequence[Proposal]) -> int:
    candidates = candidates_of(work, proposals, work.today())
    found = [(one.nominee, one) for one in candidates if one.nominee is not None]
    return _add(work, ports, decision, found)


def _add(
    work: Work,
    ports: Ports,
    decision: Decision,
    nominees: Sequence[tuple[Nominee, Candidate | None]],
) -> int:
    inside = {holder_of(one) for one in _awards(work, decision)}
    place, added = _next_place(work, decision), 0
    for nominee, candidate in nominees:
        if nominee.id in inside:
            continue
        inside.add(nominee.id)
        award = Award(
            id=ports.new_id(work.book.me().number),
            decision_id=decision.id,
            proposal_id=candidate.proposal.id if candidate else None,
            place=place + added,
            name=name_on_paper(nominee),
            about=about(nominee),
        )
        whose = {NOMINEE_FIELD[subject_of(nominee)]: nominee.id}
        add_new(work.records, replace_values(award, whose))
        added += 1
    return added


def _next_place(work: Work, decision: Decision) -> int:
    return max((one.place or 0 for one in _awards(work, decision)), default=0) + 1


def _holder(work: Work, record_id: UUID | None) -> Nominee | None:
    kinds: tuple[type[Nominee], ...] = (Person, Collective, Household)
    found = (work.records.find(kind, record_id) for kind in kinds)
    return next((one for one in found if one is not None), None)


def _title(form: AwardForm | None) -> str:
    named = form is not None and fold(form.name).startswith(fold(_HIGHER_TITLE))
    return _HIGHER_TITLE if named else _USUAL_TITLE


def _by_day(decision: Decision) -> tuple[PartialDate, UUID]:
    return decision.date or PartialDate(9999), decision.id
