"""Make the pictures of the manual and the README anew, from the real window and real papers.

./installer/run demo --out .demo      first: it photographs its own pages
.venv/bin/python installer/pictures.py .demo
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "resources" / "manual" / "pictures"
OFFICE = "kien-xuong"
_OF_PROVINCE = ("mau-van-ban.png",)  # what offices only read
_PAPER_DPI = 60
_TYPED = "trinh"


def main() -> None:
    """Take the pictures that the demo made of an office's window, and one of its papers."""
    sys.path.insert(0, str(ROOT / "src"))
    demo = Path(sys.argv[1])
    for picture in sorted((demo / "anh").glob(f"{OFFICE}-*.png")):
        shutil.copyfile(picture, PICTURES / picture.name.removeprefix(f"{OFFICE}-"))
    for shown in _OF_PROVINCE:
        shutil.copyfile(demo / "anh" / f"tinh-{shown}", PICTURES / shown)
    paper = min((demo / "ho-so" / OFFICE).glob("*.pdf"))
    picture_paper(paper, PICTURES / "giay-to.png")
    picture_palette(demo / "may" / OFFICE, PICTURES / "tim-kiem.png")
    picture_units(demo / "may" / "tinh")
    picture_feeling(demo / "may" / OFFICE)
    picture_viewing(demo / "may" / OFFICE)
    picture_movement(demo / "may")
    picture_checks(demo / "may" / OFFICE)
    picture_word(demo / "may" / OFFICE)


def picture_units(province: Path) -> None:
    """Take the pictures of the register, in a copy of the province's folder."""
    from thidua_desktop.app.unit_pictures import picture_register  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / province.name
        shutil.copytree(province, copy)
        picture_register(make_ports(copy / "data", copy / "identity"), PICTURES)


def picture_word(office: Path) -> None:
    """Take the picture of an edited Word file that is read in, in a copy."""
    from thidua_desktop.app.returned_pictures import picture_returned  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / office.name
        shutil.copytree(office, copy)
        ports = make_ports(copy / "data", copy / "identity")
        picture_returned(ports, PICTURES, Path(folder) / "Ban lam viec")


def picture_feeling(office: Path) -> None:
    """Take the pictures of recovered words, the bin, pasting and practice, in a copy."""
    from thidua_desktop.app.feel_pictures import picture_feel  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / office.name
        shutil.copytree(office, copy)
        picture_feel(make_ports(copy / "data", copy / "identity"), PICTURES)


def picture_viewing(office: Path) -> None:
    """Take the pictures of papers, evidence and scanned files being looked at, in a copy."""
    from thidua_desktop.app.paper_pictures import picture_papers  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / office.name
        shutil.copytree(office, copy)
        ports = make_ports(copy / "data", copy / "identity")
        picture_papers(ports, PICTURES, Path(folder) / "May quet")


def picture_movement(folders: Path) -> None:
    """Take the pictures of the movement's page, in copies of an office's and the province's."""
    from thidua_desktop.app.movement_pictures import (  # noqa: PLC0415
        picture_below,
        picture_report,
        picture_savings,
    )
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        for name, picture, file in (
            (OFFICE, picture_savings, "phong-trao-tiet-kiem.png"),
            (OFFICE, picture_report, "phong-trao-bao-cao.png"),
            ("tinh", picture_below, "phong-trao-truc-thuoc.png"),
        ):
            copy = Path(folder) / file / name
            shutil.copytree(folders / name, copy)
            picture(make_ports(copy / "data", copy / "identity"), PICTURES / file)


def picture_checks(office: Path) -> None:
    """Take the pictures of a dossier that is checked, in a copy."""
    from thidua_desktop.app.check_pictures import picture_check  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / office.name
        shutil.copytree(office, copy)
        picture_check(make_ports(copy / "data", copy / "identity"), PICTURES)


def picture_palette(office: Path, path: Path) -> None:
    """Write what Ctrl+K finds in an office, as somebody types."""
    from thidua_desktop.app.pictures import open_window, save_picture, settle  # noqa: PLC0415
    from thidua_desktop.app.wiring import make_ports  # noqa: PLC0415
    from thidua_desktop.ui.dialogs.palette import Palette  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "office"
        shutil.copytree(office, copy)
        with open_window(make_ports(copy / "data", copy / "identity")) as (window, session):
            settle(session)
            window.open_palette()
            (palette,) = window.findChildren(Palette)
            palette.line.setText(_TYPED)
            settle(session)
            save_picture(palette, path)


def picture_paper(paper: Path, path: Path) -> None:
    """Write the first pages of a paper side by side."""
    import pypdfium2  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

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
