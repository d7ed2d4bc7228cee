"""The margins of pages in Word: the page number, and on first pages circulation and contact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.document import Document
from docx.oxml.ns import qn
from docx.parts.hdrftr import FooterPart, HeaderPart

from thidua_desktop.domain.pages import Page
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.elements import Element, element, paragraph
from thidua_desktop.formats.docx.styles import Styles
from thidua_desktop.formats.pdf.fonts import text_width

# Down from the edge to the upper end of the letters of the page number.
HEADER = layout.TOP * layout.PAGE_NUMBER_HEIGHT - 0.9 * layout.PAGE_NUMBER_SIZE


def header_with_number(document: Document, styles: Styles) -> str:
    """Make the upper margin with the page number in its middle; return how it is referred to."""
    number = paragraph(styles.page_number.key)
    for kind in ("begin", "separate", "end"):
        if kind == "separate":
            code = element("instrText")
            code.text = "PAGE"
            number.append(element("r", code))
        number.append(element("r", element("fldChar", fldCharType=kind)))
        if kind == "separate":
            shown = element("t")
            shown.text = "2"
            number.append(element("r", shown))
    return _header(document, [number])


class FirstPages:
    """The margins of first pages: equal ones are kept once.

    A section that says nothing of its first page has that of the section before: in a document in
    which one page says something each says it.
    """

    def __init__(self, document: Document, pages: Iterable[Page], gap: str) -> None:
        self._document, self._gap = document, gap
        self._is_needed = any(page.circulation or page.contact for page in pages)
        self._headers, self._footers = dict[tuple[str, ...], str](), dict[tuple[str, ...], str]()

    def references(self, page: Page, styles: Styles, width: float) -> Iterator[Element]:
        """Yield what the section of a paper says of the margins of its first page."""
        if not self._is_needed:
            return
        key: tuple[str, ...] = (styles.circulation.key, str(width), page.circulation)
        if key not in self._headers:
            self._headers[key] = _header(self._document, [self._circulation(page, styles, width)])
        yield _reference("header", "first", self._headers[key])
        key = (styles.contact.key, *page.contact)
        if key not in self._footers:
            self._footers[key] = _footer(self._document, self._contact(page, styles))
        yield _reference("footer", "first", self._footers[key])

    def _circulation(self, page: Page, styles: Styles, width: float) -> Element:
        """Return box 11, its right edge where the PDF has it."""
        if not page.circulation:
            return paragraph(self._gap)
        style = styles.circulation
        words = text_width(page.circulation, style.font, style.size) + 2 * layout.FRAME_PADDING
        usual = width * (layout.CIRCULATION_RIGHT - layout.CIRCULATION_LEFT)
        right = width * (1 - layout.CIRCULATION_RIGHT)
        left = max(width - right - max(words, usual), 0)
        above = layout.CIRCULATION_FOOT - HEADER - style.height
        return paragraph(style.key, page.circulation, left=left, right=right, before=above)

    def _contact(self, page: Page, styles: Styles) -> list[Element]:
        """Return box 13; equal lines above paragraphs are one line above the first."""
        above = layout.ABOVE_CONTACT if page.contact else 0
        lines = [paragraph(styles.contact.key, one) for one in page.contact]
        return [paragraph(self._gap, before=above), *lines]


def number_reference(header: str) -> Element:
    """Return that pages but the first have this header."""
    return _reference("header", "default", header)


def _reference(part: str, kind: str, key: str) -> Element:
    reference = element(f"{part}Reference", type=kind)
    reference.set(qn("r:id"), key)
    return reference


def _header(document: Document, inside: Iterable[Element]) -> str:
    added: tuple[HeaderPart, str] = document.part.add_header_part()  # type: ignore[no-untyped-call]
    return _filled(*added, inside)


def _footer(document: Document, inside: Iterable[Element]) -> str:
    added: tuple[FooterPart, str] = document.part.add_footer_part()  # type: ignore[no-untyped-call]
    return _filled(*added, inside)


def _filled(part: HeaderPart | FooterPart, key: str, inside: Iterable[Element]) -> str:
    part.element.clear()
    part.element.extend(inside)
    return key
