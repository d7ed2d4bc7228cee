"""The shipped template is what the program writes."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree.ElementTree import canonicalize

from thidua_desktop.app.paths import resources
from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.formats.excel.workbooks import Workbooks
from thidua_desktop.services.nominee_sheet import template_layout

SHIPPED = resources() / "excel" / "mau-danh-sach.xlsx"
TIMES = "docProps/core.xml"


def content(path: Path) -> dict[str, str]:
    """Return the parts of a workbook as canonical XML: who writes it may use lxml or not."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name != TIMES]
        return {n: canonicalize(archive.read(n).decode(), rewrite_prefixes=True) for n in names}


def test_the_shipped_template_is_the_one_the_code_makes(tmp_path: Path) -> None:
    awards = [one for one in shipped_plan().records if isinstance(one, AwardForm)]
    Workbooks().write(tmp_path / "a.xlsx", template_layout(awards), ())
    hint = "make it anew with installer/template.py"
    assert content(SHIPPED) == content(tmp_path / "a.xlsx"), hint


def test_the_shipped_template_can_be_read_and_holds_no_row() -> None:
    assert Workbooks().read(SHIPPED, template_layout(())).rows == ()
