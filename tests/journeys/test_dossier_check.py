"""`dossier check` as another program uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from journeys.cli import Office

ID = "00000000-0000-7000-8000-{:08}003f"
OTHER = ID.format(9)


def test_what_stops_a_letter_ends_with_4_and_names_record_and_field(
    district: Office, tmp_path: Path
) -> None:
    award = next(
        one for one in map_lines(district, "award_form") if one["fields"]["code"] == "bkct"
    )
    lines = (
        {"kind": "person", "id": ID.format(1), "fields": {"full_name": "Lê Văn An"}},
        {"kind": "submission", "id": ID.format(2), "fields": {"award_form_id": award["id"]}},
        {
            "kind": "proposal",
            "id": ID.format(3),
            "fields": {
                "subject": "person",
                "person_id": ID.format(1),
                "award_form_id": OTHER,
                "submission_id": ID.format(2),
            },
        },
    )
    said = district.put(tmp_path / "a.jsonl", *lines)
    assert said.code == 0, said
    checked = district("dossier", "check", "--submission", ID.format(2))
    assert checked.code == 4
    stops = [one for one in checked.json["findings"] if one["severity"] == "block"]
    assert [(one["code"], one["record"], one["field"]) for one in stops] == [
        ("S-AUTHORITY", ID.format(3), "award_form_id")
    ]
    assert stops[0]["waived"] is None
    assert stops[0]["message"].endswith(".")
    assert district("dossier", "check").code == 2
    assert district("dossier", "check", "--all").code == 4


def map_lines(office: Office, kind: str) -> list[dict[str, Any]]:
    said = office("records", "dump", "--kind", kind)
    return [json.loads(line) for line in said.out.splitlines()]
