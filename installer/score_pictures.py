"""The picture of peers that are scored, in a copy of an office that holds a set with points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.services.criteria import criteria_of, criteria_sets
from thidua_desktop.services.peer_scores import open_peer_sheet, peers_to_score, save_peer_score
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.peer_dialog import PeerDialog
from thidua_desktop.ui.pages.checklist_page import ChecklistPage

_YEAR = 2024
_SCORED = 3
_REASON = "Biên bản của cụm ngày 12/11/2024: một tuyến chưa nghiệm thu."


def picture_peers(ports: Ports, path: Path, **how: Any) -> None:  # noqa: ANN401 - as open_window
    """Write the scores of a peer while they are typed."""
    set_id = next(
        one.criteria_set.id
        for one in criteria_sets(ports)
        if any(row.criterion.points for row in criteria_of(ports, one.criteria_set.id))
    )
    unit = peers_to_score(ports, set_id=set_id, year=_YEAR)[0].unit_id
    for place in range(_SCORED):
        view = open_peer_sheet(ports, set_id=set_id, year=_YEAR, unit_id=unit)
        row = view.rows[place]
        most = row.row.criterion.points
        given = replace(row.score, points=most)
        if not place and most is not None:
            given = replace(given, points=most - 3, reason=_REASON)
        save_peer_score(ports, view.sheet, given, shown=None)
    with open_window(ports, **how) as (window, session):
        settle(session)
        window.go("checklist")
        settle(session)
        page = window.page
        if not isinstance(page, ChecklistPage):
            return
        dialog = PeerDialog(page, set_id, _YEAR)
        dialog.open()
        settle(session)
        save_picture(dialog, path)
        dialog.leave()
        settle(session)
