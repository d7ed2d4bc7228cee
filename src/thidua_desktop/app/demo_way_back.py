"""What the province sends back, and what offices make of it: a return, a suggestion, a question."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from thidua_desktop.app.demo_content import DemoContent, OfficeText, QuestionText, ReturnText
from thidua_desktop.app.demo_office import next_number, note_minutes
from thidua_desktop.app.word_edits import word_comes_back
from thidua_desktop.domain.people import Household
from thidua_desktop.domain.proposals import Outcome, ProposalState
from thidua_desktop.services.differences import list_differences, settle
from thidua_desktop.services.exchange import merge_bundles
from thidua_desktop.services.packing import export_bundle
from thidua_desktop.services.ports import Ports
from thidua_desktop.services.proposals import open_proposal, proposal_list
from thidua_desktop.services.questions import answer, ask, close, list_questions
from thidua_desktop.services.returned_wording import summary_line
from thidua_desktop.services.reviews import review_proposal
from thidua_desktop.services.saving import save_record
from thidua_desktop.services.submissions import draft_submission, submit, submit_records


def return_one(province: Ports, content: DemoContent) -> str:
    """Receive all proposals but one, which goes back with a reason and an address suggested."""
    said = content.returned
    returned = _typed(province, content, said)
    for row in proposal_list(province):
        if row.state is not ProposalState.SUBMITTED:
            continue
        back = row.id == returned
        review_proposal(
            province,
            row.id,
            Outcome.RETURNED if back else Outcome.RECEIVED,
            reason=said.reason if back else "",
            reviewer=content.province.reviewer,
        )
    view = open_proposal(province, returned)
    assert isinstance(view.nominee, Household)  # noqa: S101 - the content says so
    save_record(province, replace(view.nominee, address=said.suggestion), shown=view.nominee)
    submit_records(province, [view.nominee.id])
    return said.reason


def ask_about(province: Ports, content: DemoContent) -> str:
    """Ask an office about one field of a dossier."""
    said = content.question
    nominee = open_proposal(province, _typed(province, content, said)).nominee
    by = content.province.reviewer
    ask(province, said.kind, nominee.id, said.field, wording=said.wording, asked_by=by)
    return said.wording


def accept_suggestion(ports: Ports) -> str:
    """Take what the province suggests for a field."""
    (suggestion,) = list_differences(ports)
    offered = next(head for head in suggestion.heads if head.level == 0)
    settle(ports, suggestion.cell, take=offered.op)
    return str(offered.value)


def read_word(ports: Ports, content: DemoContent, edited: Path) -> str:
    """Read in the report of the returned dossier as the head of the office edited it."""
    return summary_line(word_comes_back(ports, _typed(ports, content, content.returned), edited))


def resubmit(
    ports: Ports, province: Ports, content: DemoContent, office: OfficeText, bundle: Path
) -> str:
    """Submit the returned dossier again, in a letter of its own."""
    letter, _ = draft_submission(ports, [_typed(ports, content, content.returned)])
    filled = replace(letter, place=office.place, number=next_number(office.number, 3))
    save_record(ports, filled, shown=letter)
    note_minutes(ports, letter.id, None)
    done = submit(ports, letter.id)
    merge_bundles(province, [export_bundle(ports, path=bundle).path])
    state = open_proposal(province, _typed(province, content, content.returned)).state
    assert state is ProposalState.SUBMITTED  # noqa: S101 - the story would be another one
    return f"{len(done.submissions)} tờ trình; tỉnh thấy: đã trình"


def answer_question(ports: Ports, province: Ports, content: DemoContent, bundle: Path) -> str:
    """Answer the province's question, which it then closes."""
    said = content.question
    (row,) = list_questions(ports)
    answer(ports, row.question.id, said.answer, answered_by=said.answered_by)
    merge_bundles(province, [export_bundle(ports, path=bundle).path])
    (answered,) = list_questions(province)
    close(province, answered.question.id)
    return answered.question.answer


def _typed(ports: Ports, content: DemoContent, said: ReturnText | QuestionText) -> UUID:
    """Return the typed proposal of an office for a subject."""
    place = (said.office, said.subject)
    typed = next(p for p in content.proposals if (p.office, p.subject) == place)
    names = {typed.nominee.get(name) for name in ("full_name", "name", "head")}
    return next(row.id for row in proposal_list(ports) if row.name in names)
