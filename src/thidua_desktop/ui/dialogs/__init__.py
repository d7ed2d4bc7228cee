"""Dialogs: questions that cannot wait, and what wants a window of its own."""
