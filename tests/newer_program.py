"""The program as its next version might be: a copy of the package with one field and one kind more.

It runs in a process of its own, through its command line; what it writes and upgrades is as real as
what any release will.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import thidua_desktop
from thidua_desktop.storage.schema import REVISION

VERSION = "9.0.0"
PACKAGE = Path(thidua_desktop.__file__).parent
_FIELD = '    blood_type: str = said("Nhóm máu", longest=3)\n'
_KIND = '''"""Visits (lượt thăm)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from thidua_desktop.domain.records import Record, record_kind, said


@record_kind("Lượt thăm")
@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Record):
    """A visit to a person."""

    person_id: UUID | None = said("Người được thăm", blank=None, refers_to="person")
    wording: str = said("Nội dung", longest=200)
'''
_MIGRATION = f'''"""The next version."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "next", "{REVISION}", None, None


def upgrade() -> None:
    op.add_column("person", sa.Column("blood_type", sa.Text()))
    op.create_table(
        "visit",
        sa.Column("id", sa.LargeBinary(), primary_key=True),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary()),
        sa.Column("wording", sa.Text()),
    )
'''


# What the other process does: a command in, its exit code and what it printed out.
_SERVE = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from thidua_desktop.app.entry import run
for line in sys.stdin:
    said = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        code = run(json.loads(line))
    print(json.dumps([code, said.buffer.getvalue().decode()]), flush=True)
"""


class Program:
    """A version of the program, by the folder that its package lies in."""

    def __init__(self, path: Path, resources: Path) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own package
            [sys.executable, "-c", _SERVE],
            env=os.environ | {"PYTHONPATH": str(path), "THIDUA_RESOURCES": str(resources)},
            cwd=path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def run(self, folder: Path, *words: str | Path) -> tuple[int, str]:
        """Run a command on a data folder; return its exit code and what it printed."""
        folders = ("--data", folder / "data", "--identity", folder / "identity", "--json")
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([str(word) for word in (*folders, *words)]) + "\n")
        self._process.stdin.flush()
        code, said = json.loads(self._process.stdout.readline())
        assert code in {0, 3, 4}, said
        return code, said

    def done(self, folder: Path, *words: str | Path) -> Any:
        """Run a command that is to succeed; return what it said."""
        code, said = self.run(folder, *words)
        assert code != 3, said
        return json.loads(said)

    def dump(self, folder: Path, kind: str) -> list[str]:
        """Return the visible records of a kind."""
        code, said = self.run(folder, "records", "dump", "--kind", kind)
        assert code == 0
        return said.splitlines()

    def put(self, folder: Path, *lines: dict[str, Any]) -> list[str]:
        """Write records and share them; return their ids."""
        file = folder / "put.jsonl"
        file.write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
        ids = [one["id"] for one in self.done(folder, "records", "put", file)["records"]]
        self.done(folder, "records", "submit", *ids)
        return ids


def make_newer(folder: Path) -> Program:
    """Build the next version in a folder, and start it."""
    package = folder / PACKAGE.name
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    _change(package / "__init__.py", thidua_desktop.__version__, VERSION)
    people = package / "domain" / "people.py"
    _change(people, '\n\n\n@record_kind("Tập thể")', f'\n{_FIELD}\n\n@record_kind("Tập thể")')
    (package / "domain" / "visits.py").write_text(_KIND, "utf-8")
    kinds = package / "domain" / "kinds.py"
    _change(kinds, "\n)\nKIND_BY_NAME", "\n    Visit,\n)\nKIND_BY_NAME")
    _change(
        kinds,
        "\n\nKINDS:",
        "\nfrom thidua_desktop.domain.visits import Visit\n\nKINDS:",
    )
    storage = package / "storage"
    _change(storage / "schema.py", f'REVISION = "{REVISION}"', 'REVISION = "next"')
    (storage / "migrations" / "versions" / "next.py").write_text(_MIGRATION, "utf-8")
    return Program(folder, PACKAGE.parents[1] / "resources")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), "utf-8")
