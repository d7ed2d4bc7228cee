"""Dossiers (hồ sơ): what the papers say, gathered from the records, and printed.

The wording follows the forms as the law and real letters have them (F01, F04, F13). What is missing
prints as dots to be filled in by hand, and is named in the notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from thidua_desktop.domain.awards import Authority, AwardForm
from thidua_desktop.domain.criteria import Criterion, Evidence
from thidua_desktop.domain.dates import PartialDate, in_words, shown
from thidua_desktop.domain.dossiers import (
    CriterionResult,
    Dossier,
    Letter,
    Letterhead,
    ListGroup,
    MeritReport,
    NomineeList,
    Paper,
    ReportSection,
    SignatureBlock,
)
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.movements import Movement
from thidua_desktop.domain.numbers import decimal_text, two_digits
from thidua_desktop.domain.people import Collective, Gender, Household, Person
from thidua_desktop.domain.proposals import (
    Contribution,
    Nominee,
    Proposal,
    Subject,
    Submission,
    nominee_name,
)
from thidua_desktop.domain.text import name_key
from thidua_desktop.domain.units import AuthorityPrefix, Signer, Unit, UnitLevel
from thidua_desktop.domain.words import word
from thidua_desktop.services.exchange import never_stop, no_progress
from thidua_desktop.services.ports import Ports, Progress, StopWanted, Work
from thidua_desktop.services.proposals import citation_for, criterion_name, find_nominee
from thidua_desktop.services.submissions import legal_basis_on

DOTS = "……………"
_MOST_IN_LETTER = 5
_CRITERION_WORDS = 32
_SIGN, _SIGN_NAME = "(Ký, đóng dấu)", "(Ký, ghi rõ họ và tên)"
_ORDER = (Subject.COLLECTIVE, Subject.HOUSEHOLD, Subject.PERSON)
_GROUPS = {
    Subject.COLLECTIVE: ("Tập thể", "tập thể"),
    Subject.HOUSEHOLD: ("Hộ gia đình", "hộ gia đình"),
    Subject.PERSON: ("Cá nhân", "cá nhân"),
}
_ROMAN = ("I", "II", "III")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal with its nominee: what every paper speaks of."""

    proposal: Proposal
    nominee: Nominee
    subject: Subject


