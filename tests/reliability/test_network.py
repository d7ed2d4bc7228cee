"""F24: nothing of the program opens a socket. `network.py` closes the network to every test."""

from __future__ import annotations

import ast
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import thidua_desktop
from reliability.figures import Measured
from reliability.network import NetworkError

SOURCE = Path(thidua_desktop.__file__).parent
TALKS = {
    *("asyncio", "ftplib", "http", "imaplib", "poplib", "smtplib", "socket", "socketserver"),
    *("ssl", "telnetlib", "urllib", "webbrowser", "xmlrpc", "requests", "httpx", "aiohttp"),
    *("QtNetwork", "QtWebSockets", "QtWebEngineCore", "QtHttpServer"),
}


def talkers(tree: ast.AST) -> set[str]:
    """Return the modules that can talk over a network and are imported here."""
    named: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named |= {part for alias in node.names for part in alias.name.split(".")}
        elif isinstance(node, ast.ImportFrom):
            named |= {*(node.module or "").split("."), *(alias.name for alias in node.names)}
    return named & TALKS


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in SOURCE.rglob("*.py"):
        yield str(path.relative_to(SOURCE)), ast.parse(path.read_text("utf-8"))


def test_no_module_imports_what_talks_over_a_network(measured: Measured) -> None:
    wrong = {name: found for name, tree in sources() if (found := talkers(tree))}
    assert wrong == {}
    measured("F24", modules=sum(1 for _ in sources()), sockets=0)


def test_a_module_that_did_would_be_found() -> None:
    for line in ("import http.client", "from urllib import request", "import socket as s"):
        assert talkers(ast.parse(f"def late():\n    {line}")), line
    assert talkers(ast.parse("from PySide6.QtNetwork import QNetworkAccessManager"))
    assert not talkers(ast.parse("from PySide6 import QtCore"))


def test_whoever_reaches_for_the_network_in_a_test_is_stopped() -> None:
    with pytest.raises(NetworkError):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(NetworkError):
        urllib.request.urlopen("http://127.0.0.1:9/")
    with pytest.raises(NetworkError):
        socket.socket(socket.AF_INET6)
