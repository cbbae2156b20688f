"""`dateline sql --attach`: ready statements with which other tools open the lake."""

from __future__ import annotations

from tasks.edge.lake.adhoc import attach_index
from tasks.edge.lake.attach import LakeAddress, locate_lake
from tasks.edge.lake.secrets import METADATA_SECRET, split_endpoint, split_password
from tasks.edge.search import index_file
from tasks.settings import Settings

# The versions of DuckDB whose extension `ducklake` reads the format of this lake (1.0).
VERSIONS = "1.5"


def tell_attach(settings: Settings) -> list[str]:
    """The lines to print: DuckDB's command line, Python, polars, DBeaver, and the plain file."""
    address = locate_lake(settings)
    attach = address.attach_statement(read_only=True)
    loads = "; ".join([*(f"INSTALL {name}; LOAD {name}" for name in address.extensions()), *tell_secrets(address)])
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


def tell_secrets(address: LakeAddress) -> list[str]:
    """The statements that let a connection reach store and server: put your own in the place of the dots."""
    secrets = []
    if address.is_remote:
        parts = [f"REGION '{address.store.region}'", f"SCOPE '{address.data}'"]
        if address.store.endpoint:
            scheme, place = split_endpoint(address.store.endpoint)
            parts += [f"ENDPOINT '{place}'", "URL_STYLE 'path'", f"USE_SSL {str(scheme == 'https').lower()}"]
        secrets.append(f"CREATE SECRET (TYPE s3, KEY_ID '...', SECRET '...', {', '.join(parts)})")
    if not address.is_sqlite and split_password(address.server)[1]:
        secrets.append(f"CREATE SECRET {METADATA_SECRET}lake (TYPE postgres, PASSWORD '...')")
    return secrets
