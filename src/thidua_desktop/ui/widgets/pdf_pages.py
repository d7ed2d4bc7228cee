"""The pages of a paper, one below the other: only those in sight are there as pictures."""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import sqrt

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from thidua_desktop.domain.drawings import POINTS_PER_INCH, DrawnPage, Hit, PageSize
from thidua_desktop.ui.theme import Look

MOST_KEPT = 96 * 1024**2  # bytes of pictures
SCREEN_DPI = 96
LEAST_ZOOM, MOST_ZOOM, STEP = 0.25, 4.0, 1.25
_MOST_PIXELS = 12_000_000  # of one page
_MARGIN = 12
_LINE = 40
_FOUND, _CHOSEN = QColor("#FFE27A"), QColor("#FFB02E")
_UNDRAWN = "Không vẽ được trang này."


class Fit(StrEnum):
    """How a page fits its place."""

    WIDTH = "width"
    PAGE = "page"


class PdfPages(QAbstractScrollArea):
    """Shows pages and where words stand on them. `wanting` says that pictures are missing, `turned`
    which page is looked at, `zoomed` that the zoom changed.
    """

    wanting = Signal()
    turned = Signal(int)
    zoomed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._sizes: tuple[PageSize, ...] = ()
        self._tops: list[float] = []
        self._scale = 1.0
        self._drawn: OrderedDict[int, tuple[float, QPixmap]] = OrderedDict()
        self._undrawn: set[int] = set()
        self._hits: Mapping[int, Sequence[Hit]] = {}
        self._chosen: tuple[int, int] | None = None
        self._page = -1
        self.fit: Fit | None = Fit.WIDTH
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Trang đang xem")
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self._moved)

    # what is shown

    def show_pages(self, sizes: Sequence[PageSize]) -> None:
        """Show pages of these sizes; their pictures come by `give`."""
        self._sizes = tuple(sizes)
        self._drawn.clear()
        self._undrawn.clear()
        self._hits, self._chosen, self._page = {}, None, -1
        self.verticalScrollBar().setValue(0)
        self._lay_out()
        self._moved()

    def give(self, page: int, scale: float, drawn: DrawnPage | None) -> None:
        """Take the picture of a page, or that there is none."""
        if drawn is None:
            self._undrawn.add(page)
        else:
            self._drawn[page] = (scale, picture_of(drawn))
            self._drawn.move_to_end(page)
            self._forget_far()
        self.viewport().update()

    def missing(self) -> tuple[int, float] | None:
        """Return which page is to be drawn next, and at how many pixels a point."""
        first, last = self._in_sight()
        near = (*range(first, last + 1), last + 1, first - 1)
        for page in near:
            if not 0 <= page < len(self._sizes) or page in self._undrawn:
                continue
            scale = self._drawing_scale(page)
            if page not in self._drawn or self._drawn[page][0] != scale:
                return page, scale
        return None

    def _drawing_scale(self, page: int) -> float:
        """Return how many pixels a point a page is drawn at: beyond the most it is stretched."""
        size = self._sizes[page]
        most = sqrt(_MOST_PIXELS / (size.width * size.height))
        return min(self._scale * self.devicePixelRatioF(), most)

    def show_hits(self, hits: Mapping[int, Sequence[Hit]], chosen: tuple[int, int] | None) -> None:
        """Mark where words stand; the chosen one has a frame."""
        self._hits, self._chosen = hits, chosen
        self.viewport().update()

    def reveal(self, page: int, hit: Hit) -> None:
        """Scroll until a place on a page is in sight."""
        if not hit:
            self.go(page)
            return
        box = self._rect(page, hit)
        here = QRectF(self._offset(), self.viewport().size())
        if not here.contains(box):
            self.verticalScrollBar().setValue(round(box.center().y() - here.height() / 3))
            self.horizontalScrollBar().setValue(round(box.center().x() - here.width() / 2))

    # where one is

    @property
    def page(self) -> int:
        """The page that is looked at, from 0; -1 where there is none."""
        return self._page

    def go(self, page: int) -> None:
        """Show a page from its top."""
        if self._sizes:
            place = min(max(page, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(round(self._tops[place] - _MARGIN / 2))
            self._turn(place)

    @property
    def zoom(self) -> float:
        """The zoom: 1 is as large as on paper."""
        return self._scale * POINTS_PER_INCH / SCREEN_DPI

    def set_zoom(self, zoom: float | Fit) -> None:
        """Choose a zoom, or how a page fits its place; what is looked at stays in sight."""
        self.fit = zoom if isinstance(zoom, Fit) else None
        if not isinstance(zoom, Fit):
            self._rescale(min(max(zoom, LEAST_ZOOM), MOST_ZOOM) * SCREEN_DPI / POINTS_PER_INCH)
        else:
            self._lay_out()
        self.zoomed.emit()

    def zoom_by(self, steps: int) -> None:
        """Make it larger or smaller."""
        self.set_zoom(self.zoom * STEP**steps)

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages and scroll."""
        bar, plain = self.verticalScrollBar(), event.modifiers() in _PLAIN
        screen = self.viewport().height() - _LINE
        match Qt.Key(event.key()) if plain else None:
            case Qt.Key.Key_Home:
                self.go(0)
            case Qt.Key.Key_End:
                bar.setValue(bar.maximum())
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                self._page_on(1, screen)
            case Qt.Key.Key_PageUp:
                self._page_on(-1, screen)
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + _LINE)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - _LINE)
            case Qt.Key.Key_Right if not self.horizontalScrollBar().maximum():
                self.go(self._page + 1)
            case Qt.Key.Key_Left if not self.horizontalScrollBar().maximum():
                self.go(self._page - 1)
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, scroll without."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turn := event.angleDelta().y():
                self.zoom_by(1 if turn > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new place."""
        super().resizeEvent(event)
        self._lay_out()
        self._moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._look.colour("alt"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        first, last = self._in_sight()
        offset = self._offset()
        for page in range(first, min(last + 1, len(self._sizes))):
            painter.save()
            painter.translate(-offset)
            self._paint_page(painter, page)
            painter.restore()
        painter.end()

    def _paint_page(self, painter: QPainter, page: int) -> None:
        place = self._place(page)
        painter.fillRect(place, Qt.GlobalColor.white)
        if page in self._drawn:
            _, pixmap = self._drawn[page]
            painter.drawPixmap(place, pixmap, QRectF(pixmap.rect()))
        elif page in self._undrawn:
            painter.setPen(QColor("#1B2430"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, _UNDRAWN)
        for number, hit in enumerate(self._hits.get(page, ())):
            is_chosen = self._chosen == (page, number)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
            boxes = [self._rect(page, (box,)) for box in hit]
            for box in boxes:
                painter.fillRect(box, _CHOSEN if is_chosen else _FOUND)
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
            if is_chosen:
                painter.setPen(QPen(QColor("#7A3E00"), 2))
                for box in boxes:
                    painter.drawRect(box.adjusted(-2, -2, 2, 2))
        painter.setPen(self._look.colour("border"))
        painter.drawRect(place)

    # geometry, in pixels from the upper left corner of everything

    def _lay_out(self) -> None:
        """Find the scale that fits, keep what is looked at in sight."""
        if not self._sizes:
            self._tops = []
            self._set_bars()
            return
        self._rescale(self._fitting() if self.fit else self._scale)

    def _fitting(self) -> float:
        room = self.viewport().size()
        wide = max(size.width for size in self._sizes)
        scale = (room.width() - 2 * _MARGIN) / wide
        if self.fit is Fit.PAGE:
            high = max(size.height for size in self._sizes)
            scale = min(scale, (room.height() - 2 * _MARGIN) / high)
        least, most = (z * SCREEN_DPI / POINTS_PER_INCH for z in (LEAST_ZOOM / 4, MOST_ZOOM))
        return min(max(scale, least), most)

    def _rescale(self, scale: float) -> None:
        bar = self.verticalScrollBar()
        page, part = max(self._page, 0), 0.0
        if self._tops and page < len(self._tops):
            part = (bar.value() - self._tops[page]) / (self._sizes[page].height * self._scale)
        self._scale = scale
        self._tops = []
        top = float(_MARGIN)
        for size in self._sizes:
            self._tops.append(top)
            top += size.height * scale + _MARGIN
        self._set_bars()
        if self._tops:
            bar.setValue(round(self._tops[page] + part * self._sizes[page].height * scale))
        self.viewport().update()
        self.wanting.emit()

    def _set_bars(self) -> None:
        room = self.viewport().size()
        wide = max((size.width for size in self._sizes), default=0) * self._scale + 2 * _MARGIN
        high = self._tops[-1] + self._high(len(self._sizes) - 1) + _MARGIN if self._tops else 0
        for bar, whole, seen in (
            (self.horizontalScrollBar(), wide, room.width()),
            (self.verticalScrollBar(), high, room.height()),
        ):
            bar.setRange(0, max(0, round(whole - seen)))
            bar.setPageStep(seen)
            bar.setSingleStep(_LINE)

    def _high(self, page: int) -> float:
        return self._sizes[page].height * self._scale

    def _place(self, page: int) -> QRectF:
        size = self._sizes[page]
        wide = size.width * self._scale
        room = max(
            self.viewport().width(), self.horizontalScrollBar().maximum() + self.viewport().width()
        )
        return QRectF((room - wide) / 2, self._tops[page], wide, size.height * self._scale)

    def _rect(self, page: int, hit: Hit) -> QRectF:
        corner, scale = self._place(page).topLeft(), self._scale
        left, top = min(box.left for box in hit), min(box.top for box in hit)
        right, bottom = max(box.right for box in hit), max(box.bottom for box in hit)
        return QRectF(
            corner.x() + left * scale,
            corner.y() + top * scale,
            (right - left) * scale,
            (bottom - top) * scale,
        )

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _in_sight(self) -> tuple[int, int]:
        """Return the first and the last page in sight."""
        if not self._tops:
            return 0, -1
        top = self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, top) - 1)
        last = max(first, bisect_right(self._tops, top + self.viewport().height()) - 1)
        return first, last

    def _page_on(self, by: int, screen: int) -> None:
        if self.fit is Fit.PAGE:
            self.go(self._page + by)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + by * screen)

    def _moved(self) -> None:
        """Find which page is looked at: the one at the upper third of the window."""
        if self._tops:
            third = self.verticalScrollBar().value() + self.viewport().height() / 3
            self._turn(max(0, bisect_right(self._tops, third) - 1))
        self.viewport().update()
        self.wanting.emit()

    def _turn(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.setAccessibleDescription(f"Trang {page + 1} trên {len(self._sizes)}")
            self.turned.emit(page)

    def _forget_far(self) -> None:
        """Let go of pictures that are far away, the longest unused first."""
        first, last = self._in_sight()
        while len(self._drawn) > 1 and self.kept() > MOST_KEPT:
            far = next((p for p in self._drawn if not first - 1 <= p <= last + 1), None)
            if far is None:
                break
            del self._drawn[far]

    def kept(self) -> int:
        """Return how many bytes of pictures are kept."""
        return sum(p.width() * p.height() * 4 for _, p in self._drawn.values())


_PLAIN = {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


def picture_of(drawn: DrawnPage) -> QPixmap:
    """Return a drawn page as a picture."""
    return QPixmap.fromImage(image_of(drawn))


def image_of(drawn: DrawnPage) -> QImage:
    """Return a drawn page as an image, which may live on any thread."""
    row = drawn.width * 3
    image = QImage(drawn.pixels, drawn.width, drawn.height, row, QImage.Format.Format_RGB888)
    return image.copy()  # the bytes may go
