"""What a command answers, and how it is said: JSON or words on standard output, errors beside."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from thidua_desktop.domain.error_text import error_text
from thidua_desktop.domain.errors import (
    DossierFaultsError,
    FaultError,
    IncompleteError,
    InvalidInputError,
    InvalidLinesError,
    ThiduaError,
)
from thidua_desktop.domain.issue_text import found_text
from thidua_desktop.domain.numbers import decimal_text
from thidua_desktop.domain.text import escaped, visible
from thidua_desktop.domain.words import field_label

log = logging.getLogger(__name__)

_SHOWN = 20  # complaints on the screen; all of them stand in the JSON document


class Exit(IntEnum):
    """The exit codes of the contract (architecture.md 6)."""

    DONE = 0
    USAGE = 2
    REFUSED = 3
    WAITING = 4
    FAULT = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command: one JSON document, and the same for people, line by line.

    Without a document the command has printed its answer itself. `nothing` is said where there are
    no lines; `complaints` go to standard error.
    """

    data: Any
    lines: tuple[str, ...] = ()
    code: Exit = Exit.DONE
    complaints: tuple[str, ...] = ()
    nothing: str = ""


def say(make: Callable[[], Answer], *, as_json: bool) -> Exit:
    """Run a command and print its answer, or why it was refused."""
    try:
        code = _said(make, as_json=as_json)
        sys.stdout.flush()
    except BrokenPipeError:  # who read the answer, such as `head`, has enough of it
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    return code


def _said(make: Callable[[], Answer], *, as_json: bool) -> Exit:
    try:
        answer = make()
    except BrokenPipeError:
        raise
    except ThiduaError as error:
        return _refuse(error, as_json=as_json)
    except Exception:
        log.exception("a command broke")
        return _refuse(FaultError(), as_json=as_json)
    sys.stderr.writelines(f"{visible(line)}\n" for line in answer.complaints)
    if as_json and answer.data is not None:
        sys.stdout.write(escaped(json.dumps(answer.data, ensure_ascii=False)) + "\n")
    elif not as_json:
        lines = answer.lines or filter(None, (answer.nothing,))
        sys.stdout.writelines(f"{visible(line)}\n" for line in lines)
    return answer.code


def _refuse(error: ThiduaError, *, as_json: bool) -> Exit:
    message = error_text(error)
    issues = _issues(error)
    sys.stderr.write(visible(message) + "\n")
    sys.stderr.writelines(
        visible(f"  {_place(issue)}: {issue['message']}") + "\n" for issue in issues[:_SHOWN]
    )
    if len(issues) > _SHOWN:
        sys.stderr.write(
            f"  … và {decimal_text(len(issues) - _SHOWN)} chỗ nữa; xem đủ bằng --json.\n"
        )
    if as_json:
        said: dict[str, Any] = {"code": error.code, "message": message}
        if issues:
            said["issues"] = issues
        sys.stdout.write(escaped(json.dumps(said, ensure_ascii=False)) + "\n")
    return Exit.FAULT if isinstance(error, FaultError) else Exit.REFUSED


def _issues(error: ThiduaError) -> list[dict[str, Any]]:
    match error:
        case InvalidLinesError():
            return [
                {
                    "line": issue.line,
                    "field": issue.field,
                    "issue": issue.issue.value,
                    "message": found_text(issue),
                }
                for issue in error.issues
            ]
        case InvalidInputError():
            return [
                {
                    "field": issue.field,
                    "issue": issue.issue.value,
                    "message": found_text(issue),
                }
                for issue in error.issues
            ]
        case DossierFaultsError():
            return [
                {
                    "code": one.code,
                    "kind": one.found.kind,
                    "id": str(one.found.id),
                    "field": one.found.field,
                    "message": one.found.message,
                }
                for one in error.findings
            ]
        case IncompleteError():
            return [
                {
                    "kind": kind,
                    "id": str(record_id),
                    "field": name,
                    "message": f"Thiếu “{field_label(kind, name)}”.",
                }
                for kind, record_id, name in error.issues
            ]
        case _:
            return []


def _place(issue: dict[str, Any]) -> str:
    line = f"dòng {issue['line']}, " if issue.get("line") else ""
    return f"{line}{issue['field'] or 'nội dung'}"
