"""The command line as another program uses it: words in, exit code and JSON out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from thidua_desktop.app.entry import run


@dataclass(frozen=True)
class Said:
    """What a command ended with and printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Office:
    """One data folder, used through the command line."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data = folder / "data"
        self._identity = folder / "identity"
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Said:
        return self.in_words("--json", *words)

    def in_words(self, *words: str | Path) -> Said:
        """Run a command as a person does."""
        folders = ("--data", self.data, "--identity", self._identity)
        self._capsys.readouterr()
        code = run([str(word) for word in (*folders, *words)])
        printed = self._capsys.readouterr()
        return Said(code, printed.out, printed.err)

    def done(self, *words: str | Path) -> Any:
        said = self(*words)
        assert said.code in {0, 4}, said
        return said.json

    def digest(self) -> str:
        return self.done("store", "digest")["digest"]

    def put(self, file: Path, *lines: dict[str, Any]) -> Said:
        file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
        return self("records", "put", file)
