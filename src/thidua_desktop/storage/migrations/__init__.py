"""The line of history of the schema."""
