"""F21 Bảng tổng hợp điểm cụm, khối: every unit of a group with its points, the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.numbers import figure_text, two_digits
from thidua_desktop.domain.pages import (
    Align,
    Page,
    Row,
    SignatureBlock,
    Signatures,
    Table,
)
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.scoring import Tier
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office
from thidua_desktop.services.peers import Peer

FORM = "F21"
_COLUMNS = (
    *(("number", 10, Align.CENTRE), ("unit", 70, Align.LEFT), ("bloc", 24, Align.CENTRE)),
    *(("council", 24, Align.CENTRE), ("added", 20, Align.CENTRE), ("taken", 20, Align.CENTRE)),
    *(("total", 22, Align.CENTRE), ("rank", 22, Align.CENTRE), ("proposed", 40, Align.LEFT)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding:
    """A group in a year: the units that filled the set, those that did not, what is proposed.

    `proposed` names the awards that a unit is proposed for, by its id. A set without points gives
    no rank: `is_scored`.
    """

    name: str
    year: int
    peers: tuple[Peer, ...]
    unfilled: tuple[str, ...]
    proposed: Mapping[UUID, str]
    is_scored: bool = True


def group_sheet_page(office: Office, standing: GroupStanding) -> Page:
    """Return the points of a group as a page; what nobody gave yet stays open for the pen."""
    texts = office.texts.of(FORM)
    rows = [_row(texts, standing, peer) for peer in standing.peers]
    rows += [(name, *[""] * 7) for name in standing.unfilled]
    unverified = sum(Tier.VERIFIED not in peer.marked for peer in standing.peers)
    remarks = (
        ("remark.unscored", 0 if standing.is_scored else len(rows)),
        ("remark.unverified", unverified if standing.is_scored else 0),
        ("remark.unfilled", len(standing.unfilled)),
    )
    said = [texts.say("closing", count=two_digits(len(rows)))]
    said += [texts.say(place, count=two_digits(count)) for place, count in remarks if count]
    said[-1] = said[-1].removesuffix(".")
    name = texts.say("group", group=standing.name) if standing.name else ""
    return Page(
        form=FORM,
        name=texts.name,
        of=str(standing.year),
        is_reconstructed=texts.is_reconstructed,
        is_landscape=True,
        blocks=(
            office.head(),
            parts.title(texts.say("title", year=str(standing.year)), remark=name),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(Row(cells=(str(n), *cells)) for n, cells in enumerate(rows, start=1)),
                closing=f"{' '.join(said)}./.",
            ),
            Signatures(
                left=parts.signer(texts, "maker"),
                right=SignatureBlock(
                    lines=texts.lines("sign.group"), remark=texts.say("remark.seal")
                ),
            ),
        ),
    )


def _row(texts: FormTexts, standing: GroupStanding, peer: Peer) -> tuple[str, ...]:
    proposed = standing.proposed.get(peer.unit_id, "")
    if not standing.is_scored:
        return (peer.name, *[""] * 6, proposed)
    bloc = peer.bloc.points if peer.bloc and Tier.CROSS in peer.marked else None
    council = peer.total.points if Tier.VERIFIED in peer.marked else None
    rank = str(peer.rank.place) if peer.rank else ""
    if peer.rank and peer.rank.shared:
        rank += f" ({texts.say('shared_rank')})"
    barred = texts.say("barred") if peer.total.is_barred else ""
    return (
        peer.name,
        *(figure_text(bloc), figure_text(council)),
        *(figure_text(peer.total.bonus + peer.total.added), figure_text(peer.total.taken)),
        *(figure_text(peer.total.total), rank),
        barred or proposed,
    )
