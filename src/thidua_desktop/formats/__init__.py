"""Bytes to values and back: bundles, workbooks, papers."""
