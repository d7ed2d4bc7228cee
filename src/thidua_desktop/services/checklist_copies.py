"""Checklists that begin with what was said of the same criteria the year before."""

from __future__ import annotations

from dataclasses import replace

from thidua_desktop.domain.criteria import Checklist, Criterion, Score
from thidua_desktop.services.changes import Changes
from thidua_desktop.services.criteria import criteria_rows
from thidua_desktop.services.ports import Ports, Work
from thidua_desktop.services.saving import bear, keep
from thidua_desktop.services.scoring_rules import blank_score


def copy_last_year(ports: Ports, checklist: Checklist) -> tuple[int, Changes]:
    """Copy last year's words into scores that have none; return how many were copied.

    Criteria are the same by their code, in whichever set the unit filled last year.
    """
    with ports.store.write() as work:
        words = _words_of_last_year(work, checklist)
        copied = 0
        for row in criteria_rows(work, checklist.set_id) if checklist.set_id else ():
            said = words.get(row.criterion.code)
            blank = blank_score(checklist, row.criterion.id)
            score = work.records.find(Score, blank.id)
            if said and not (score or blank).note:
                bear(work, checklist)
                keep(work, replace(score or blank, note=said), shown=score)
                copied += 1
        return copied, work.commit()


def _words_of_last_year(work: Work, checklist: Checklist) -> dict[str, str]:
    """Return what was said of each code of a criterion; the same set's word counts first."""
    last = work.records.having(
        Checklist, unit_id=checklist.unit_id, period=(checklist.period or 0) - 1
    )
    words: dict[str, str] = {}
    for one in sorted(last, key=lambda other: other.set_id != checklist.set_id):
        for score in work.records.having(Score, checklist_id=one.id):
            row = work.records.find(Criterion, score.criterion_id)
            if row is not None and score.note:
                words.setdefault(row.code, score.note)
    return words
