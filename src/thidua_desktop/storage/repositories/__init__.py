"""Values in, values out; rows and ops stay in here."""