@dataclass(frozen=True, slots=True)
class DossiersPrinted:
    """The files written, and what was missing in them."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]


def preview_proposal(ports: Ports, proposal_id: UUID) -> bytes:
    """Return the PDF of one proposal: its letter, its report, its list."""
    with ports.store.read() as work:
        dossier = gather_proposal(ports, work, work.records.get(Proposal, proposal_id))
    return ports.papers.pdf(dossier)


def preview_submission(ports: Ports, submission_id: UUID) -> bytes:
    """Return the PDF of a letter with its list and all its reports."""
    with ports.store.read() as work:
        dossier = gather_submission(ports, work, work.records.get(Submission, submission_id))
    return ports.papers.pdf(dossier)


def print_dossiers(
    ports: Ports,
    *,
    out: Path,
    proposals: Sequence[UUID] = (),
    submission: UUID | None = None,
    every: bool = False,
    progress: Progress = no_progress,
    stop_wanted: StopWanted = never_stop,
) -> DossiersPrinted:
    """Write a PDF for each proposal, for one letter, or for every letter of the own office.

    File names carry no personal data. Raises UnwritableFileError and StoppedError; what was
    written before stays.
    """
    with ports.store.read() as work:
        jobs = _jobs(ports, work, proposals, submission, every=every)
    files: list[Path] = []
    notes: list[str] = []
    for done, (name, dossier) in enumerate(jobs):
        progress(done, len(jobs))
        if stop_wanted():
            raise StoppedError
        path = out / f"{name}.pdf"
        ports.files.write(path, ports.papers.pdf(dossier))
        files.append(path)
        notes += [f"{path.name}: {note}" for note in _gaps(dossier)]
    return DossiersPrinted(tuple(files), tuple(notes))


def gather_submission(ports: Ports, work: Work, letter: Submission) -> Dossier:
    """Return the letter, the list and every report of a submission."""
    candidates = _candidates(work, work.records.having(Proposal, submission_id=letter.id))
    return _dossier(ports, work, letter, candidates)


def gather_proposal(ports: Ports, work: Work, proposal: Proposal) -> Dossier:
    """Return letter, list and report for one proposal; without a letter yet, a draft of one."""
    letter = work.records.find(Submission, proposal.submission_id)
    if letter is None:
        letter = Submission(
            id=proposal.id,
            unit_id=proposal.unit_id,
            award_form_id=proposal.award_form_id,
            movement_id=proposal.movement_id,
            recipient="Chủ tịch Ủy ban nhân dân tỉnh",
        )
    return _dossier(ports, work, letter, _candidates(work, [proposal]))


def _jobs(
    ports: Ports,
    work: Work,
    proposals: Sequence[UUID],
    submission: UUID | None,
    *,
    every: bool,
) -> list[tuple[str, Dossier]]:
    found = [work.records.get(Proposal, one) for one in proposals]
    jobs = [(f"ho-so-{one.id.hex[-12:]}", gather_proposal(ports, work, one)) for one in found]
    letters = [work.records.get(Submission, submission)] if submission else []
    if every:
        letters = list(work.records.having(Submission, unit_id=work.book.me().unit_id))
    return jobs + [
        (f"to-trinh-{one.id.hex[-12:]}", gather_submission(ports, work, one)) for one in letters
    ]


def _candidates(work: Work, proposals: Sequence[Proposal]) -> tuple[Candidate, ...]:
    found = []
    for proposal in proposals:
        nominee = find_nominee(work, proposal)
        if nominee is not None and isinstance(proposal.subject, Subject):
            found.append(Candidate(proposal, nominee, proposal.subject))
    return tuple(sorted(found, key=lambda c: (_ORDER.index(c.subject), _name_key(c))))


def _name_key(candidate: Candidate) -> object:
    return name_key(nominee_name(candidate.nominee)), candidate.proposal.id


def _dossier(
    ports: Ports, work: Work, letter: Submission, candidates: tuple[Candidate, ...]
) -> Dossier:
    gathering = _Gathering(ports, work, letter)
    papers: list[Paper] = [gathering.letter(candidates), gathering.list_of(candidates)]
    papers += [gathering.report(candidate) for candidate in candidates]
    return Dossier(title=f"Hồ sơ đề nghị {gathering.award_name}", papers=tuple(papers))


class _Gathering:
    """What all papers of one letter have in common, read once."""

    def __init__(self, ports: Ports, work: Work, letter: Submission) -> None:
        self._work = work
        self._said = letter
        self._unit = work.records.find(Unit, letter.unit_id)
        self._award = work.records.find(AwardForm, letter.award_form_id)
        self._movement = work.records.find(Movement, letter.movement_id)
        self._signer = work.records.find(Signer, letter.signer_id)
        day = letter.date or letter.submitted_on or PartialDate.of(ports.now().date())
        basis = legal_basis_on(ports.plan().legal_bases, day)
        lines = tuple(line for line in letter.legal_basis.splitlines() if line.strip())
        self._bases = lines or (basis.lines if basis else ())
        self.award_name = self._award.name if self._award else DOTS

    def letter(self, candidates: tuple[Candidate, ...]) -> Letter:
        """Return F01."""
        short = 0 < len(candidates) <= _MOST_IN_LETTER
        return Letter(
            head=self._head(),
            title=f"Về việc đề nghị tặng {self.award_name}",
            recipients=tuple(self._said.recipient.splitlines()),
            legal_basis=self._bases,
            body=self._body(candidates),
            nominees=tuple(self._named(candidates)) if short else (),
            copies_to=tuple(self._said.copies_to.splitlines()),
            signature=self._signature(),
        )

    def list_of(self, candidates: tuple[Candidate, ...]) -> NomineeList:
        """Return F13."""
        present = [s for s in _ORDER if any(c.subject is s for c in candidates)]
        groups = tuple(
            ListGroup(
                heading=f"{_ROMAN[place]}. {_GROUPS[subject][0]}",
                rows=tuple(_list_row(c) for c in candidates if c.subject is subject),
            )
            for place, subject in enumerate(present)
        )
        agency = self._unit.name if self._unit else DOTS
        number = self._said.number or f"        /{self._symbol()}"
        return NomineeList(
            title=f"{_kinds(candidates)} đề nghị tặng {self.award_name}",
            attached_to=f"(Kèm theo Tờ trình số {number} {in_words(self._said.date)} của {agency})",
            columns=(
                "TT",
                "Họ và tên, tên tập thể",
                "Năm sinh",
                "Chức vụ, đơn vị, nơi cư trú",
                "Tóm tắt thành tích",
            ),
            widths=(6, 22, 11, 26, 35),
            groups=groups,
            closing=f"Danh sách có {_counted(candidates)}./.",
        )

    def report(self, candidate: Candidate) -> MeritReport:
        """Return F04, in the variant of the nominee."""
        facts = {
            Subject.PERSON: _person_facts,
            Subject.COLLECTIVE: _collective_facts,
            Subject.HOUSEHOLD: _household_facts,
        }[candidate.subject](candidate.nominee)
        proposal = candidate.proposal
        return MeritReport(
            subject=candidate.subject,
            head=self._report_head(candidate),
            title="BÁO CÁO THÀNH TÍCH",
            award_line=f"ĐỀ NGHỊ TẶNG {self.award_name.upper()}",
            movement_line=self._movement_line(proposal),
            subject_line=_subject_line(candidate),
            sections=(
                ReportSection(heading="I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH", facts=facts),
                ReportSection(
                    heading="II. THÀNH TÍCH ĐẠT ĐƯỢC",
                    paragraphs=tuple((proposal.summary or DOTS).splitlines()),
                    results=self._results(proposal),
                ),
                *self._contributions(proposal),
            ),
            signatures=_SIGNATURES[candidate.subject](nominee_name(candidate.nominee)),
            confirmations=self._confirmations(candidate),
        )

    def _head(self) -> Letterhead:
        unit = self._unit
        parent = self._work.records.find(Unit, unit.parent_id) if unit else None
        return Letterhead(
            parent=_over(unit, parent),
            agency=unit.name.upper() if unit else DOTS,
            number=self._said.number.partition("/")[0],
            symbol=self._said.number.partition("/")[2] or self._symbol(),
            place=self._said.place,
            date=self._said.date,
        )

    def _report_head(self, candidate: Candidate) -> Letterhead:
        """Return the head of a report: people outside offices report without a letterhead."""
        agency = "" if candidate.subject is Subject.HOUSEHOLD else self._head().agency
        parent = self._head().parent
        nominee = candidate.nominee
        if isinstance(nominee, Collective):
            parent, agency = agency, nominee.name.upper()
        return Letterhead(
            parent=parent, agency=agency, number="", symbol="", place=self._said.place, date=None
        )

    def _symbol(self) -> str:
        code = self._unit.document_code if self._unit else ""
        return f"TTr-{code or '……'}"

    def _body(self, candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
        agency = self._unit.name if self._unit else DOTS
        whom = {
            Authority.STATE_PRESIDENT: "trình Chủ tịch nước tặng",
            Authority.PRIME_MINISTER: "trình Thủ tướng Chính phủ tặng",
            Authority.PROVINCE_CHAIR: "xem xét, quyết định tặng",
        }.get(self._award.authority if self._award else None, "xem xét, quyết định tặng")  # type: ignore[arg-type]
        movement = f" trong phong trào thi đua “{self._movement.name}”" if self._movement else ""
        lists = (
            "gồm:"
            if len(candidates) <= _MOST_IN_LETTER
            else "(Có Danh sách và Hồ sơ đề nghị khen thưởng kèm theo)."
        )
        request = (
            f"Căn cứ {self._citations(candidates)}, {agency} kính trình và đề nghị {whom} "
            f"{self.award_name} cho {_counted(candidates)} đã có thành tích xuất sắc{movement}, "
            f"{lists}"
        )
        closing = (
            f"(Có Danh sách và Báo cáo thành tích kèm theo). {agency} kính đề nghị xem xét, "
            "quyết định./."
        )
        return request, closing

    def _citations(self, candidates: tuple[Candidate, ...]) -> str:
        given = [
            c.proposal.citation or (citation_for(self._award, c.subject) if self._award else "")
            for c in candidates
        ]
        return "; ".join(dict.fromkeys(one for one in given if one)) or DOTS

    def _named(self, candidates: tuple[Candidate, ...]) -> list[str]:
        return [
            f"{n}. {_subject_line(c)}{'.' if n == len(candidates) else ';'}"
            for n, c in enumerate(candidates, start=1)
        ]

    def _movement_line(self, proposal: Proposal) -> str:
        movement = self._work.records.find(Movement, proposal.movement_id) or self._movement
        if movement is None:
            return ""
        start = shown(proposal.achieved_from) or str(movement.first_year or "…")
        end = shown(proposal.achieved_to) or str(proposal.year or movement.last_year or "…")
        return (
            f"(Về thành tích xuất sắc trong phong trào thi đua “{movement.name}” "
            f"giai đoạn {start} - {end})"
        )

    def _results(self, proposal: Proposal) -> tuple[CriterionResult, ...]:
        by_criterion: dict[UUID | None, list[Evidence]] = {}
        for one in self._work.records.having(Evidence, proposal_id=proposal.id):
            by_criterion.setdefault(one.criterion_id, []).append(one)
        results = []
        for place, (criterion_id, found) in enumerate(by_criterion.items(), start=1):
            criterion = self._work.records.find(Criterion, criterion_id)
            name = criterion_name(criterion, most=_CRITERION_WORDS) if criterion else "Kết quả khác"
            lines = tuple(_evidence_line(one) for one in found)
            results.append(CriterionResult(criterion=f"{place}. {name}", results=lines))
        return tuple(results)

    def _contributions(self, proposal: Proposal) -> tuple[ReportSection, ...]:
        given = self._work.records.having(Contribution, proposal_id=proposal.id)
        if not given:
            return ()
        facts = tuple((word(one.sort) or "Đóng góp", _contribution_line(one)) for one in given)
        return (ReportSection(heading="III. ĐÓNG GÓP CHO PHONG TRÀO", facts=facts),)

    def _confirmations(self, candidate: Candidate) -> tuple[SignatureBlock, ...]:
        blocks = []
        if candidate.subject is Subject.HOUSEHOLD:
            blocks.append(
                SignatureBlock(lines=("XÁC NHẬN CỦA ỦY BAN NHÂN DÂN XÃ, PHƯỜNG",), remark=_SIGN)
            )
        high = {Authority.STATE_PRESIDENT, Authority.PRIME_MINISTER}
        if self._award and self._award.authority in high:
            blocks.append(SignatureBlock(lines=("XÁC NHẬN CỦA CẤP TRÌNH KHEN",), remark=_SIGN))
        return tuple(blocks)

    def _signature(self) -> SignatureBlock:
        signer = self._signer
        if signer is None:
            return SignatureBlock(lines=("THỦ TRƯỞNG CƠ QUAN",), remark=_SIGN)
        position = signer.position.upper()
        if signer.prefix is None:
            return SignatureBlock(lines=(position,), name=signer.full_name)
        prefix = word(signer.prefix)
        if signer.prefix is AuthorityPrefix.ON_BEHALF:
            body = "ỦY BAN NHÂN DÂN" if _is_committee(self._unit) else "LÃNH ĐẠO CƠ QUAN"
            return SignatureBlock(lines=(f"{prefix} {body}", position), name=signer.full_name)
        return SignatureBlock(lines=(f"{prefix} {position}",), name=signer.full_name)


def _is_committee(unit: Unit | None) -> bool:
    return unit is not None and unit.name.startswith("Ủy ban nhân dân")


def _over(unit: Unit | None, parent: Unit | None) -> str:
    """Return the agency over this one, as a head names it: a department's is the committee."""
    if unit is None:
        return ""
    if unit.level is UnitLevel.DEPARTMENT and not _is_committee(unit):
        return "ỦY BAN NHÂN DÂN TỈNH THÁI BÌNH" if parent is None else _committee(parent)
    return ""


