"""Merit: what is known of nominees beyond who they are, and more fields of who they are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NEW_FIELDS = {
    "person": (
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("native_place", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("party_position", sa.Text(), nullable=True),
        sa.Column("union_position", sa.Text(), nullable=True),
        sa.Column("academic_titles", sa.Text(), nullable=True),
        sa.Column("duties", sa.Text(), nullable=True),
        sa.Column("nominee_class", sa.Text(), nullable=True),
        sa.Column("work_field", sa.Text(), nullable=True),
    ),
    "collective": (
        sa.Column("fax", sa.Text(), nullable=True),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("history", sa.Text(), nullable=True),
        sa.Column("features", sa.Text(), nullable=True),
        sa.Column("structure", sa.Text(), nullable=True),
        sa.Column("women", sa.BigInteger(), nullable=True),
        sa.Column("party_members", sa.BigInteger(), nullable=True),
        sa.Column("qualification", sa.Text(), nullable=True),
        sa.Column("facilities", sa.Text(), nullable=True),
        sa.Column("bodies", sa.Text(), nullable=True),
        sa.Column("nominee_class", sa.Text(), nullable=True),
        sa.Column("work_field", sa.Text(), nullable=True),
    ),
    "household": (
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("work_field", sa.Text(), nullable=True),
    ),
    "contribution": (
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("collective_id", sa.LargeBinary(), nullable=True),
        sa.Column("household_id", sa.LargeBinary(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
    ),
}


def upgrade() -> None:
    """Add the fields, the tables of the kinds, and the indexes by which they are looked up."""
    for table, columns in _NEW_FIELDS.items():
        for column in columns:
            op.add_column(table, column)
    op.create_table(
        "position",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("sort", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("workplace", sa.Text(), nullable=True),
        sa.Column("held_from", sa.Text(), nullable=True),
        sa.Column("held_to", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "achievement",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("collective_id", sa.LargeBinary(), nullable=True),
        sa.Column("household_id", sa.LargeBinary(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("sort", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "initiative",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("collective_id", sa.LargeBinary(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_date", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "initiative_claim",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("proposal_id", sa.LargeBinary(), nullable=True),
        sa.Column("initiative_id", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "yearly_rating",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("collective_id", sa.LargeBinary(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("sort", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_date", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "prior_award",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("_op", sa.BigInteger(), nullable=False),
        sa.Column("_m", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=True),
        sa.Column("collective_id", sa.LargeBinary(), nullable=True),
        sa.Column("household_id", sa.LargeBinary(), nullable=True),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("award_form_id", sa.LargeBinary(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("sort", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("movement_id", sa.LargeBinary(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_date", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_position_person_id", "position", ["person_id"])
    op.create_index("ix_achievement_collective_id", "achievement", ["collective_id"])
    op.create_index("ix_achievement_household_id", "achievement", ["household_id"])
    op.create_index("ix_achievement_person_id", "achievement", ["person_id"])
    op.create_index("ix_initiative_collective_id", "initiative", ["collective_id"])
    op.create_index("ix_initiative_person_id", "initiative", ["person_id"])
    op.create_index("ix_initiative_claim_initiative_id", "initiative_claim", ["initiative_id"])
    op.create_index("ix_initiative_claim_proposal_id", "initiative_claim", ["proposal_id"])
    op.create_index("ix_yearly_rating_collective_id", "yearly_rating", ["collective_id"])
    op.create_index("ix_yearly_rating_person_id", "yearly_rating", ["person_id"])
    op.create_index("ix_prior_award_collective_id", "prior_award", ["collective_id"])
    op.create_index("ix_prior_award_household_id", "prior_award", ["household_id"])
    op.create_index("ix_prior_award_person_id", "prior_award", ["person_id"])
    op.create_index("ix_contribution_collective_id", "contribution", ["collective_id"])
    op.create_index("ix_contribution_household_id", "contribution", ["household_id"])
    op.create_index("ix_contribution_person_id", "contribution", ["person_id"])
    op.create_index("ix_contribution_proposal_id", "contribution", ["proposal_id"])
