"""The register of units as a tree on one day: who belongs to whom, what became of the others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.dates import PartialDate, shown
from thidua_desktop.domain.search_words import Word, holds, words_of
from thidua_desktop.domain.text import sort_key
from thidua_desktop.domain.units import Succession, Unit, UnitLevel

_LEVELS = {level: place for place, level in enumerate(UnitLevel)}


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit in the tree. A dissolved one says when it ended and which units followed it.

    `label` is the name, with the parent's name behind it where several units bear the name.
    """

    unit: Unit
    label: str
    children: tuple[UnitNode, ...] = ()
    is_dissolved: bool = False
    ended_on: PartialDate | None = None
    heirs: tuple[Unit, ...] = ()

    @property
    def fate(self) -> str:
        """Return what became of a dissolved unit, in words; nothing of one that stands."""
        if not self.is_dissolved:
            return ""
        day = f"Hết hiệu lực ngày {shown(self.ended_on)}" if self.ended_on else "Hết hiệu lực"
        if not self.heirs:
            return day
        return f"{day}, kế thừa: {', '.join(heir.name for heir in self.heirs)}"


@dataclass(frozen=True, slots=True)
class UnitTree:
    """The register on one day. `nodes` are all of them, parents first."""

    as_of: PartialDate
    roots: tuple[UnitNode, ...]

    @property
    def nodes(self) -> tuple[UnitNode, ...]:
        """Return every node of the tree, a parent before its children."""
        return tuple(_walk(self.roots))


def tree_of(
    units: Iterable[Unit],
    successions: Iterable[Succession],
    as_of: PartialDate,
    *,
    with_dissolved: bool = False,
) -> UnitTree:
    """Return the tree of the units that stand on a day, and of those dissolved before if wanted.

    A unit that outlived its parent stands under the unit that followed the parent: a board of a
    department that was merged goes along with it.
    """
    known = {unit.id: unit for unit in units}
    heirs = _heirs(known, successions)
    kept = {
        unit.id: unit
        for unit in known.values()
        if unit.stands_on(as_of) or (with_dissolved and _is_over(unit, as_of))
    }
    below: defaultdict[UUID | None, list[Unit]] = defaultdict(list)
    parents = {one.id: _parent(one, known, kept, heirs, as_of) for one in kept.values()}
    for unit in kept.values():
        below[None if _is_looped(unit.id, parents) else parents[unit.id]].append(unit)
    labels = unit_labels(kept.values(), known)

    def node(unit: Unit) -> UnitNode:
        is_dissolved = not unit.stands_on(as_of)
        return UnitNode(
            unit,
            labels[unit.id],
            nodes_below(unit.id),
            is_dissolved=is_dissolved,
            ended_on=unit.valid_to if is_dissolved else None,
            heirs=heirs[unit.id] if is_dissolved else (),
        )

    def nodes_below(parent: UUID | None) -> tuple[UnitNode, ...]:
        return tuple(sorted(map(node, below[parent]), key=_place))

    return UnitTree(as_of, nodes_below(None))


def unit_labels(units: Iterable[Unit], known: Mapping[UUID, Unit]) -> dict[UUID, str]:
    """Return what to call each unit in a list: its name; where names are alike, whose it is too;
    where that is not enough, since when or until when.

    `known` holds the parents.
    """
    listed = list(units)
    labels = {unit.id: unit.name for unit in listed}
    for add in (_of_whom, _when):
        often = Counter(labels.values())
        for unit in listed:
            if often[labels[unit.id]] > 1:
                labels[unit.id] += add(unit, known)
    return labels


def search_units(tree: UnitTree, text: str) -> tuple[UnitNode, ...]:
    """Return the nodes in which every word of the text is found, the best first.

    Words may stand in the name, the short name, or the name of the district: that tells two
    communes of one name apart. Of the code and the symbol on documents they must be whole.
    """
    typed = words_of(text)
    if not typed:
        return ()
    found = [
        node for node, parent in _with_parents(tree.roots) if _is_named(typed, node.unit, parent)
    ]
    wanted = _keys(typed)
    return tuple(sorted(found, key=lambda node: (_miss(node.unit, wanted), *_place(node))))


