"""Apply a file of automations to a Prefect server, as often as you like: it ends with what the file says.

python deploy/apply_automations.py [FILE] [--webhook URL]     (FILE: automations.yaml beside this script)

file --> tables, checked --> the block `summit-alert` --> what the server has, by name --> made, changed, as it was

What it makes carries a tag, `dateline:` and the file's name. It removes what carries that tag and is in the file no
more, and nothing else: what somebody made by hand under a name of the file is brought in line but gets no tag.
The address of the webhook is a secret: it is kept in the block and told nowhere.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

import yaml

from tasks.core.errors import BadInput, DatelineError
from tasks.desk.rim import run_command
from tasks.desk.showing import say
from tasks.edge.prefect_server import prepare_prefect
from tasks.settings import read_settings

if TYPE_CHECKING:  # Prefect settles at its import which server it talks to: `prepare_prefect` comes first
    from prefect.client.orchestration import SyncPrefectClient
    from prefect.events.schemas.automations import Automation, AutomationCore

FILE = Path(__file__).with_name("automations.yaml")
BLOCK = "summit-alert"
MARK = "dateline:"
WEBHOOK = "DATELINE_PREFECT_WEBHOOK"
MADE, CHANGED, KEPT, REMOVED = "made", "changed", "as it was", "removed"

Table = dict[str, Any]  # one automation as the file says it
_NAMED_BLOCK = re.compile(r"\$\{block:([\w-]+/[\w-]+)\}")
_WEB = re.compile(r"https?://[^\s/?#]+\S*")
_NO_BLOCK = UUID(int=0)
# What the file says of an automation; its id and the owner are the server's.
_SERVERS_OWN = {"id", "owner_resource"}


@dataclass(frozen=True, slots=True)
class Request:
    """What one call asks for: the file, and the address of the webhook where one is given."""

    file: Path
    webhook: str | None

    @property
    def tag(self) -> str:
        """The tag of what this file has made."""
        return f"{MARK}{self.file.name}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Apply the file; returns the exit code: 0 done, 1 no server or one that refuses, 2 wrong use."""
    return run_command(lambda: apply_file(read_request(arguments, os.environ)), is_debug=False)


def read_request(arguments: Sequence[str] | None, environ: Mapping[str, str]) -> Request:
    """The arguments, and the webhook from the environment where none is among them. Raises BadInput."""
    parser = argparse.ArgumentParser(description="Apply a file of automations to a Prefect server, idempotently.")
    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="a YAML file (default: %(default)s)")
    parser.add_argument("--webhook", metavar="URL", help=f"where alerts are posted to; {WEBHOOK} shows it to fewer")
    given = parser.parse_args(arguments)
    webhook = (given.webhook or environ.get(WEBHOOK, "")).strip() or None
    if webhook and not _WEB.fullmatch(webhook):
        raise BadInput("The address of the webhook is none: give one that begins with https:// or http:// and a host.")
    return Request(given.file, webhook)


def apply_file(request: Request) -> None:
    """Bring the server in line with the file, and say one line an automation. Raises DatelineError."""
    tables = read_tables(request.file)
    with settle_prefect(), join_server() as client:
        for table in tables:
            build_automation(fill_blocks(table, {}), request.file)  # all of it is sound before anything is changed
        found = {table["name"]: find_automation(client, table["name"]) for table in tables}
        if request.webhook:
            say(f"webhook block {BLOCK}: {apply_webhook(client, request.webhook)}")
        ids = find_blocks(client, tables)
        for table in tables:
            say(f"{table['name']}: {apply_table(client, table, found[table['name']], ids, request)}")
        for name in remove_gone(client, {table["name"] for table in tables}, request.tag):
            say(f"{name}: {REMOVED}")


@contextmanager
def settle_prefect() -> Iterator[None]:
    """Settle which server is meant, as every command does, but make no home where there is none."""
    settings = read_settings()
    with TemporaryDirectory(prefix="dateline-") as folder:
        if not settings.home.is_dir():
            os.environ.setdefault("PREFECT_HOME", folder)
        prepare_prefect(settings)
        yield