def _committee(parent: Unit) -> str:
    name = parent.name.upper()
    return name if name.startswith("ỦY BAN") else f"ỦY BAN NHÂN DÂN {name}"


def _kinds(candidates: tuple[Candidate, ...]) -> str:
    present = [_GROUPS[s][1] for s in _ORDER if any(c.subject is s for c in candidates)]
    return ", ".join(present).capitalize() if present else "Danh sách"


def _counted(candidates: tuple[Candidate, ...]) -> str:
    counts = {s: sum(c.subject is s for c in candidates) for s in _ORDER}
    parts = [f"{two_digits(n)} {_GROUPS[s][1]}" for s, n in counts.items() if n]
    return ", ".join(parts) or "00 đối tượng"


def _honorific(nominee: Person | Household) -> str:
    given = nominee.honorific if isinstance(nominee, Person) else ""
    usual = {Gender.MALE: "Ông", Gender.FEMALE: "Bà"}
    return given or usual.get(nominee.gender, "Ông (bà)")  # type: ignore[arg-type]


def _subject_line(candidate: Candidate) -> str:
    match candidate.nominee:
        case Person() as person:
            rest = ", ".join(part for part in (person.position, person.workplace) if part)
            return f"{_honorific(person)} {person.full_name or DOTS}" + (
                f", {rest}" if rest else ""
            )
        case Collective() as collective:
            return collective.name or DOTS
        case Household() as household:
            who = f"Hộ {_honorific(household).lower()} {household.head or DOTS}"
            return f"{who}, {household.address}" if household.address else who


