"""Who this replica is: kept outside the data folder, so that a copied folder is not a second one.

One file per database, named by the random id of the store: replica, seed of the private key, public
key (bundle.md 9 and 10). Only the user may read it.
"""

from __future__ import annotations

import json
from pathlib import Path

from thidua_desktop.domain.errors import IdentityMissingError, UnwritableFileError
from thidua_desktop.domain.offices import Identity
from thidua_desktop.storage.files import write_whole

_ONLY_ME = 0o600


def save_identity(folder: Path, store: str, identity: Identity) -> None:
    """Write the identity of a store, whole or not at all. Raises UnwritableFileError."""
    said = {
        "replica": identity.replica.hex(),
        "seed": identity.seed.hex(),
        "public_key": identity.public_key.hex(),
    }
    path = _path(folder, store)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(said).encode(), mode=_ONLY_ME)
    except OSError as error:
        raise UnwritableFileError(path.name) from error


def load_identity(folder: Path, store: str) -> Identity:
    """Read the identity of a store. Raises IdentityMissingError."""
    try:
        said = json.loads(_path(folder, store).read_text("utf-8"))
        return Identity(**{name: bytes.fromhex(value) for name, value in said.items()})
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise IdentityMissingError(str(folder)) from error


def _path(folder: Path, store: str) -> Path:
    return folder / f"{store}.json"
