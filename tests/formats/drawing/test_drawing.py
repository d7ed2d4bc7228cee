"""Papers and pictures drawn in a process of their own; what is hostile breaks only that."""

from __future__ import annotations

import math
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import astuple
from io import BytesIO
from multiprocessing.process import BaseProcess

import pypdfium2
import pytest
from PIL import Image

from attachment_files import PDF_BYTES, a_picture
from papers_to_see import a_locked_paper, a_paper
from thidua_desktop.domain.attachments import DOCX, JPEG, PDF, PNG
from thidua_desktop.domain.drawings import PageSize, Unshowable
from thidua_desktop.domain.errors import StoppedError, UnshowableError
from thidua_desktop.formats.drawing.documents import MOST_PAGES, MOST_PIXELS, bounded
from thidua_desktop.formats.drawing.process import DrawingProcess


@pytest.fixture(scope="module")
def others() -> frozenset[int | None]:
    """Return what runs before: windows of other tests may have left a drawing process."""
    return frozenset(one.pid for one in multiprocessing.active_children())


@pytest.fixture(scope="module")
def process(others) -> Iterator[DrawingProcess]:
    made = DrawingProcess()
    yield made
    made.end()


def test_pages_are_drawn_words_found_and_pages_cut_out(process) -> None:
    paper = process.open("a.pdf", a_paper(), PDF)
    assert [(round(s.width), round(s.height)) for s in paper.sizes] == [(595, 842)] * 3
    drawn = paper.draw(1, 2.0)
    assert len(drawn.pixels) == drawn.width * drawn.height * 3
    assert abs(drawn.width - 1190) <= 1
    image = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.pixels)
    (hit,) = paper.find(1, "ngoc an")
    assert paper.find(1, "ngọc ẩn") == (hit,)
    assert paper.find(1, "ngóc an") == ()
    left, top, right, bottom = (round(2 * side) for side in astuple(hit[0]))
    # There is ink where the words are said to be, and none above.
    assert image.crop((left, top, right, bottom)).getextrema()[0][0] < 64
    assert image.crop((left, top - 60, right, top - 8)).getextrema()[0][0] == 255
    with pypdfium2.PdfDocument(paper.cut([2, 0])) as cut:
        texts = [page.get_textpage().get_text_bounded()[:7] for page in cut]
    assert texts == ["Trang 3", "Trang 1"]


def test_places_on_a_turned_page_are_where_they_are_seen(process) -> None:
    paper = process.open("a.pdf", a_paper(1, turned=90), PDF)
    ((box,),) = paper.find(0, "Đặng")
    assert box.bottom - box.top > box.right - box.left


@pytest.mark.parametrize(
    ("content", "mime", "why"),
    [
        (PDF_BYTES, PDF, Unshowable.DAMAGED),
        (a_paper()[:900] + b"%%EOF", PDF, Unshowable.DAMAGED),
        (a_locked_paper(), PDF, Unshowable.PASSWORD),
        (a_picture()[:300], JPEG, Unshowable.DAMAGED),
        (b"PK\x03\x04", DOCX, Unshowable.TYPE),
    ],
)
def test_what_cannot_be_shown_is_named(process, content, mime, why) -> None:
    with pytest.raises(UnshowableError) as refused:
        process.open("tệp", content, mime)
    assert refused.value.why is why


@pytest.mark.parametrize("size", [(14_400, 14_400), (14_400, 3), (595, 842), (0.01, 0.02)])
def test_a_page_of_any_size_has_pixels_and_not_too_many(size) -> None:
    scale = bounded(300 / 72, PageSize(*size))
    wide, high = (math.ceil(side * scale) for side in size)
    assert 1 <= wide * high <= 1.01 * MOST_PIXELS
    assert scale == 300 / 72 or size != (595, 842)


def test_a_paper_of_very_many_pages_is_not_shown(process) -> None:
    written = BytesIO()
    with pypdfium2.PdfDocument.new() as many:
        for _ in range(MOST_PAGES + 1):
            many.new_page(10, 10)
        many.save(written)
    with pytest.raises(UnshowableError) as refused:
        process.open("a.pdf", written.getvalue(), PDF)
    assert refused.value.why is Unshowable.SIZE


def test_a_picture_is_one_page(process) -> None:
    picture = process.open("a.png", a_picture("PNG", (400, 300), mode="RGBA"), PNG)
    assert [(s.width, s.height) for s in picture.sizes] == [(300, 225)]
    assert (picture.draw(0, 0.5).width, picture.draw(0, 9.0).width) == (150, 400)


@pytest.fixture
def the_child(others) -> Callable[[], BaseProcess]:
    """Return what finds the child of `process`."""

    def find() -> BaseProcess:
        running = multiprocessing.active_children()
        return next(one for one in running if one.name == "drawing" and one.pid not in others)

    return find


def test_a_process_that_died_is_begun_anew(process, the_child) -> None:
    paper = process.open("a.pdf", a_paper(), PDF)
    the_child().kill()
    with pytest.raises(UnshowableError):
        paper.draw(0, 1.0)
    assert paper.draw(0, 1.0).width > 500


def test_what_never_ends_is_ended(process, the_child, monkeypatch) -> None:
    paper, other = (process.open(name, a_paper(), PDF) for name in ("a.pdf", "b.pdf"))
    os.kill(the_child().pid, signal.SIGSTOP)  # a page that never ends
    threading.Timer(0.1, paper.close).start()
    with pytest.raises(StoppedError):
        paper.draw(0, 1.0)
    assert other.draw(0, 0.1).width > 50  # what else was open is open again
    os.kill(the_child().pid, signal.SIGSTOP)
    monkeypatch.setattr(process, "_longest", 0.1)
    with pytest.raises(UnshowableError) as refused:
        other.draw(0, 1.0)
    assert refused.value.why is Unshowable.SLOW