def _list_row(candidate: Candidate) -> tuple[str, ...]:
    nominee = candidate.nominee
    if isinstance(nominee, Collective):
        born, place = "", nominee.address
    elif isinstance(nominee, Household):
        born, place = _year(nominee.birth_date), nominee.address
    else:
        rest = (nominee.position, nominee.workplace or nominee.address)
        born, place = _year(nominee.birth_date), ", ".join(part for part in rest if part)
    name = nominee_name(nominee) or DOTS
    if not isinstance(nominee, Collective):
        lead = "Hộ " if isinstance(nominee, Household) else ""
        name = f"{lead}{_honorific(nominee).lower() if lead else _honorific(nominee)} {name}"
    return name, born, place, candidate.proposal.summary.replace("\n", " ")


def _year(born: PartialDate | None) -> str:
    return str(born.year) if born else ""


def _person_facts(nominee: Nominee) -> tuple[tuple[str, str], ...]:
    assert isinstance(nominee, Person)  # noqa: S101 - chosen by the subject
    return _filled(
        ("Họ và tên", nominee.full_name),
        ("Ngày, tháng, năm sinh", shown(nominee.birth_date)),
        ("Giới tính", word(nominee.gender)),
        ("Dân tộc", nominee.ethnicity),
        ("Chức vụ, nghề nghiệp", nominee.position),
        ("Đơn vị công tác", nominee.workplace),
        ("Nơi cư trú", nominee.address),
        ("Trình độ", nominee.qualification),
        optional={"Dân tộc", "Trình độ", "Đơn vị công tác"},
    )


