"""The revision of the database that the program needs."""

REVISION = "0025"
