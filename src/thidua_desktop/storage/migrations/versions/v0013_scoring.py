"""Criteria scored by numbers and grades, three scores side by side, rules that add and take points.

Frozen: a new field is a new migration, never an edit of this one.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_TEXT, _NUMBER, _YES, _ID = sa.Text, sa.BigInteger, sa.Integer, sa.LargeBinary
_NEW: dict[str, dict[str, type[sa.types.TypeEngine[Any]]]] = {
    "criteria_set": {
        "group_id": _ID,
        "version": _NUMBER,
        "replaces_id": _ID,
        "issued_on": _TEXT,
        "document": _TEXT,
        "bonus_step": _NUMBER,
        "bonus_each": _NUMBER,
        "bonus_total": _NUMBER,
        "share_b": _NUMBER,
        "share_c": _NUMBER,
        "share_d": _NUMBER,
        "excellent_from": _NUMBER,
        "good_from": _NUMBER,
        "fair_from": _NUMBER,
    },
    "criterion": {"part": _TEXT, "measure": _TEXT, "gives_bonus": _YES},
    "checklist": {
        "closed_on": _TEXT,
        "keyed_twice_on": _TEXT,
        "cross_closed_on": _TEXT,
        "verified_closed_on": _TEXT,
    },
    "score": {
        "plan": _NUMBER,
        "actual": _NUMBER,
        "grade": _TEXT,
        "self_reason": _TEXT,
        "cross_score": _NUMBER,
        "cross_note": _TEXT,
    },
}


def upgrade() -> None:
    """Add the columns, and the tables of the rules and of what they came to."""
    for table, columns in _NEW.items():
        for name, column_type in columns.items():
            op.add_column(table, sa.Column(name, column_type(), nullable=True))
    op.create_table(
        "point_rule",
        *_head(),
        sa.Column("set_id", _ID(), nullable=True),
        sa.Column("code", _TEXT(), nullable=True),
        sa.Column("place", _NUMBER(), nullable=True),
        sa.Column("sort", _TEXT(), nullable=True),
        sa.Column("wording", _TEXT(), nullable=True),
        sa.Column("points", _NUMBER(), nullable=True),
        sa.Column("bars", _YES(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "point_entry",
        *_head(),
        sa.Column("checklist_id", _ID(), nullable=True),
        sa.Column("rule_id", _ID(), nullable=True),
        sa.Column("times", _NUMBER(), nullable=True),
        sa.Column("note", _TEXT(), nullable=True),
        sa.Column("verified_times", _NUMBER(), nullable=True),
        sa.Column("verified_note", _TEXT(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )


def _head() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("id", _ID(), nullable=False),
        sa.Column("_op", _NUMBER(), nullable=False),
        sa.Column("_m", _NUMBER(), nullable=False),
    )
