"""Who this replica is: kept outside the data folder, so that a copied folder is not a second one.

One key for every database, named by the random id of the store: replica, seeds of the private
keys, public key (bundle.md 9 and 10); under a phrase where a person wanted one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO

from thidua_desktop.domain.errors import (
    BundleRejectedError,
    IdentityLockedError,
    IdentityMissingError,
    PhraseError,
)
from thidua_desktop.domain.offices import Identity
from thidua_desktop.services.ports import KeyStore, Sealing

_SEED_BYTES = 32
_WHAT = "khóa của máy này"


class Identities:
    """The identities of this user's databases, and the root keys of provinces.

    A phrase that opened one is remembered as long as the program runs: a new identity in its place
    comes under the same phrase.
    """

    def __init__(
        self, keys: KeyStore, sealing: Sealing | None, noise: Callable[[int], bytes]
    ) -> None:
        self._keys = keys
        self._sealing = sealing
        self._noise = noise
        self._phrase: str | None = None

    def save(self, store: str, identity: Identity) -> None:
        """Keep the identity of a store. Raises UnwritableFileError."""
        said = {name: value.hex() for name, value in asdict(identity).items()}
        content = json.dumps(said).encode()
        if self._phrase is not None and self._sealing is not None:
            content = self._sealing.seal_by_phrase(content, self._phrase)
        self._keys.save(_name(store), content)

    def load(self, store: str) -> Identity:
        """Return the identity of a store; one of the first version is given the key that opens
        seals.

        Raises IdentityMissingError, IdentityLockedError, PhraseError, and UnwritableFileError where
        the new key cannot be kept.
        """
        return self._read(store, self._opened(store, self._phrase))

    def _read(self, store: str, content: bytes) -> Identity:
        try:
            said = json.loads(content)
            read = {name: bytes.fromhex(value) for name, value in said.items()}
            is_old = "sealing_seed" not in read
            identity = Identity(
                **{"sealing_seed": self._noise(_SEED_BYTES) if is_old else b"", **read}
            )
        except (ValueError, TypeError, AttributeError) as error:
            raise IdentityMissingError(self._keys.place) from error
        if is_old:
            self.save(store, identity)
        return identity

    def has(self, store: str) -> bool:
        """Tell whether there is an identity of this store, readable or not."""
        return self._keys.has(_name(store))

    def has_phrase(self, store: str) -> bool:
        """Tell whether the identity of a store opens by a phrase only."""
        content = self._keys.load(_name(store))
        return content is not None and self._is_sealed(content)

    def is_locked(self, store: str) -> bool:
        """Tell whether a phrase must be told before the identity can be used."""
        return self._phrase is None and self.has_phrase(store)

    def unlock(self, store: str, phrase: str) -> None:
        """Open the identity of a store by its phrase.

        Raises PhraseError and IdentityMissingError.
        """
        self._opened(store, phrase)
        self._phrase = phrase if self.has_phrase(store) else None

    def set_phrase(self, store: str, phrase: str | None, *, current: str | None) -> None:
        """Put the identity under a phrase, or (None) take the phrase away.

        Raises PhraseError where `current` is not the phrase that there is.
        """
        if current is None and self.has_phrase(store):
            raise PhraseError(_WHAT)
        identity = self._read(store, self._opened(store, current))
        before, self._phrase = self._phrase, phrase
        try:
            self.save(store, identity)
        except BaseException:
            self._phrase = before
            raise

    def save_root(self, public_key: bytes, content: bytes) -> None:
        """Keep a province's root key, as the caller protected it. Raises UnwritableFileError."""
        self._keys.save(_root_name(public_key), content)

    def load_root(self, public_key: bytes) -> bytes | None:
        """Return what was kept of a root key, or None when it is not here."""
        return self._keys.load(_root_name(public_key))

    def _opened(self, store: str, phrase: str | None) -> bytes:
        content = self._keys.load(_name(store))
        if content is None:
            raise IdentityMissingError(self._keys.place)
        if self._sealing is None or not self._is_sealed(content):
            return content
        if phrase is None:
            raise IdentityLockedError
        try:
            return self._sealing.open_by_phrase(content, phrase, file_name=_WHAT)
        except BundleRejectedError as error:
            raise PhraseError(_WHAT) from error

    def _is_sealed(self, content: bytes) -> bool:
        return self._sealing is not None and self._sealing.is_sealed(BytesIO(content))


def _name(store: str) -> str:
    return f"{store}.json"


def _root_name(public_key: bytes) -> str:
    return f"{public_key.hex()[:32]}.root"