def read_tables(path: Path) -> list[Table]:
    """The automations of a file, each with a name of its own. Raises BadInput."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}).") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1}: {getattr(error, 'problem', '')})" if mark else ""
        raise BadInput(f"{path} is no YAML{where}.") from error
    tables = content.get("automations") if isinstance(content, dict) else None
    if not isinstance(tables, list):
        raise BadInput(f"{path} has no list `automations`.")
    names = [str(table.get("name") or "") if isinstance(table, dict) else "" for table in tables]
    if "" in names:
        raise BadInput(f"Automation {names.index('') + 1} of {path} has no name.")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise BadInput(f"{path} has more than one automation named {', '.join(twice)}; each needs a name of its own.")
    return [{**table, "name": name} for table, name in zip(tables, names, strict=True)]


def list_blocks(table: Table) -> list[str]:
    """The blocks that an automation names as `${block:type/name}`: `type/name`."""
    return sorted(set(_NAMED_BLOCK.findall(json.dumps(table, default=str))))


def fill_blocks(table: Table, ids: Mapping[str, UUID]) -> Table:
    """The automation with the ids of blocks in the place of their names; one of zeros where there is none."""
    text = json.dumps(table, default=str)
    filled: Table = json.loads(_NAMED_BLOCK.sub(lambda named: str(ids.get(named[1], _NO_BLOCK)), text))
    return filled


def build_automation(table: Table, path: Path) -> AutomationCore:
    """The automation as Prefect knows it, with every field said. Raises BadInput."""
    from prefect.events.schemas.automations import AutomationCore
    from pydantic import ValidationError

    try:
        built = AutomationCore.model_validate(table)
    except (ValidationError, TypeError) as error:  # Prefect compares some values before it knows their types
        fault = describe_faults(error.errors()) if isinstance(error, ValidationError) else str(error)
        raise BadInput(f"Automation {table['name']} of {path} cannot be used: {fault}.") from error
    # Prefect passes over what it does not know, so that a slip of the pen would be a default.
    unknown = list(find_unknown(table, built.model_dump(mode="json")))
    if unknown:
        raise BadInput(f"Automation {table['name']} of {path} has what Prefect does not know: {', '.join(unknown)}.")
    # Prefect's client sends what was set alone, and its server keeps the rest: a line taken out of the file would stay.
    return AutomationCore.model_validate(built.model_dump(exclude=_SERVERS_OWN))


def describe_faults(faults: Sequence[Any]) -> str:
    """The first fault that says something: of an action, Prefect tells what each other kind of action would ask for."""
    places = [tuple(each["loc"]) for each in faults]
    others = [place[:-1] for place in places if place[-1:] == ("type",)]
    own = [n for n, place in enumerate(places) if not any(place[: len(other)] == other for other in others)]
    if not own:
        return f"{'.'.join(map(str, places[0][:-2]))}.type is none that Prefect has"
    return f"{'.'.join(map(str, places[own[0]]))}: {faults[own[0]]['msg']}"


def find_unknown(given: object, kept: object, place: str = "") -> Iterator[str]:
    """The keys of what was given that are not in what was kept of it."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for key, value in given.items():
            if key in kept:
                yield from find_unknown(value, kept[key], f"{place}{key}.")
            else:
                yield f"{place}{key}"
    elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        for one, other in zip(given, kept, strict=True):
            yield from find_unknown(one, other, place)


@contextmanager
def join_server() -> Iterator[SyncPrefectClient]:
    """A client of the server that Prefect knows of. Raises DatelineError where none is named, answers or agrees."""
    from prefect.client.orchestration import get_client
    from prefect.exceptions import PrefectHTTPStatusError
    from prefect.settings import get_current_settings

    url = get_current_settings().api.url
    if not url:
        raise DatelineError("No Prefect server is named: set PREFECT_API_URL, or start `dateline serve` on this home.")
    shown = re.sub(r"//[^/@]*@", "//", url)
    with get_client(sync_client=True) as client:
        fault = client.api_healthcheck()
        # Prefect Cloud has no health check: an answer of any kind is one.
        if fault is not None and not isinstance(fault, PrefectHTTPStatusError):
            kind = type(fault).__name__
            raise DatelineError(f"The Prefect server at {shown} does not answer ({kind}); start it and run this again.")
        try:
            yield client
        except PrefectHTTPStatusError as error:
            code = error.response.status_code
            raise DatelineError(f"The Prefect server at {shown} refused what it was asked (HTTP {code}).") from error


