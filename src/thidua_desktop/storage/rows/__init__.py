"""Tables that never travel."""
