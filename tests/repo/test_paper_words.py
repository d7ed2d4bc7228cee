"""What papers say stands in their templates: no module that makes a paper holds sentences."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import thidua_desktop

_SERVICES = Path(thidua_desktop.__file__).parent / "services"
_MODULES = (
    *sorted((_SERVICES / "pages").glob("*.py")),
    *(
        _SERVICES / f"{name}.py"
        for name in (
            "checklist_sheets",
            "letter_wording",
            "list_wording",
            "merit_reports",
            "merit_wording",
            "recovery_paper",
            "report_parts",
            "report_wording",
            "slips",
            "summary_wording",
        )
    ),
)
_MOST_WORDS = 4  # names of papers, as windows and outlines call them


def sentences(source: str) -> Iterator[str]:
    """Yield the Vietnamese texts of a module that are longer than a name; docstrings are none."""
    tree = ast.parse(source)
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    docs |= {id(part) for node in joined for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [part.value for part in node.values if isinstance(part, ast.Constant)]
            text = " … ".join(map(str, pieces))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        words = [one for one in text.split() if "%" not in one and any(map(str.isalpha, one))]
        is_vietnamese = not text.isascii() and any(ord(c) > 0xC0 and c.isalpha() for c in text)
        if id(node) not in docs and is_vietnamese and len(words) > _MOST_WORDS:
            yield text


def test_no_module_that_makes_a_paper_holds_a_sentence_of_it() -> None:
    assert len(_MODULES) > 20
    found = {path.name: list(sentences(path.read_text("utf-8"))) for path in _MODULES}
    assert {name: said for name, said in found.items() if said} == {}


def test_a_planted_sentence_is_found() -> None:
    planted = '''"""Một dòng mô tả dài hơn bốn từ."""
def page(year):
    """Trả về một trang giấy có tên."""
    return f"Danh sách đề nghị công nhận năm {year}", "Tờ trình", "In hồ sơ của tôi ra giấy"
'''
    assert len(list(sentences(planted))) == 2
