"""The papers that a dossier may hold (loại giấy tờ)."""

from __future__ import annotations

from enum import StrEnum


class PaperSort(StrEnum):
    """What paper of a dossier something is (loại giấy tờ)."""

    LETTER = "letter"
    REPORT = "report"
    REVIEW_MINUTES = "review_minutes"
    COUNCIL_MINUTES = "council_minutes"
    BALLOT = "ballot"
    INITIATIVE = "initiative"
    MERIT = "merit"
    TAX = "tax"
    INSURANCE = "insurance"
    ENVIRONMENT = "environment"
    FIRE = "fire"
    SAFETY = "safety"
    RESIDENCE = "residence"
    RATING = "rating"
    PRIOR = "prior"
    PUBLICATION = "publication"
    OPINION = "opinion"
    PARTY_OPINION = "party_opinion"
    PHOTO = "photo"
    OTHER = "other"