def _collective_facts(nominee: Nominee) -> tuple[tuple[str, str], ...]:
    assert isinstance(nominee, Collective)  # noqa: S101 - chosen by the subject
    head = ", ".join(part for part in (nominee.head, nominee.head_position) if part)
    headcount = "" if nominee.headcount is None else f"{decimal_text(nominee.headcount)} người"
    return _filled(
        ("Tên tập thể", nominee.name),
        ("Trụ sở", nominee.address),
        ("Điện thoại", nominee.phone),
        ("Người đứng đầu", head),
        ("Tổng số cán bộ, công chức, viên chức, người lao động", headcount),
        ("Chức năng, nhiệm vụ", nominee.duties.replace("\n", " ")),
        optional={"Điện thoại", "Người đứng đầu"},
    )


def _household_facts(nominee: Nominee) -> tuple[tuple[str, str], ...]:
    assert isinstance(nominee, Household)  # noqa: S101 - chosen by the subject
    members = "" if nominee.members is None else f"{two_digits(nominee.members)} người"
    return _filled(
        ("Chủ hộ", nominee.head),
        ("Năm sinh", shown(nominee.birth_date)),
        ("Giới tính", word(nominee.gender)),
        ("Số nhân khẩu", members),
        ("Nghề nghiệp", nominee.occupation),
        ("Nơi cư trú", nominee.address),
        optional={"Nghề nghiệp"},
    )


