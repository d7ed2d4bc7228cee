"""F32: the letter that asks to recognise what initiatives are worth, the report, their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from thidua_desktop.domain.dates import shown
from thidua_desktop.domain.dossiers import GAP, GAP_LINES
from thidua_desktop.domain.merit import Initiative, holder_of
from thidua_desktop.domain.numbers import two_digits
from thidua_desktop.domain.pages import Align, Block, Facts, Page, Paragraph, Role, Row, Table
from thidua_desktop.domain.paper_forms import FormTexts
from thidua_desktop.domain.told import told, told_lines
from thidua_desktop.domain.words import word
from thidua_desktop.services.movement_figures import listed, scopes_of
from thidua_desktop.services.pages import parts
from thidua_desktop.services.pages.office import Office

FORM = "F32"
_COLUMNS = (
    ("number", 10, Align.CENTRE),
    ("name", 66, Align.LEFT),
    ("authors", 46, Align.LEFT),
    ("scope", 30, Align.LEFT),
    ("decision", 36, Align.LEFT),
    ("summary", 64, Align.LEFT),
)


def initiative_pages(
    office: Office,
    bases: Sequence[str],
    year: int,
    initiatives: Sequence[Initiative],
    holders: Mapping[UUID, str],
) -> tuple[Page, Page, Page]:
    """Return letter, report and list; `bases` are those of the law of the day, `holders` names the
    person or collective of each initiative.
    """
    said = {"year": str(year), "agency": office.agency, "count": two_digits(len(initiatives))}
    return (
        _letter(office, bases, said),
        _report(office, said, initiatives, holders),
        _list(office.texts.of(FORM), said, initiatives, holders),
    )


def _letter(office: Office, bases: Sequence[str], said: Mapping[str, str]) -> Page:
    texts = office.texts.of(FORM)
    cited = parts.ended(texts.lines("bases", bases="\n".join(bases), **said))
    return Page(
        form=FORM,
        name="Tờ trình sáng kiến",
        is_reconstructed=texts.is_reconstructed,
        contact=office.contact,
        blocks=(
            office.head("TTr"),
            parts.title(texts.say("kind"), texts.say("title", **said)),
            parts.address(texts.lines("recipients", **said)),
            *(Paragraph(text=line, role=Role.BASIS) for line in cited),
            Paragraph(text=parts.sentence(texts.say("request", **said))),
            Paragraph(text=texts.say("enclosure", **said), role=Role.ENCLOSURE),
            Paragraph(text=parts.sentence(texts.say("closing", **said))),
            office.signed(texts),
        ),
    )


def _report(
    office: Office,
    said: Mapping[str, str],
    initiatives: Sequence[Initiative],
    holders: Mapping[UUID, str],
) -> Page:
    """Return what each initiative is worth, one after the other; dots where nobody said it."""
    texts = office.texts.of(FORM)
    scopes = listed(scopes_of(initiatives))
    opening = [texts.say("report.opening" if initiatives else "report.none", **said)]
    if scopes:
        opening.append(texts.say("report.scopes", list=scopes))
    return Page(
        form=FORM,
        name="Báo cáo sáng kiến",
        is_reconstructed=texts.is_reconstructed,
        contact=office.contact,
        blocks=(
            office.head("BC"),
            parts.title(texts.say("report.kind"), texts.say("report.title", **said)),
            parts.address(texts.lines("recipients", **said)),
            *(Paragraph(text=parts.sentence(one)) for one in opening),
            *(
                block
                for number, one in enumerate(initiatives, start=1)
                for block in _reported(texts, number, one, holders)
            ),
            Paragraph(text=parts.sentence(texts.say("report.closing", **said))),
            office.signed(texts),
        ),
    )


def _reported(
    texts: FormTexts, number: int, one: Initiative, holders: Mapping[UUID, str]
) -> Iterator[Block]:
    facts = (
        ("authors", _authors(one, holders)),
        ("scope", word(one.scope)),
        ("decision", _decision(one)),
    )
    yield Paragraph(text=f"{number}. {one.name}", role=Role.CRITERION)
    yield Facts(lines=tuple((texts.say(f"column.{name}"), said or GAP) for name, said in facts))
    yield Paragraph(text=texts.say("report.worth"), role=Role.LABEL)
    pen = tuple(told(line, one, "summary") for line in GAP_LINES[:2])
    for line in told_lines(one, "summary") or pen:
        yield Paragraph(text=line)


def _list(
    texts: FormTexts,
    said: Mapping[str, str],
    initiatives: Sequence[Initiative],
    holders: Mapping[UUID, str],
) -> Page:
    return Page(
        form=FORM,
        name="Danh sách sáng kiến",
        is_reconstructed=texts.is_reconstructed,
        is_landscape=True,
        blocks=(
            parts.title(
                texts.say("list.kind"),
                texts.say("list.title", **said),
                remark=texts.say("list.attached", **said),
            ),
            Table(
                columns=parts.columns(texts, _COLUMNS),
                rows=tuple(
                    Row(cells=(str(number), *_cells(one, holders)))
                    for number, one in enumerate(initiatives, start=1)
                ),
                closing=texts.say("list.closing", **said),
            ),
        ),
    )


def _cells(one: Initiative, holders: Mapping[UUID, str]) -> tuple[str, ...]:
    return (
        one.name,
        _authors(one, holders),
        word(one.scope),
        parts.sentence(_decision(one)),
        told(one.summary, one, "summary"),
    )


def _authors(one: Initiative, holders: Mapping[UUID, str]) -> str:
    whose = holder_of(one)
    author = holders.get(whose, "") if whose else ""
    return ", ".join(part for part in (author, one.authors) if part)


def _decision(one: Initiative) -> str:
    """Return the decision that recognised an initiative, in words."""
    day = f" ngày {shown(one.decision_date)}" if one.decision_date else ""
    issuer = f" của {one.issuer}" if one.issuer else ""
    return f"số {one.decision_number}{day}{issuer}" if one.decision_number else ""
