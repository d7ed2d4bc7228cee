"""The database: ledger, projection, local tables."""
