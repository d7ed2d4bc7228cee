"""Make the pictures of the manual and the README anew, from the real window and real papers.

./installer/run demo --out .demo      first: it photographs its own pages
.venv/bin/python installer/pictures.py .demo
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from check_pictures import picture_check
from feel_pictures import picture_feel
from mark_pictures import picture_marks
from movement_pictures import picture_below, picture_report, picture_savings
from paper_pictures import picture_papers
from PIL import Image
from returned_pictures import picture_returned
from score_pictures import picture_peers
from twin_pictures import picture_twins
from unit_pictures import picture_register

from thidua_desktop.app.pictures import open_window, save_picture, settle
from thidua_desktop.app.wiring import make_ports
from thidua_desktop.services.ports import Ports
from thidua_desktop.ui.dialogs.palette import Palette

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "manual" / "pictures"
OFFICE = "kien-xuong"
_PROVINCE = "tinh"
_OF_PROVINCE = ("mau-van-ban.png",)  # what offices only read
_PAPER_DPI = 60
_TYPED = "trinh"


def main() -> None:
    """Take the pictures that the demo made of an office's window, and others in copies of it."""
    demo = Path(sys.argv[1])
    for picture in sorted((demo / "anh").glob(f"{OFFICE}-*.png")):
        shutil.copyfile(picture, PICTURES / picture.name.removeprefix(f"{OFFICE}-"))
    for shown in _OF_PROVINCE:
        shutil.copyfile(demo / "anh" / f"{_PROVINCE}-{shown}", PICTURES / shown)
    paper = min((demo / "ho-so" / OFFICE).glob("*.pdf"))
    picture_paper(paper, PICTURES / "giay-to.png")
    office, province = (demo / "may" / name for name in (OFFICE, _PROVINCE))
    with copied(office) as (ports, _):
        picture_marks(ports, PICTURES / "to-trinh-khan.png")
    with copied(office) as (ports, _):
        picture_palette(ports, PICTURES / "tim-kiem.png")
    with copied(province) as (ports, _):
        picture_register(ports, PICTURES)
    with copied(office) as (ports, _):
        picture_feel(ports, PICTURES)
    with copied(office) as (ports, beside):
        picture_papers(ports, PICTURES, beside / "May quet")
    with copied(office) as (ports, _):
        picture_savings(ports, PICTURES / "phong-trao-tiet-kiem.png")
    with copied(office) as (ports, _):
        picture_report(ports, PICTURES / "phong-trao-bao-cao.png")
    with copied(office) as (ports, _):
        picture_peers(ports, PICTURES / "cham-cheo.png")
    with copied(province) as (ports, _):
        picture_below(ports, PICTURES / "phong-trao-truc-thuoc.png")
    with copied(province) as (ports, _):
        picture_twins(ports, PICTURES / "co-the-trung.png")
    with copied(office) as (ports, _):
        picture_check(ports, PICTURES)
    with copied(office) as (ports, beside):
        picture_returned(ports, PICTURES, beside / "Ban lam viec")


@contextmanager
def copied(office: Path) -> Iterator[tuple[Ports, Path]]:
    """Yield an office in a copy of its folder, and the folder that the copy lies in."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / office.name
        shutil.copytree(office, copy)
        yield make_ports(copy / "data", copy / "identity"), Path(folder)


def picture_palette(ports: Ports, path: Path) -> None:
    """Write what Ctrl+K finds in an office, as somebody types."""
    with open_window(ports) as (window, session):
        settle(session)
        window.open_palette()
        (palette,) = window.findChildren(Palette)
        palette.line.setText(_TYPED)
        settle(session)
        save_picture(palette, path)


def picture_paper(paper: Path, path: Path) -> None:
    """Write the first pages of a paper side by side."""
    with pypdfium2.PdfDocument(paper) as document:
        count = min(3, len(document))
        pages = [document[n].render(scale=_PAPER_DPI / 72).to_pil() for n in range(count)]
    width = sum(page.width + 12 for page in pages) + 12
    whole = Image.new("RGB", (width, pages[0].height + 24), "#D5DBE3")
    left = 12
    for page in pages:
        whole.paste(page, (left, 12))
        left += page.width + 12
    whole.save(path)


if __name__ == "__main__":
    main()
