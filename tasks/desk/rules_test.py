"""`dateline rules test`: every example in the catalog is run; what fails is told with its place and the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from tasks.catalog.folders import BUILT_IN, lay_folders
from tasks.catalog.layers import Layers
from tasks.catalog.load import lay_catalog
from tasks.core.errors import BadInput, Fault
from tasks.desk.options import Format, Home
from tasks.desk.rule_trials import Trial, try_examples
from tasks.desk.showing import count, one_line, print_json, say
from tasks.settings import Settings, read_settings


def try_rules(
    *,
    catalog: Annotated[
        Path | None, Parameter(help="A folder laid over the built-in catalog, in place of the home's own.")
    ] = None,
    format: Format = "text",
    home: Home = None,
) -> int:
    """Run every example in the catalog: topics, datelines, pages, cues. Exit 1 where one fails; no lake is needed."""
    layers = Layers(choose_folders(read_settings(home), catalog))
    laid = lay_catalog(layers)
    trials = list(try_examples(layers, laid))
    faults = list(layers.faults)
    failed = [trial for trial in trials if trial.came is not None]
    if format == "json":
        print_json(_tell_json(trials, failed, faults))
    else:
        _print_report(trials, failed, faults)
    return 1 if failed or faults else 0


def choose_folders(settings: Settings, overlay: Path | None) -> tuple[Path, ...]:
    """The layers of the catalog in use, or the built-in one with another folder over it. Raises BadInput."""
    if overlay is None:
        if settings.catalog is not None and not settings.catalog.is_dir():
            raise BadInput(f"DATELINE_CATALOG is {settings.catalog}, which is no folder; correct it, or unset it.")
        return lay_folders(settings.overlay, settings.catalog)
    if not overlay.is_dir():
        raise BadInput(f"There is no folder {overlay}; give one that is laid out like the catalog, with topics/ in it.")
    return lay_folders(overlay, None) if overlay.resolve() != BUILT_IN else (BUILT_IN,)


def _print_report(trials: Sequence[Trial], failed: Sequence[Trial], faults: Sequence[Fault]) -> None:
    for fault in faults:
        say(str(fault))
    for trial in failed:
        say(f"{trial.where}: {trial.kind} {trial.ident}: an example that {trial.wanted} fails")
        say(f"  “{one_line(trial.text)}”", f"  {trial.came}")
    if not trials:
        say("The catalog has no example.")
        return
    kinds = Counter(trial.kind for trial in trials)
    listed = ", ".join(f"{number} of {kind}s" for kind, number in kinds.items())
    held = f"All {len(trials):,} examples hold" if not failed else f"{len(failed):,} of {len(trials):,} examples fail"
    broken = f" The catalog has {count(len(faults), 'fault')} beside." if faults else ""
    say(f"{held}: {listed}.{broken}" if not failed else f"{held} ({listed} were run).{broken}")


def _tell_json(trials: Sequence[Trial], failed: Sequence[Trial], faults: Sequence[Fault]) -> dict[str, Any]:
    names = ("where", "kind", "ident", "text", "wanted", "came")
    return {
        "examples": len(trials),
        "by_kind": dict(Counter(trial.kind for trial in trials)),
        "failed": [{name: getattr(trial, name) for name in names} for trial in failed],
        "faults": [{name: getattr(fault, name) for name in ("file", "key", "problem", "mend")} for fault in faults],
    }
