"""The shipped forms of papers (TOML): one file per form, its numbers and bases by legal regime."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from thidua_desktop.domain.catalogue import LegalBasis
from thidua_desktop.domain.dates import from_iso, shown
from thidua_desktop.domain.paper_forms import BASES_PLACE, NUMBER_PLACE, FormText, PaperForm
from thidua_desktop.domain.templates import Slot, literal


def read_forms(folder: Path, regimes: Sequence[LegalBasis]) -> tuple[PaperForm, ...]:
    """Read the forms that lie in this folder, by their numbers; what several share comes last."""
    files = folder.glob("*.toml")
    found = [_form(tomllib.loads(file.read_text("utf-8")), regimes) for file in files]
    return tuple(sorted(found, key=lambda form: (not form.code.startswith("F"), form.code)))


def _form(content: Mapping[str, Any], regimes: Sequence[LegalBasis]) -> PaperForm:
    slots = {name: Slot(name, label) for name, label in content.get("slots", {}).items()}
    texts = [
        FormText(
            place=row["place"],
            label=row["label"],
            shipped=row["text"],
            slots=tuple(slots[name] for name in row.get("slots", ())),
        )
        for row in content["texts"]
    ]
    if content.get("has_bases"):
        texts += _bases(regimes)
    if "numbers" in content:
        texts += _numbers(content["numbers"], regimes)
    return PaperForm(
        code=content["code"],
        name=content["name"],
        is_reconstructed=content["is_reconstructed"],
        source=content["source"],
        texts=tuple(texts),
        shared=content.get("shared", ""),
    )


def _bases(regimes: Sequence[LegalBasis]) -> Iterator[FormText]:
    for one in regimes:
        yield FormText(
            place=f"{BASES_PLACE}.{one.regime}",
            label=f"căn cứ pháp lý {_period(one)}",
            shipped=literal("\n".join(one.lines)),
        )


def _numbers(numbers: Mapping[str, str], regimes: Sequence[LegalBasis]) -> Iterator[FormText]:
    for one in regimes:
        yield FormText(
            place=f"{NUMBER_PLACE}.{one.regime}",
            label=f"số hiệu mẫu {_period(one)} ({one.decree})",
            shipped=numbers.get(one.regime, ""),
        )


def _period(regime: LegalBasis) -> str:
    """Return the days of a regime in words: từ 01/01/2024 đến 30/06/2025."""
    end = f" đến {shown(from_iso(regime.valid_to))}" if regime.valid_to else ""
    return f"từ {shown(from_iso(regime.valid_from))}{end}"
