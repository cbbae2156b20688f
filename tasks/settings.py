"""The environment, read once into one frozen value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tasks.core.errors import BadInput, HomeUnusable

# Every setting with its meaning: the README's table and the doctor are held against this.
SETTINGS: Mapping[str, str] = {
    "DATELINE_HOME": "folder that holds the lake, the archive and Prefect's own files (default `./data`)",
    "DATELINE_LAKE": "the lake's metadata: `sqlite:` (default, in the home) or `postgres:dbname=... host=...`",
    "DATELINE_DATA": "the lake's Parquet files: a folder (default `lake/data` in the home) or `s3://bucket/path`",
    "DATELINE_CATALOG": "a folder that replaces the built-in catalog (else `catalog/` in the home is laid over it)",
    "DATELINE_ALLOW": "addresses that may be reached although not public: `host:port` or networks, comma-separated",
    "DATELINE_PROXY": "the one private hop to the outside; ambient proxy variables are ignored",
    "DATELINE_ALERT_URLS": "where alerts go: `log:` (default), `file:`, `webhook+https:` or any apprise address",
    "DATELINE_HEARTBEAT_URL": "an address called after each finished pass",
    "DATELINE_KEEP_RAW": "days to keep raw pages (default: for ever)",
    "DATELINE_PUBLISH": "folder for the published files (default: the home)",
    "DATELINE_PREFECT_WEBHOOK": "where Prefect posts alerts, for `deploy/apply_automations.py` alone (a secret)",
    "DATELINE_CONTACT": "address or page that site owners can write to; part of the user agent",
    "DATELINE_TZ": "time zone in which people see times (default UTC); stored times are UTC always",
}

# How S3 is reached: the names that every tool of AWS reads. Nothing else of theirs (profiles, roles) is looked at.
STORE_SETTINGS: Mapping[str, str] = {
    "AWS_ACCESS_KEY_ID": "the key of the bucket in DATELINE_DATA (a secret)",
    "AWS_SECRET_ACCESS_KEY": "its secret",
    "AWS_SESSION_TOKEN": "the token of a key that ends (a secret)",
    "AWS_REGION": "region of the bucket, or AWS_DEFAULT_REGION (default us-east-1)",
    "AWS_ENDPOINT_URL_S3": "address of a store that is not Amazon's, or AWS_ENDPOINT_URL: `http://host:port`",
}

SERVED_FLAG = "DATELINE_SERVED"  # set by `dateline serve` and by deployments, for the check of `settle_home`


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """How S3 is reached; without a key as anybody may. `endpoint` is the address of a store that is not Amazon's."""

    key_id: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    session_token: str = field(default="", repr=False)
    region: str = "us-east-1"
    endpoint: str = ""


ANYBODY = StoreAccess()


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the environment may say, with its defaults."""

    home: Path
    home_source: str
    lake: str
    data: str
    catalog: Path | None
    allow: str
    proxy: str | None
    alert_urls: tuple[str, ...]
    heartbeat_url: str | None
    keep_raw_days: int | None
    publish: Path | None
    contact: str
    timezone: str
    is_served: bool = False
    store: StoreAccess = ANYBODY

    @property
    def overlay(self) -> Path:
        """The user's catalog folder, laid over the built-in one."""
        return self.home / "catalog"

    @property
    def publish_folder(self) -> Path:
        """Where press.duckdb, calendar, Atom feed and page go."""
        return self.publish or self.home

    @property
    def user_agent(self) -> str:
        """An honest name, with a way to write to whoever runs this."""
        return f"Dateline/{dateline_version()} (+{self.contact})" if self.contact else f"Dateline/{dateline_version()}"


