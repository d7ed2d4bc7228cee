"""Make the shipped template of the nominee list anew, with the shipped catalogue of awards.

PYTHONPATH=src .venv/bin/python installer/template.py
"""

from __future__ import annotations

from pathlib import Path

from thidua_desktop.app.wiring import shipped_plan
from thidua_desktop.domain.awards import AwardForm
from thidua_desktop.formats.excel.workbooks import Workbooks
from thidua_desktop.services.nominee_sheet import template_layout

TEMPLATE = Path(__file__).resolve().parents[1] / "resources" / "excel" / "mau-danh-sach.xlsx"


def main() -> None:
    """Write the template."""
    awards = [one for one in shipped_plan().records if isinstance(one, AwardForm)]
    Workbooks().write(TEMPLATE, template_layout(awards), ())


if __name__ == "__main__":
    main()
