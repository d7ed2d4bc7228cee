"""Documents that can be drawn: PDF by PDFium, pictures by Pillow. Lives in the drawing process."""

from __future__ import annotations

import ctypes
import io
import math
import sys
import warnings
from collections.abc import Sequence
from contextlib import closing
from typing import Protocol

import pypdfium2
from PIL import Image, ImageOps
from pypdfium2 import raw

from thidua_desktop.domain.attachments import JPEG, PDF, PNG
from thidua_desktop.domain.drawings import Box, Hit, PageSize, Unshowable
from thidua_desktop.formats.drawing.matching import places_of
from thidua_desktop.formats.drawing.messages import Drawn

MOST_PIXELS = 40_000_000  # an A3 page for a printer of 300 dots has 18 million
MOST_PAGES = 20_000
MOST_HITS = 500  # on one page
_MOST_PICTURE = 200_000_000
_PICTURE_SIDE = 6_000
_SCREEN_DPI = 96
_A4 = (595.0, 842.0)
_STEPS = 100  # of a point, in which PDFium is asked for places


class UnshowableContent(Exception):  # noqa: N818 - it becomes an answer
    """Says why something cannot be shown."""

    def __init__(self, why: Unshowable) -> None:
        super().__init__(why)
        self.why = why


class Document(Protocol):
    """What is open."""

    sizes: tuple[PageSize, ...]

    def draw(self, page: int, scale: float) -> Drawn:
        """Draw a page."""

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Return where words stand."""

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return a PDF of these pages."""

    def close(self) -> None:
        """Let go of it."""


def open_document(content: bytes, mime: str) -> Document:
    """Open content of this kind. Raises UnshowableContent."""
    if mime == PDF:
        return PdfPages(content)
    if mime in {JPEG, PNG}:
        return Picture(content)
    raise UnshowableContent(Unshowable.TYPE)