def dateline_version() -> str:
    """The installed version, or 0 from a bare checkout."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("dateline")
    except PackageNotFoundError:
        return "0"


def read_settings(home: str | Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. `home` (from `--home`) goes before the environment.

    Raises BadInput where a value cannot be used.
    """
    env = os.environ if environ is None else environ
    given = str(home) if home is not None else env.get("DATELINE_HOME", "").strip()
    source = "--home" if home is not None else ("DATELINE_HOME" if given else "default")
    folder = Path(given or "data").expanduser()
    catalog = env.get("DATELINE_CATALOG", "").strip()
    publish = env.get("DATELINE_PUBLISH", "").strip()
    return Settings(
        home=folder if folder.is_absolute() else Path.cwd() / folder,
        home_source=source if folder.is_absolute() or source == "default" else f"{source} (relative)",
        lake=env.get("DATELINE_LAKE", "").strip() or "sqlite:",
        data=env.get("DATELINE_DATA", "").strip(),
        catalog=Path(catalog).expanduser() if catalog else None,
        allow=env.get("DATELINE_ALLOW", ""),
        proxy=env.get("DATELINE_PROXY", "").strip() or None,
        alert_urls=tuple(url for url in re.split(r"[\s,]+", env.get("DATELINE_ALERT_URLS", "")) if url) or ("log:",),
        heartbeat_url=env.get("DATELINE_HEARTBEAT_URL", "").strip() or None,
        keep_raw_days=read_days("DATELINE_KEEP_RAW", env.get("DATELINE_KEEP_RAW", "")),
        publish=Path(publish).expanduser() if publish else None,
        contact=env.get("DATELINE_CONTACT", "").strip(),
        timezone=env.get("DATELINE_TZ", "").strip() or "UTC",
        is_served=env.get(SERVED_FLAG, "") == "1",
        store=_read_store(env),
    )


def _read_store(env: Mapping[str, str]) -> StoreAccess:
    region = env.get("AWS_REGION", "").strip() or env.get("AWS_DEFAULT_REGION", "").strip()
    return StoreAccess(
        key_id=env.get("AWS_ACCESS_KEY_ID", "").strip(),
        secret=env.get("AWS_SECRET_ACCESS_KEY", "").strip(),
        session_token=env.get("AWS_SESSION_TOKEN", "").strip(),
        region=region or ANYBODY.region,
        endpoint=env.get("AWS_ENDPOINT_URL_S3", "").strip() or env.get("AWS_ENDPOINT_URL", "").strip(),
    )


def read_days(name: str, value: str) -> int | None:
    """A number of days of at least 1, or None for an empty value."""
    if not value.strip():
        return None
    if not value.strip().isdigit() or int(value) < 1:
        raise BadInput(f"{name} is {value!r}, which is no number of days; give a whole number such as 90, or unset it.")
    return int(value)


def open_zone(settings: Settings) -> tzinfo:
    """The time zone in which people see times. Raises BadInput."""
    try:
        return ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadInput(
            f"DATELINE_TZ is {settings.timezone!r}, which is no time zone; "
            "give a name such as Europe/Berlin, or unset it."
        ) from error


def settle_home(settings: Settings) -> None:
    """Refuse a home that a scheduled run could not find again. Raises HomeUnusable."""
    if settings.is_served and settings.home_source not in {"DATELINE_HOME", "--home"}:
        raise HomeUnusable(
            f"This run was started by a worker or by `dateline serve`, but DATELINE_HOME is {settings.home_source}: "
            "a worker's folder may be temporary. Set DATELINE_HOME to an absolute folder."
        )


def prepare_home(settings: Settings) -> None:
    """Make the home folder, or say in one sentence why it cannot be used. Raises HomeUnusable."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        probe = settings.home / f".write-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise HomeUnusable(
            f"The home folder {settings.home} cannot be written ({error.strerror or error}). "
            "Give another with --home or DATELINE_HOME, or mend its permissions."
        ) from error


def make_folder(folder: Path) -> None:
    """Make a folder of the home or for what is published. Raises HomeUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeUnusable(
            f"The folder {folder} cannot be made ({error.strerror or error}); mend its permissions, or give another."
        ) from error
