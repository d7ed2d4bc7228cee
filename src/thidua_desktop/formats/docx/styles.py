"""The named paragraph styles of Word: what an officer finds in its list of styles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from thidua_desktop.domain.marks import STAMP_HEIGHT
from thidua_desktop.domain.pages import Align, Role, SizeSet, TableSize, TitleRole
from thidua_desktop.formats import layout
from thidua_desktop.formats.docx.elements import Element, element, twips
from thidua_desktop.formats.layout import SIZES
from thidua_desktop.formats.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR

FONT = "Times New Roman"
LANGUAGE = "vi-VN"
# How far its lines are apart when they are set "single"; ours are apart as in the PDF.
_SINGLE = 1.149
_LINE = round(240 * layout.LEADING / _SINGLE)
_TINY = 1.0
EIGHTHS = 8  # of a point, as borders are measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A paragraph style. `exact`: every line as high as that, whatever stands in it."""

    key: str
    name: str
    size: float
    align: str = "center"
    is_bold: bool = False
    is_italic: bool = False
    before: float = 0
    first: float = 0
    keeps_next: bool = False
    exact: float = 0
    outline: int | None = None
    colour: str = ""
    frame: tuple[tuple[str, int], ...] = ()  # sides with a line, and how far it is from the words

    @property
    def height(self) -> float:
        """Return how high one line of it is with its frame."""
        return self.exact + sum(room for side, room in self.frame if side in {"top", "bottom"})

    @property
    def font(self) -> str:
        """Return the font of like widths whose letters can be measured."""
        if self.is_bold:
            return BOLD_ITALIC if self.is_italic else BOLD
        return ITALIC if self.is_italic else REGULAR


class Styles:
    """The styles of one size set; `suffix` tells them from those of the file's own set."""

    def __init__(self, sizes: SizeSet, suffix: str = "") -> None:
        chosen, body = SIZES[sizes], SIZES[sizes].body
        self._made: list[Style] = []
        self._marks: list[Style] = []
        self._suffix = suffix
        self.state = self._add("State", "Quốc hiệu", chosen.motto_state, is_bold=True)
        self.motto = self._add("Motto", "Tiêu ngữ", chosen.motto, is_bold=True)
        self.parent = self._add("Parent", "Cơ quan chủ quản", chosen.motto_state)
        self.agency = self._add("Agency", "Cơ quan ban hành", chosen.motto_state, is_bold=True)
        self.number = self._add("Number", "Số và ký hiệu", layout.NUMBER_SIZE)
        self.place = self._add("Place", "Địa danh và ngày", chosen.place, is_italic=True)
        self.titles = {
            TitleRole.ANNEX: self._add(
                "Annex", "Phụ lục", layout.ANNEX, is_bold=True, keeps_next=True
            ),
            TitleRole.NAME: self._add(
                "Name", "Tên loại", body, is_bold=True, keeps_next=True, outline=0
            ),
            TitleRole.REMARK: self._add(
                "Remark", "Chú dẫn dưới tên", body, is_italic=True, keeps_next=True
            ),
        }
        self.abstract = self._add("Abstract", "Trích yếu", body, is_bold=True, keeps_next=True)
        self.addressed = self._add("Addressed", "Kính gửi", body, keeps_next=True)
        self.addressees = self._add("Addressees", "Nơi kính gửi", body, align="left")
        self.roles = {
            role: self._add(key, name, keeps_next=role.keeps_next, **{"size": body} | how)
            for role, (key, name, how) in _ROLES.items()
        }
        self.recipients_head = self._add(
            "RecipientsHead",
            "Nơi nhận",
            layout.RECIPIENTS_HEAD,
            align="left",
            is_bold=True,
            is_italic=True,
        )
        self.recipients = self._add(
            "Recipients", "Danh sách nơi nhận", layout.RECIPIENTS, align="left"
        )
        self.signer = self._add("Signer", "Quyền hạn và chức vụ", body, is_bold=True)
        self.sign_remark = self._add("SignRemark", "Ký và đóng dấu", body, is_italic=True)
        self.signed = self._add(
            "Signed", "Họ tên người ký", body, is_bold=True, before=layout.SIGNING_ROOM
        )
        self.cells = {size: CellStyles(self, size) for size in TableSize}
        self.rule = self._add("Rule", "Đường kẻ", _TINY, exact=layout.RULE_ABOVE)
        self.gap = self._add("Gap", "Khoảng cách", _TINY, exact=_TINY)
        self.page_number = self._add("PageNumber", "Số trang văn bản", layout.PAGE_NUMBER_SIZE)
        self.about = self._mark("About", "Trích yếu công văn", chosen.motto_state)
        self.stamp = self._mark("Stamp", "Độ khẩn", layout.MARK_SIZE, colour=_RED, **_IN_FRAME)
        self.circulation = self._mark(
            "Circulation", "Phạm vi lưu hành", layout.MARK_SIZE, **_IN_FRAME
        )
        self.drafter = self._mark(
            "Drafter", "Ký hiệu người soạn thảo", layout.RECIPIENTS, align="right"
        )
        self.contact = self._mark(
            "Contact", "Địa chỉ cơ quan", layout.CONTACT_SIZE, align="left", frame=_ABOVE
        )

    def definitions(self, *, marked: bool) -> Iterator[Element]:
        """Yield the styles as the document defines them; `marked`: those of marks too."""
        return map(_definition, (*self._made, *(self._marks if marked else ())))

    def _add(self, key: str, name: str, size: float, **how: Any) -> Style:  # noqa: ANN401
        self._made.append(self._style(key, name, size, **how))
        return self._made[-1]

    def _mark(self, key: str, name: str, size: float, **how: Any) -> Style:  # noqa: ANN401
        """Return a style that only documents with marks have."""
        self._marks.append(self._style(key, name, size, **how))
        return self._marks[-1]

    def _style(self, key: str, name: str, size: float, **how: Any) -> Style:  # noqa: ANN401
        suffix = f" {self._suffix}" if self._suffix else ""
        made = Style(key=f"{key}{self._suffix.title()}", name=f"{name}{suffix}", size=size)
        return replace(made, **how)


