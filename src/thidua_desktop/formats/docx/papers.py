"""A dossier as one Word document: every paper is a section with page numbers of its own."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.rel import Relationships
from docx.oxml.ns import qn

from thidua_desktop.domain.dossiers import Dossier
from thidua_desktop.domain.errors import StoppedError
from thidua_desktop.domain.pages import Page, SizeSet
from thidua_desktop.domain.returned import imprint_of, lines_said
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.blocks import Blocks
from thidua_desktop.formats.docx.elements import Element, element, paragraph, said, twips
from thidua_desktop.formats.docx.imprint import stamp
from thidua_desktop.formats.docx.lines import lines_of
from thidua_desktop.formats.docx.margins import (
    HEADER,
    FirstPages,
    header_with_number,
    number_reference,
)
from thidua_desktop.formats.docx.passages import join_whole_passages
from thidua_desktop.formats.docx.sheets import section_of
from thidua_desktop.formats.docx.story import story
from thidua_desktop.formats.docx.styles import LANGUAGE, Styles, base
from thidua_desktop.formats.pdf.fonts import register_fonts
from thidua_desktop.services.pages.forms import pages_of

_PROGRAM = "Thi Đua Desktop"
# Equal dossiers are equal files, whenever they are made.
_MADE = datetime(2024, 1, 1, tzinfo=UTC)
_ZIPPED = (2024, 1, 1, 0, 0, 0)
_OTHER_SET = {SizeSet.SMALL: "cỡ nhỏ", SizeSet.LARGE: "cỡ lớn"}
# What the library's own blank document brings along and nobody needs.
_IDLE_OF_FILE = (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL)
_KEPT_OF_DOCUMENT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)


class DocxPapers:
    """Makes the Word documents of the Papers of services.ports."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts

    def docx(self, dossier: Dossier, *, stop_wanted: Callable[[], bool] = lambda: False) -> bytes:
        """Return one document with every paper. Equal dossiers give equal bytes.

        Raises StoppedError, and ValueError that names the paper when a text of it is not composed
        (NFC), as the PDF does.
        """
        pages = pages_of(dossier)
        register_fonts(self._fonts)  # lines are measured
        sets = {page.sizes or dossier.sizes for page in pages} | {dossier.sizes}
        styles = _styles(dossier.sizes, frozenset(sets))
        usual = styles[dossier.sizes]
        marked = any(page.is_marked for page in pages)
        content, header = _template(dossier.sizes, frozenset(sets), marked=marked)
        document = docx.Document(BytesIO(content))
        document.core_properties.title = said(dossier.title)[:255]
        if not any(page.is_official for page in pages):
            document.core_properties.keywords = layout.UNOFFICIAL
        body = document.element.body
        body.clear()
        firsts = FirstPages(document, pages, usual.gap.key)
        for place, page in enumerate(pages, start=1):
            if stop_wanted():
                raise StoppedError
            chosen = styles[page.sizes or dossier.sizes]
            width = _width(page)
            body.extend(story(page, chosen, Blocks(chosen, width, document.part), width))
            end = paragraph(usual.gap.key)
            body.append(end)
            section = _section(page, header, firsts.references(page, chosen, width))
            (end.find(qn("w:pPr")) if place < len(pages) else body).append(section)
        if not pages:
            body.append(_section(Page(form="", name="", blocks=()), header))
        _let_come_back(document, dossier)
        written = BytesIO()
        document.save(written)
        return _without_time(written)


def _let_come_back(document: Document, dossier: Dossier) -> None:
    """Let a document that says free text of records say how it was printed."""
    body = document.element.body
    if next(body.iter(qn("w:sdt")), None) is None:
        return
    stamp(document.part, imprint_of(lines_said(lines_of(body)), dossier.asked))
    join_whole_passages(body)