def find_automation(client: SyncPrefectClient, name: str) -> Automation | None:
    """The automation of this name on the server. Raises DatelineError where there are several."""
    found = client.read_automations_by_name(name)
    if len(found) > 1:
        raise DatelineError(
            f"The server has {len(found)} automations named {name}, and each would act: delete all but one "
            f"(prefect automation delete --id ..., of {', '.join(str(each.id) for each in found)})."
        )
    return found[0] if found else None


def apply_webhook(client: SyncPrefectClient, url: str) -> str:
    """Make the block of the webhook, or give it this address; what else was set in it stays. Returns what was done."""
    from prefect.blocks.webhook import Webhook
    from pydantic import SecretStr

    if find_block(client, f"webhook/{BLOCK}") is None:
        Webhook(url=SecretStr(url)).save(BLOCK)
        return MADE
    block = cast(Webhook, Webhook.load(BLOCK))  # typed for those who await it too
    if block.url.get_secret_value() == url:
        return KEPT
    block.url = SecretStr(url)
    block.save(BLOCK, overwrite=True)
    return CHANGED


def find_block(client: SyncPrefectClient, label: str) -> UUID | None:
    """The id of the block `type/name`, if there is one."""
    from prefect.exceptions import ObjectNotFound

    kind, name = label.split("/")
    try:
        return client.read_block_document_by_name(name, kind, include_secrets=False).id
    except ObjectNotFound:
        return None


def find_blocks(client: SyncPrefectClient, tables: Sequence[Table]) -> dict[str, UUID]:
    """The ids of those blocks that the automations name and the server has."""
    found = {label: find_block(client, label) for label in {label for table in tables for label in list_blocks(table)}}
    return {label: block_id for label, block_id in found.items() if block_id is not None}


def apply_table(
    client: SyncPrefectClient, table: Table, found: Automation | None, ids: Mapping[str, UUID], request: Request
) -> str:
    """Bring one automation in line with the file; returns what was done. Raises DatelineError where it is refused."""
    missing = [label for label in list_blocks(table) if label not in ids]
    if missing:
        mend = f"give --webhook or {WEBHOOK}" if missing == [f"webhook/{BLOCK}"] else "make it in Prefect's page"
        return f"left out, the server has no block {', '.join(missing)} ({mend})"
    wanted = build_automation(fill_blocks(table, ids), request.file)
    marks = [request.tag] if found is None else [tag for tag in found.tags if tag.startswith(MARK)]
    wanted.tags = [*wanted.tags, *(mark for mark in marks if mark not in wanted.tags)]
    if found is not None and found.model_dump(exclude=_SERVERS_OWN) == wanted.model_dump(exclude=_SERVERS_OWN):
        return KEPT
    with name_refused(wanted.name):
        if found is None:
            client.create_automation(wanted)
            return MADE
        client.update_automation(found.id, wanted)
        return CHANGED


@contextmanager
def name_refused(name: str) -> Iterator[None]:
    """Say which automation the server would not take, and its reason."""
    from prefect.exceptions import PrefectHTTPStatusError

    try:
        yield
    except PrefectHTTPStatusError as error:
        code, reason = error.response.status_code, "it gave no reason"
        with suppress(ValueError, LookupError, TypeError):
            reason = describe_faults(error.response.json()["exception_detail"])
        raise DatelineError(f"The Prefect server would not take {name} (HTTP {code}): {reason}.") from error


def remove_gone(client: SyncPrefectClient, names: set[str], tag: str) -> Iterator[str]:
    """Remove what carries the tag and is in the file no more; yields each name."""
    from prefect.events.filters import AutomationFilter, AutomationFilterTags

    for made in client.read_automations(automations=AutomationFilter(tags=AutomationFilterTags(all_=[tag]))):
        if made.name not in names:
            client.delete_automation(made.id)
            yield made.name


if __name__ == "__main__":
    sys.exit(main())
