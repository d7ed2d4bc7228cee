"""Ed25519 signatures, from a seed of 32 bytes."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

SIGNATURE_BYTES = 64


class Ed25519:
    """Fits the Signing of services.ports."""

    def public_key(self, seed: bytes) -> bytes:
        """Return the public key, 32 bytes."""
        return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()

    def sign(self, seed: bytes, message: bytes) -> bytes:
        """Return the signature, 64 bytes."""
        return Ed25519PrivateKey.from_private_bytes(seed).sign(message)

    def fits(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Tell whether the owner of the key signed exactly this message."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True
