"""All tables that the program declares, as one schema: what the migrations have to make."""

from __future__ import annotations

from sqlalchemy import MetaData

from thidua_desktop.storage.ledger.tables import LEDGER
from thidua_desktop.storage.projection import all_tables
from thidua_desktop.storage.rows import desk as _desk  # noqa: F401 - its tables join LOCAL
from thidua_desktop.storage.rows import journal as _journal  # noqa: F401 - so do these
from thidua_desktop.storage.rows import lists as _lists  # noqa: F401 - these too
from thidua_desktop.storage.rows import parts as _parts  # noqa: F401 - and these
from thidua_desktop.storage.rows.book import LOCAL, NAMING


def whole_schema() -> MetaData:
    """Return every table in one metadata: the ledger, the projection, what never travels."""
    whole = MetaData(naming_convention=NAMING)
    for part in (LEDGER, all_tables(), LOCAL):
        for table in part.sorted_tables:
            table.to_metadata(whole)
    return whole
