"""F19: rules that the source itself keeps: where words could become more, or a program end."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import thidua_desktop
from reliability.figures import Measured
from thidua_desktop.domain.kinds import KINDS
from thidua_desktop.domain.records import FieldType, specs

PACKAGE = Path(thidua_desktop.__file__).parent
Rule = Callable[[str, ast.AST], bool]
# These show words literally whatever they are told, and say so themselves.
PLAIN_LABELS = {"ui/widgets/labels.py", "ui/dialogs/asking.py"}
SAFE_TIPS = {"tip", "issue_text"}  # the second one is the program's own words


def calls(node: ast.AST, *names: str) -> bool:
    """Tell whether a node calls something of this name."""
    if not isinstance(node, ast.Call):
        return False
    of = node.func
    name = of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")
    return name in names


def constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant)


def own_words(node: ast.expr) -> bool:
    """Tell whether words are the program's own, or pass through what makes them literal."""
    if isinstance(node, ast.IfExp):
        return own_words(node.body) and own_words(node.orelse)
    if isinstance(node, ast.JoinedStr):  # of constants of the program, which are in capitals
        return all(
            isinstance(part, ast.Constant)
            or (isinstance(part, ast.FormattedValue) and _is_ours(part.value))
            for part in node.values
        )
    return constant(node) or calls(node, *SAFE_TIPS) or _is_ours(node)


def _is_ours(node: ast.AST) -> bool:
    """A constant, the label of a field, the words of a place."""
    if isinstance(node, ast.Name):
        return node.id.isupper() or node.id == "number"
    return isinstance(node, ast.Attribute) and node.attr in {"label", "words"}


def bare_label(module: str, node: ast.AST) -> bool:
    is_label = calls(node, "QLabel", "QMessageBox", "QErrorMessage", "QInputDialog")
    if module in PLAIN_LABELS or not is_label:
        return False
    assert isinstance(node, ast.Call)
    return bool(node.args or node.keywords) or not calls(node, "QLabel")


def rich_text(_module: str, node: ast.AST) -> bool:
    named = isinstance(node, ast.Attribute) and node.attr in {
        "RichText",
        "AutoText",
        "MarkdownText",
    }
    return named or calls(node, "setHtml", "insertHtml", "setMarkdown", "appendHtml", "toHtml")


def bare_tip(_module: str, node: ast.AST) -> bool:
    if not calls(node, "setToolTip", "setStatusTip", "setWhatsThis"):
        return False
    assert isinstance(node, ast.Call)
    return not own_words(node.args[-1])


def bare_tip_role(_module: str, node: ast.AST) -> bool:
    """An item's tooltip by its role."""
    if not calls(node, "setData"):
        return False
    assert isinstance(node, ast.Call)
    is_tip = any(isinstance(a, ast.Attribute) and a.attr == "ToolTipRole" for a in node.args)
    return is_tip and not any(calls(a, *SAFE_TIPS) for a in node.args)


def link(_module: str, node: ast.AST) -> bool:
    """A link that opens what a text says."""
    if calls(node, "setOpenExternalLinks", "setOpenLinks"):
        assert isinstance(node, ast.Call)
        return not (constant(node.args[0]) and node.args[0].value is False)
    return False


def markup(_module: str, node: ast.AST) -> bool:
    """The library's paragraphs take markup; those of papers are drawn without any."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("reportlab.platypus")
    return isinstance(node, ast.Import) and any(
        alias.name.startswith("reportlab.platypus") for alias in node.names
    )


def cell_elsewhere(module: str, node: ast.AST) -> bool:
    """A workbook has one writer, and a cell one function."""
    if calls(node, "Workbook"):
        return module != "formats/excel/writing.py"
    if not module.startswith("formats/excel") or not isinstance(node, ast.Assign):
        return calls(node, "append") and module == "formats/excel/writing.py" and _on_sheet(node)
    targets = [t for t in node.targets if isinstance(t, ast.Attribute) and t.attr == "value"]
    return bool(targets) and not calls(node.value, "_escaped")


def _on_sheet(node: ast.AST) -> bool:
    assert isinstance(node, ast.Call)
    return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "sheet"


def dangerous(_module: str, node: ast.AST) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = {alias.name for alias in node.names} | {getattr(node, "module", "") or ""}
        return bool(names & {"pickle", "marshal", "shelve", "xml.etree.ElementTree", "telnetlib"})
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"eval", "exec"}
    return calls(node, "executescript", "extractall", "extract", "mktemp", "system")


def shell(_module: str, node: ast.AST) -> bool:
    return isinstance(node, ast.keyword) and node.arg == "shell"


def printed(module: str, node: ast.AST) -> bool:
    """The command line speaks in one place; a typed dump is JSON, which escapes."""
    return module.startswith("cli/") and module != "cli/output.py" and calls(node, "print")


def late_type(module: str, node: ast.AST) -> bool:
    """Threads that let msgspec look into a type for the first time at once end the program; a
    decoder made on import has looked. The demo reads its content in one thread.
    """
    if module == "app/demo_content.py" or not calls(node, "decode", "convert"):
        return False
    assert isinstance(node, ast.Call)
    of = ast.unparse(node.func)
    is_typed = any(keyword.arg == "type" for keyword in node.keywords)
    return of == "msgspec.convert" or (of.startswith("msgspec.") and is_typed)


RULES: dict[str, tuple[Rule, str]] = {
    "a label that may take words for markup": (bare_label, "QLabel(name)"),
    "rich text": (rich_text, "view.setHtml(name)"),
    "a tooltip that may take words for markup": (bare_tip, "x.setToolTip(name)"),
    "an item's tooltip likewise": (bare_tip_role, "x.setData(name, Role.ToolTipRole)"),
    "a link that opens": (link, "x.setOpenExternalLinks(True)"),
    "paragraphs that take markup": (markup, "from reportlab.platypus import Paragraph"),
    "a cell written outside of its one place": (cell_elsewhere, "Workbook()"),
    "what runs or unpacks what it reads": (dangerous, "import pickle"),
    "a shell": (shell, "run(name, shell=True)"),
    "words printed past the one place": (printed, "print(name)"),
    "a type looked into late": (late_type, "msgspec.json.decode(data, type=Text)"),
}


@cache
def nodes() -> tuple[tuple[str, ast.AST], ...]:
    """Return every node of every module, with the module's name."""
    return tuple(
        (path.relative_to(PACKAGE).as_posix(), node)
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
    )


@pytest.mark.parametrize("name", RULES)
def test_the_source_keeps_a_rule(name: str, measured: Measured) -> None:
    rule, _ = RULES[name]
    broken = [
        f"{module}:{getattr(node, 'lineno', 0)}" for module, node in nodes() if rule(module, node)
    ]
    assert broken == []
    measured("F19", rules=1, findings=0)


@pytest.mark.parametrize("name", RULES)
def test_a_source_that_breaks_it_is_found(name: str) -> None:
    rule, wrong = RULES[name]
    module = "cli/x.py" if rule is printed else "ui/x.py"
    assert any(rule(module, node) for node in ast.walk(ast.parse(wrong)))


def test_no_field_is_a_float() -> None:
    """What is added up and compared must be the same on every machine."""
    assert {one.type for kind in KINDS for one in specs(kind)} <= set(FieldType)
    assert "float" not in {f.value for f in FieldType}