def _filled(*facts: tuple[str, str], optional: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, said or DOTS) for label, said in facts if said or label not in optional)


def _evidence_line(one: Evidence) -> str:
    figure = _figure(one.quantity, one.measure)
    words = one.wording.replace("\n", " ").rstrip(".;")
    return f"{words}: {figure}." if figure else f"{words}."


def _contribution_line(one: Contribution) -> str:
    parts = (_figure(one.quantity, one.measure), one.wording.replace("\n", " "))
    return "; ".join(part for part in parts if part).rstrip(".") + "."


def _figure(quantity: object, measure: str) -> str:
    if quantity is None:
        return ""
    return f"{decimal_text(quantity)} {measure}".strip()  # type: ignore[arg-type] # a decimal


def _person_signatures(name: str) -> tuple[SignatureBlock, SignatureBlock]:
    return (
        SignatureBlock(lines=("THỦ TRƯỞNG ĐƠN VỊ", "XÁC NHẬN, ĐỀ NGHỊ"), remark=_SIGN),
        SignatureBlock(lines=("NGƯỜI BÁO CÁO",), remark=_SIGN_NAME, name=name),
    )


def _collective_signatures(_name: str) -> tuple[SignatureBlock, SignatureBlock]:
    above = ("THỦ TRƯỞNG ĐƠN VỊ", "CẤP TRÊN TRỰC TIẾP XÁC NHẬN")
    return (
        SignatureBlock(lines=above, remark=_SIGN),
        SignatureBlock(lines=("THỦ TRƯỞNG ĐƠN VỊ",), remark=_SIGN),
    )


def _household_signatures(name: str) -> tuple[SignatureBlock, SignatureBlock]:
    return (
        SignatureBlock(lines=("XÁC NHẬN CỦA TỔ DÂN PHỐ,", "KHU DÂN CƯ"), remark=_SIGN_NAME),
        SignatureBlock(lines=("ĐẠI DIỆN HỘ GIA ĐÌNH",), remark=_SIGN_NAME, name=name),
    )


_SIGNATURES = {
    Subject.PERSON: _person_signatures,
    Subject.COLLECTIVE: _collective_signatures,
    Subject.HOUSEHOLD: _household_signatures,
}


def _gaps(dossier: Dossier) -> list[str]:
    """Return where dots were printed for want of data."""
    notes = []
    for paper in dossier.papers:
        if isinstance(paper, MeritReport):
            facts = (fact for section in paper.sections for fact in section.facts)
            notes += [
                f"{paper.subject_line}: chưa có “{label}”." for label, v in facts if v == DOTS
            ]
        if isinstance(paper, Letter) and not paper.signature.name:
            notes.append("Tờ trình chưa có người ký.")
    return notes