def _width(page: Page) -> float:
    whole = layout.PAGE_HEIGHT if page.is_landscape else layout.PAGE_WIDTH
    return whole - layout.LEFT - layout.RIGHT


@lru_cache(maxsize=8)
def _styles(usual: SizeSet, sets: frozenset[SizeSet]) -> dict[SizeSet, Styles]:
    """Return the styles of a document by size set; those of a set that is not usual have names of
    their own.
    """
    return {one: Styles(one, "" if one is usual else _OTHER_SET[one]) for one in sets}


@lru_cache(maxsize=8)
def _template(usual: SizeSet, sets: frozenset[SizeSet], *, marked: bool) -> tuple[bytes, str]:
    """Return a document with these styles and no text, and how its header is referred to; `marked`:
    with the styles of marks.

    A thousand dossiers begin with it: read, filled and written once, it costs a fifth.
    """
    document, styles = _blank(), _styles(usual, sets)
    _fill_styles(document, [styles[one] for one in SizeSet if one in styles], marked=marked)
    header = header_with_number(document, styles[usual])
    written = BytesIO()
    document.save(written)
    return written.getvalue(), header


def _blank() -> Document:
    """Return a document that says nothing, not even who made the library's template."""
    document = docx.Document()
    properties = document.core_properties
    properties.author = properties.last_modified_by = _PROGRAM
    properties.comments = properties.keywords = properties.category = properties.subject = ""
    properties.created = properties.modified = _MADE
    properties.language = LANGUAGE
    properties.revision = 1
    _drop(document.part.package.rels, lambda kind: kind in _IDLE_OF_FILE)
    _drop(document.part.rels, lambda kind: kind not in _KEPT_OF_DOCUMENT)
    settings = document.settings.element
    settings.clear()
    settings.extend(_settings())
    return document


def _drop(relationships: Relationships, is_idle: Callable[[str], bool]) -> None:
    for key in [key for key, one in relationships.items() if is_idle(one.reltype)]:
        del relationships[key]


def _settings() -> Iterator[Element]:
    yield element("zoom", percent=100)
    yield element("defaultTabStop", val=720)
    yield element("characterSpacingControl", val="doNotCompress")
    word = "http://schemas.microsoft.com/office/word"
    mode = element("compatSetting", name="compatibilityMode", uri=word, val=15)
    yield element("compat", mode)
    yield element("themeFontLang", val=LANGUAGE)
    yield element("decimalSymbol", val=",")
    yield element("listSeparator", val=";")


def _fill_styles(document: Document, made: list[Styles], *, marked: bool) -> None:
    styles = document.styles.element
    styles.clear()
    styles.extend(base())
    for one in made:
        styles.extend(one.definitions(marked=marked))


def _section(page: Page, header: str, firsts: Iterable[Element] = ()) -> Element:
    return element(
        "sectPr",
        number_reference(header),
        *firsts,
        element("type", val="nextPage"),
        *(section_of(page.sheet) if page.sheet else _paper(page)),
        element("pgNumType", start=1),
        element("titlePg"),
    )


def _paper(page: Page) -> list[Element]:
    """Return size and margins of the pages of a paper."""
    size = {"w": twips(layout.PAGE_WIDTH), "h": twips(layout.PAGE_HEIGHT)}
    aside: dict[str, str | int] = {"w": size["h"], "h": size["w"], "orient": "landscape"}
    return [
        element("pgSz", **(aside if page.is_landscape else size)),
        element(
            "pgMar",
            top=twips(layout.TOP),
            right=twips(layout.RIGHT),
            bottom=twips(layout.BOTTOM),
            left=twips(layout.LEFT),
            header=twips(HEADER),
            footer=twips(layout.BOTTOM if page.contact else layout.BOTTOM / 2),
            gutter=0,
        ),
    ]


def _without_time(written: BytesIO) -> bytes:
    """Return the file with the same moment on everything in it."""
    again = BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, date_time=_ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(name))
    return again.getvalue()
