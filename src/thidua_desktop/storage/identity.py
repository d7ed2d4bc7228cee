"""Who this replica is: kept outside the data folder, so that a copied folder is not a second one.

One file per database, named by the random id of the store: replica, seeds of the private keys,
public key (bundle.md 9 and 10). Only the user may read it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from thidua_desktop.domain.errors import IdentityMissingError, UnwritableFileError
from thidua_desktop.domain.offices import Identity
from thidua_desktop.storage.files import write_whole

_ONLY_ME = 0o600
_SEED_BYTES = 32


def save_identity(folder: Path, store: str, identity: Identity) -> None:
    """Write the identity of a store, whole or not at all. Raises UnwritableFileError."""
    said = {name: value.hex() for name, value in asdict(identity).items()}
    path = _path(folder, store)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(said).encode(), mode=_ONLY_ME)
    except OSError as error:
        raise UnwritableFileError(path.name) from error


def load_identity(folder: Path, store: str, noise: Callable[[int], bytes]) -> Identity:
    """Read the identity of a store; one of the first version is given the key that opens seals.

    Raises IdentityMissingError, and UnwritableFileError where the new key cannot be kept.
    """
    try:
        said = json.loads(_path(folder, store).read_text("utf-8"))
        read = {name: bytes.fromhex(value) for name, value in said.items()}
        is_old = "sealing_seed" not in read
        identity = Identity(**{"sealing_seed": noise(_SEED_BYTES) if is_old else b"", **read})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IdentityMissingError(str(folder)) from error
    if is_old:
        save_identity(folder, store, identity)
    return identity


def has_identity(folder: Path, store: str) -> bool:
    """Tell whether there is an identity of this store, readable or not."""
    return _path(folder, store).exists()


def save_root(folder: Path, public_key: bytes, content: bytes) -> None:
    """Keep a province's root key, as the caller protected it. Raises UnwritableFileError."""
    path = _root_path(folder, public_key)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, content, mode=_ONLY_ME)
    except OSError as error:
        raise UnwritableFileError(path.name) from error


def load_root(folder: Path, public_key: bytes) -> bytes | None:
    """Return what was kept of a root key, or None when it is not here."""
    try:
        return _root_path(folder, public_key).read_bytes()
    except OSError:
        return None


def _root_path(folder: Path, public_key: bytes) -> Path:
    return folder / f"{public_key.hex()[:32]}.root"


def _path(folder: Path, store: str) -> Path:
    return folder / f"{store}.json"
