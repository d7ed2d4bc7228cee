"""Finished papers measured, whoever made them: PDF and Word files."""