class PdfPages:
    """A PDF."""

    def __init__(self, content: bytes) -> None:
        try:
            self._document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            is_locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
            why = Unshowable.PASSWORD if is_locked else Unshowable.DAMAGED
            raise UnshowableContent(why) from error
        count = len(self._document)
        if count > MOST_PAGES:
            raise UnshowableContent(Unshowable.SIZE)
        if not count:
            raise UnshowableContent(Unshowable.DAMAGED)
        self._document.init_forms()  # what was filled into a form is seen
        self.sizes = tuple(self._size(page) for page in range(count))

    def draw(self, page: int, scale: float) -> Drawn:
        """Draw a page."""
        size = self.sizes[page]
        with closing(self._page(page)) as of:
            bitmap = of.render(scale=bounded(scale, size), rev_byteorder=True)
            try:
                return Drawn(bitmap.width, bitmap.height, _tight(bitmap))
            finally:
                bitmap.close()

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Return where words stand."""
        with closing(self._page(page)) as of, closing(of.get_textpage()) as text:
            count = max(raw.FPDFText_CountChars(text), 0)
            letters = "".join(_letter(raw.FPDFText_GetUnicode(text, n)) for n in range(count))
            places = places_of(words, letters)[:MOST_HITS]
            return tuple(
                hit for start, length in places if (hit := self._hit(page, of, text, start, length))
            )

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return a PDF of these pages."""
        made = pypdfium2.PdfDocument.new()
        try:
            made.import_pages(self._document, list(pages))
            written = io.BytesIO()
            made.save(written)
            return written.getvalue()
        finally:
            made.close()

    def close(self) -> None:
        """Let go of it."""
        self._document.close()

    def _page(self, page: int) -> pypdfium2.PdfPage:
        try:
            return self._document[page]
        except pypdfium2.PdfiumError as error:
            raise UnshowableContent(Unshowable.DAMAGED) from error

    def _size(self, page: int) -> PageSize:
        try:
            width, height = self._document.get_page_size(page)
        except pypdfium2.PdfiumError:
            width, height = _A4
        if not (width > 0 and height > 0 and math.isfinite(width * height)):
            width, height = _A4
        return PageSize(width, height)

    def _hit(
        self,
        page: int,
        of: pypdfium2.PdfPage,
        text: pypdfium2.PdfTextPage,
        start: int,
        length: int,
    ) -> Hit:
        boxes = []
        for n in range(raw.FPDFText_CountRects(text, start, length)):
            sides = [ctypes.c_double() for _ in range(4)]
            raw.FPDFText_GetRect(text, n, *sides)
            left, top, right, bottom = (side.value for side in sides)
            corners = [self._seen(page, of, left, top), self._seen(page, of, right, bottom)]
            (x0, x1), (y0, y1) = (sorted(both) for both in zip(*corners, strict=True))
            boxes.append(Box(x0, y0, x1, y1))
        return tuple(boxes)

    def _seen(self, page: int, of: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the page is seen: it may be turned or cropped."""
        size = self.sizes[page]
        wide, high = round(size.width * _STEPS), round(size.height * _STEPS)
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(of, 0, 0, wide, high, 0, x, y, across, down)
        return across.value / _STEPS, down.value / _STEPS


class Picture:
    """A picture: one page, as large as a screen of 96 dots an inch shows it."""

    def __init__(self, content: bytes) -> None:
        try:
            with warnings.catch_warnings():
                # Pillow warns from half of what it refuses; the limit here is our own.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
                    if picture.width * picture.height > _MOST_PICTURE:
                        raise UnshowableContent(Unshowable.SIZE)
                    picture.draft("RGB", (_PICTURE_SIDE, _PICTURE_SIDE))
                    upright = ImageOps.exif_transpose(picture)
                    upright.thumbnail((_PICTURE_SIDE, _PICTURE_SIDE))
                    self._picture = _on_white(upright)
        except Image.DecompressionBombError as error:
            raise UnshowableContent(Unshowable.SIZE) from error
        except (OSError, ValueError, SyntaxError, EOFError) as error:
            raise UnshowableContent(Unshowable.DAMAGED) from error
        points = 72 / _SCREEN_DPI
        self.sizes: tuple[PageSize, ...] = (
            PageSize(self._picture.width * points, self._picture.height * points),
        )

    def draw(self, page: int, scale: float) -> Drawn:
        """Draw it, never larger than it is: enlarging is for who shows it."""
        size = self.sizes[page]
        wanted = bounded(scale, size)
        wide = min(max(1, round(size.width * wanted)), self._picture.width)
        high = min(max(1, round(size.height * wanted)), self._picture.height)
        shown = self._picture.resize((wide, high), Image.Resampling.BILINEAR, reducing_gap=2)
        return Drawn(wide, high, shown.tobytes())

    def find(self, page: int, words: str) -> tuple[Hit, ...]:
        """Find nothing: a picture has no words."""
        return ()

    def cut(self, pages: Sequence[int]) -> bytes:
        """Return the picture as a PDF of one page."""
        written = io.BytesIO()
        self._picture.save(written, "PDF", resolution=_SCREEN_DPI)
        return written.getvalue()

    def close(self) -> None:
        """Let go of it."""
        self._picture.close()


def _letter(code: int) -> str:
    return chr(code) if code <= sys.maxunicode else "\ufffd"


def bounded(scale: float, size: PageSize) -> float:
    """Return the scale, or the one at which the page just has the most pixels."""
    most = math.sqrt(MOST_PIXELS / (size.width * size.height))
    sides = 30_000 / max(size.width, size.height)
    least = 1 / min(size.width, size.height)
    return max(min(scale, most, sides), min(least, most))


def _tight(bitmap: pypdfium2.PdfBitmap) -> bytes:
    """Return the pixels without what PDFium leaves at the end of a row."""
    row = bitmap.width * 3
    content = bytes(bitmap.buffer)
    if bitmap.stride == row:
        return content
    starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
    return b"".join(content[start : start + row] for start in starts)


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    flat = Image.new("RGB", clear.size, "white")
    flat.paste(clear, mask=clear.getchannel("A"))
    return flat
