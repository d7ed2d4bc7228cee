"""Papers and pictures drawn in a process of their own: what is hostile breaks only that."""
