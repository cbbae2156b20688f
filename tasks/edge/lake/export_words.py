"""What an export says of itself: dictionary.json for machines, README.md for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from tasks.edge.lake.statements import SqlFile
from tasks.edge.whole_file import write_whole

PART = "part.parquet"
_README = """\
# An export of Dateline
Plain Parquet, one folder a relation, its days in folders `day=...` (hive partitions). `dictionary.json` says what each
column means; `export.json` is how the next `dateline export` knows which days have changed. Files are replaced whole.

```sql
-- DuckDB, in this folder
select day, count(*) from read_parquet('articles/**/*.parquet', hive_partitioning => true) group by day;
```
```python
polars.scan_parquet("articles/**/*.parquet", hive_partitioning=True)
days = pyarrow.dataset.partitioning(pyarrow.schema([("day", pyarrow.date32())]), flavor="hive")
pyarrow.dataset.dataset("articles", partitioning=days)
```

| relation | files | rows |
|---|---|---|
"""


def write_words(folder: Path, relations: Iterable[tuple[SqlFile, bool, Mapping[str, str]]]) -> None:
    """Write both into the folder: of each relation its file of SQL, whether it has days, and its columns with types."""
    listed = [
        {
            "relation": file.name,
            "files": f"{file.name}/**/*.parquet" if has_day else f"{file.name}/{PART}",
            "one_row_per": file.grain,
            "columns": [
                {"name": name, "type": kind, "meaning": dict(file.columns).get(name, "")}
                for name, kind in columns.items()
            ],
        }
        for file, has_day, columns in relations
    ]
    write_whole(folder / "dictionary.json", json.dumps(listed, indent=1, ensure_ascii=False).encode())
    table = "\n".join(f"| `{each['relation']}` | `{each['files']}` | {each['one_row_per']} |" for each in listed)
    write_whole(folder / "README.md", f"{_README}{table}\n".encode())