_RED = "FF0000"
_ABOVE = (("top", 2),)
_IN_FRAME: dict[str, Any] = {
    "is_bold": True,
    "frame": (("top", 3), ("left", 0), ("bottom", 3), ("right", 0)),
    "exact": STAMP_HEIGHT * layout.MM - 6,
}
_WORDS: dict[str, Any] = {
    "align": "both",
    "before": layout.SPACE_BETWEEN,
    "first": layout.FIRST_INDENT,
}
_HEADING = {"is_bold": True}
_NOTE = {"size": layout.CELL, "align": "left", "before": 2 * layout.SPACE_BETWEEN}
_ROLES: dict[Role, tuple[str, str, dict[str, Any]]] = {
    Role.BODY: ("Text", "Lời văn", _WORDS),
    Role.BASIS: ("Basis", "Căn cứ", _WORDS | {"is_italic": True}),
    Role.ENCLOSURE: ("Enclosure", "Kèm theo", _WORDS | {"is_italic": True}),
    Role.CHAPTER: (
        "Chapter",
        "Phần hoặc chương",
        _HEADING | {"before": layout.SPACE_BETWEEN, "outline": 1},
    ),
    Role.HEADING: ("Section", "Mục", _WORDS | _HEADING | {"outline": 1}),
    Role.CRITERION: (
        "Criterion",
        "Tiêu chí",
        _WORDS | _HEADING | {"is_italic": True, "outline": 2},
    ),
    Role.LABEL: ("Label", "Dòng dẫn", _WORDS),
    Role.SUBJECT: ("Subject", "Đối tượng", {"is_bold": True}),
    Role.NOTE: ("Note", "Ghi chú", _NOTE),
    Role.CHECK: (
        "Check",
        "Từ đối chiếu",
        {"size": layout.CHECK_SIZE, "align": "left", "is_bold": True, "before": 4},
    ),
}