def _heirs(
    known: Mapping[UUID, Unit], successions: Iterable[Succession]
) -> defaultdict[UUID, tuple[Unit, ...]]:
    heirs: defaultdict[UUID, tuple[Unit, ...]] = defaultdict(tuple)
    for step in successions:
        heir = known.get(step.to_id) if step.to_id else None
        if step.from_id and heir:
            heirs[step.from_id] += (heir,)
    return heirs


def _is_over(unit: Unit, day: PartialDate) -> bool:
    return unit.valid_to is not None and unit.valid_to.last_day() < day.first_day()


def _parent(
    unit: Unit,
    known: Mapping[UUID, Unit],
    kept: Mapping[UUID, Unit],
    heirs: Mapping[UUID, tuple[Unit, ...]],
    as_of: PartialDate,
) -> UUID | None:
    """Return the node a unit stands under: its parent, who followed the parent, or one above."""
    seen = {unit.id}
    parent = known.get(unit.parent_id) if unit.parent_id else None
    while parent is not None and parent.id not in seen:
        seen.add(parent.id)
        if parent.id in kept and (parent.stands_on(as_of) or not unit.stands_on(as_of)):
            return parent.id
        above = known.get(parent.parent_id) if parent.parent_id else None
        parent = next(iter(heirs[parent.id]), above)
    return None


def _is_looped(unit_id: UUID, parents: Mapping[UUID, UUID | None]) -> bool:
    """Tell whether units stand under each other all around, and this is the one to begin with."""
    ring = [unit_id]
    while (above := parents[ring[-1]]) is not None and above not in ring:
        ring.append(above)
    return above == unit_id and unit_id == min(ring)


def _walk(nodes: Iterable[UnitNode]) -> Iterator[UnitNode]:
    for node in nodes:
        yield node
        yield from _walk(node.children)


def _with_parents(
    nodes: Iterable[UnitNode], parent: UnitNode | None = None
) -> Iterator[tuple[UnitNode, UnitNode | None]]:
    for node in nodes:
        yield node, parent
        yield from _with_parents(node.children, node)


def _place(node: UnitNode) -> tuple[object, ...]:
    level = node.unit.level
    place = _LEVELS[level] if isinstance(level, UnitLevel) else len(_LEVELS)
    return node.is_dissolved, place, sort_key(node.label), node.unit.id


def _of_whom(unit: Unit, known: Mapping[UUID, Unit]) -> str:
    parent = known.get(unit.parent_id) if unit.parent_id else None
    return f", {parent.name[:1].lower()}{parent.name[1:]}" if parent else ""


def _when(unit: Unit, _: Mapping[UUID, Unit]) -> str:
    if unit.valid_to:
        return f" (đến {shown(unit.valid_to)})"
    return f" (từ {shown(unit.valid_from)})" if unit.valid_from else ""


def _is_named(typed: Sequence[Word], unit: Unit, parent: UnitNode | None) -> bool:
    district = parent.unit.name if parent and parent.unit.level is UnitLevel.DISTRICT else ""
    codes = {word.plain for word in words_of(f"{unit.code} {unit.document_code}")}
    left = [word for word in typed if word.plain not in codes]
    return holds(f"{unit.name} {unit.short_name} {district}", left)


def _miss(unit: Unit, wanted: str) -> int:
    """Return how far the name is from the words: the same, holding them in a row, or apart."""
    name = _keys(words_of(unit.name))
    bare = name.removeprefix(_keys(words_of(unit.form))).strip()
    if wanted in {name, bare, *(_keys(words_of(text)) for text in (unit.short_name, unit.code))}:
        return 0
    return 1 if wanted in name else 2


def _keys(words: Iterable[Word]) -> str:
    return " ".join(word.key for word in words)
