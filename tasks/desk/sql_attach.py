"""`dateline sql --attach`: ready statements with which other tools open the lake."""

from __future__ import annotations

import re

from tasks.edge.lake.adhoc import attach_index
from tasks.edge.lake.attach import locate_lake
from tasks.edge.search import index_file
from tasks.settings import Settings

# The versions of DuckDB whose extension `ducklake` reads the format of this lake (1.0).
VERSIONS = "1.5"


def tell_attach(settings: Settings) -> list[str]:
    """The lines to print: DuckDB's command line, Python, polars, DBeaver, and the plain file."""
    address = locate_lake(settings)
    attach = hide_password(address.attach_statement(read_only=True))
    loads = "; ".join(f"INSTALL {name}; LOAD {name}" for name in address.extensions())
    press = (settings.publish or settings.home) / "press.duckdb"
    return [
        f"The lake itself (DuckLake 1.0; DuckDB {VERSIONS} with the extensions named), always read-only:",
        "",
        "DuckDB command line:",
        f"  {loads};",
        f"  {attach};",
        "  USE lake;",
        f"  {attach_index(index_file(settings.home))}; -- for the macro search",
        "",
        f"Python (`pip install 'duckdb=={VERSIONS}.*' pytz`):",
        "  import duckdb",
        "  lake = duckdb.connect()",
        f'  lake.execute("{loads}")',
        f'  lake.execute("{attach}")',
        '  lake.execute("USE lake")',
        "",
        "polars (with that connection):",
        '  lake.sql("from articles where day >= current_date - 7").pl()',
        "",
        f"DBeaver (DuckDB driver {VERSIONS}, database :memory:; in the connection's bootstrap queries):",
        f"  {loads}; {attach}; USE lake;",
        "",
        "One plain file for every DuckDB from 1.0 on (texts of 30 days; made nightly and by `dateline publish`):",
        f"  {press}",
    ]


def hide_password(statement: str) -> str:
    """The statement without the password of a Postgres address: put your own in its place."""
    return re.sub(r"(password\s*=\s*)[^\s']+", r"\1...", statement)