class CellStyles:
    """The styles in tables of one size."""

    def __init__(self, styles: Styles, of: TableSize) -> None:
        small = of is TableSize.SMALL
        size = layout.SMALL if small else layout.CELL
        self.padding, self.under = layout.SMALL_PADDING if small else layout.PADDING
        key, name = ("Small", " nhỏ") if small else ("", "")

        def add(kind: str, called: str, **how: Any) -> Style:  # noqa: ANN401
            return styles._add(f"{kind}{key}", f"{called}{name}", size, **how)  # noqa: SLF001

        self.plain = {
            Align.LEFT: add("Cell", "Ô bảng", align="left"),
            Align.CENTRE: add("CellCentre", "Ô bảng giữa"),
            Align.RIGHT: add("CellRight", "Ô bảng phải", align="right"),
        }
        self.strong = {
            Align.LEFT: add("CellStrong", "Nhóm trong bảng", align="left", is_bold=True),
            Align.CENTRE: add("CellHead", "Đầu bảng", is_bold=True),
            Align.RIGHT: add("CellTotal", "Tổng trong bảng", align="right", is_bold=True),
        }
        self.below = add("CellBelow", "Ghi chú trong bảng", align="left", is_italic=True)


def base() -> Iterator[Element]:
    """Yield what every style begins with: the font, the language, and the three that must be."""
    fonts = element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    body = twips(SIZES[SizeSet.LARGE].body) // 10
    yield element(
        "docDefaults",
        element(
            "rPrDefault",
            element(
                "rPr",
                fonts,
                element("sz", val=body),
                element("szCs", val=body),
                element("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"),
            ),
        ),
        element(
            "pPrDefault",
            element("pPr", element("spacing", before=0, after=0, line=_LINE, lineRule="auto")),
        ),
    )
    yield element(
        "style",
        element("name", val="Normal"),
        element("qFormat"),
        type="paragraph",
        default=1,
        styleId="Normal",
    )
    yield element(
        "style",
        element("name", val="Default Paragraph Font"),
        element("uiPriority", val=1),
        element("semiHidden"),
        type="character",
        default=1,
        styleId="DefaultParagraphFont",
    )
    margins = element(
        "tblCellMar",
        *(element(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")),
    )
    yield element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("tblPr", element("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=1,
        styleId="TableNormal",
    )


def _definition(style: Style) -> Element:
    spacing: dict[str, str | int] = {"before": twips(style.before)} if style.before else {}
    if style.exact:
        spacing |= {"line": twips(style.exact), "lineRule": "exact"}
    half_points = round(style.size * 2)
    return element(
        "style",
        element("name", val=style.name),
        element("basedOn", val="Normal"),
        element("qFormat"),
        element(
            "pPr",
            element("keepNext") if style.keeps_next else None,
            element("widowControl"),
            _frame(style) if style.frame else None,
            element("spacing", **spacing) if spacing else None,
            element("ind", firstLine=twips(style.first)) if style.first else None,
            element("jc", val=style.align),
            None if style.outline is None else element("outlineLvl", val=style.outline),
        ),
        element(
            "rPr",
            element("b") if style.is_bold else None,
            element("bCs") if style.is_bold else None,
            element("i") if style.is_italic else None,
            element("iCs") if style.is_italic else None,
            element("color", val=style.colour) if style.colour else None,
            element("sz", val=half_points),
            element("szCs", val=half_points),
        ),
        type="paragraph",
        customStyle=1,
        styleId=style.key,
    )


def _frame(style: Style) -> Element:
    line: dict[str, str | int] = {"val": "single", "color": style.colour or "auto"}
    weight = round((layout.FRAME_WIDTH if style.exact else layout.RULE_WIDTH) * EIGHTHS)
    sides = (element(side, sz=weight, space=room, **line) for side, room in style.frame)
    return element("pBdr", *sides)
