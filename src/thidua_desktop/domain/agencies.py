"""Agencies (cơ quan ban hành): how the head and the signature of a paper name them (Decree 30)."""

from __future__ import annotations

from thidua_desktop.domain.records import kind_spec
from thidua_desktop.domain.units import PLACES, AuthorityPrefix, Signer, Unit, UnitLevel

COMMITTEE = "Ủy ban nhân dân"
_UNDER_THE_COMMITTEE = ("Sở ", "Thanh tra ", "Ban Quản lý ", f"Văn phòng {COMMITTEE}")
# How the head of an agency is called, by the first words of its name.
_HEADS = (
    ("Ủy ban", "CHỦ TỊCH"),
    ("Hội ", "CHỦ TỊCH"),
    ("Liên đoàn", "CHỦ TỊCH"),
    ("Sở ", "GIÁM ĐỐC"),
    ("Ban Quản lý", "GIÁM ĐỐC"),
    ("Công an", "GIÁM ĐỐC"),
    ("Ban ", "TRƯỞNG BAN"),
    ("Văn phòng", "CHÁNH VĂN PHÒNG"),
    ("Thanh tra", "CHÁNH THANH TRA"),
    ("Bộ Chỉ huy", "CHỈ HUY TRƯỞNG"),
    ("Tỉnh đoàn", "BÍ THƯ"),
)
_SOME_HEAD = "THỦ TRƯỞNG CƠ QUAN"
_REACHED_BY = ("phone", "fax", "email", "website")
_PLACE_WORDS = (" huyện ", " thành phố ", " xã ", " phường ", " thị trấn ", " tỉnh ")


def agency_name(unit: Unit, parent: Unit | None = None) -> str:
    """Return the agency that speaks for a unit: a place speaks through its committee.

    A name that ends in a bare "tỉnh" gets the name of the province.

    >>> from uuid import UUID
    >>> agency_name(Unit(id=UUID(int=1), name="Xã Vũ Lễ", level=UnitLevel.COMMUNE))
    'Ủy ban nhân dân xã Vũ Lễ'
    """
    name = unit.name
    if unit.level in PLACES and not name.startswith(("Ủy ban", "Hội đồng")):
        return f"{COMMITTEE} {name[:1].lower()}{name[1:]}"
    if parent is not None and name.endswith(" tỉnh") and parent.name.startswith("Tỉnh "):
        return name + parent.name.removeprefix("Tỉnh")
    return name


def place_named(unit: Unit) -> str:
    """Return the place that the name of a unit ends in; nothing where it names none.

    >>> from uuid import UUID
    >>> place_named(Unit(id=UUID(int=1), name="Phòng Nội vụ huyện Tiền Hải"))
    'Tiền Hải'
    """
    name = f" {unit.name} "
    for word in _PLACE_WORDS:
        place = name[len(name) - len(name.lower().rpartition(word)[2]) :].strip()
        if word in name.lower() and place[:1].isupper():  # "xã hội" is none
            return place
    return ""


def head_lines(unit: Unit, parent: Unit | None) -> tuple[str, str]:
    """Return the agency above and the agency itself, in capitals, as boxes of the head.

    A committee stands alone; a department stands under the province's, a part of a department
    under the department; a body of its own under nobody.
    """
    if parent is None or unit.level in PLACES:
        return "", agency_name(unit, parent).upper()
    if parent.level not in PLACES or unit.level is UnitLevel.GRASSROOTS:
        above = agency_name(parent)
        return above.upper(), unit.name.removesuffix(f", {parent.name}").upper()
    if unit.name.startswith(_UNDER_THE_COMMITTEE):
        place = f" {parent.name[:1].lower()}{parent.name[1:]}"
        return agency_name(parent).upper(), unit.name.removesuffix(place).upper()
    return "", agency_name(unit, parent).upper()


def contact_lines(unit: Unit | None) -> tuple[str, ...]:
    """Return where an office is found, and how it is reached, if its papers are to say so."""
    if unit is None or not unit.shows_contact:
        return ()
    lines = (_labelled(unit, ("address",)), _labelled(unit, _REACHED_BY))
    return tuple(line for line in lines if line)


def is_committee(unit: Unit) -> bool:
    """Tell whether the unit speaks as a people's committee."""
    return agency_name(unit).startswith(COMMITTEE)


def head_position(unit: Unit) -> str:
    """Return how the head of the agency is called, in capitals."""
    name = agency_name(unit)
    return next((said for start, said in _HEADS if name.startswith(start)), _SOME_HEAD)


def signature_lines(unit: Unit | None, signer: Signer | None) -> tuple[str, ...]:
    """Return what stands over the name of who signs: by whose power, in which position.

    A deputy signs in place of the head (`KT. CHỦ TỊCH`, then `PHÓ CHỦ TỊCH`), for a committee
    under `TM. ỦY BAN NHÂN DÂN`. Without a signer the head of the agency is expected.
    """
    if unit is None:
        return (signer.position.upper() if signer else _SOME_HEAD,)
    body = COMMITTEE if is_committee(unit) else agency_name(unit)
    for_body = (f"{AuthorityPrefix.ON_BEHALF.value} {body.upper()}",)
    over = for_body if is_committee(unit) else ()
    if signer is None:
        return (*over, head_position(unit))
    position = signer.position.upper()
    match signer.prefix:
        case AuthorityPrefix.ON_BEHALF:
            return (*for_body, *_in_place_of_the_head(position))
        case AuthorityPrefix.DEPUTY | AuthorityPrefix.ACTING as prefix:
            lines = _in_place_of_the_head(position)
            return (*over, *(lines if len(lines) > 1 else (f"{prefix.value} {position}",)))
        case AuthorityPrefix.BY_ORDER | AuthorityPrefix.DELEGATED as prefix:
            return f"{prefix.value} {head_position(unit)}", position
        case _:
            return (position,)


def _in_place_of_the_head(position: str) -> tuple[str, ...]:
    """Return the lines of a position: a deputy names whom he stands in for."""
    if not position.startswith("PHÓ "):
        return (position,)
    head = position.removeprefix("PHÓ ").removesuffix(" THƯỜNG TRỰC")
    return f"{AuthorityPrefix.DEPUTY.value} {head}", position


def _labelled(unit: Unit, names: tuple[str, ...]) -> str:
    spec = kind_spec(Unit)
    said = [(spec.field(name).label, " ".join(getattr(unit, name).split())) for name in names]
    line = "; ".join(f"{label[:1].lower()}{label[1:]}: {words}" for label, words in said if words)
    return f"{line[:1].upper()}{line[1:]}"
