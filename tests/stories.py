"""Invented stories for tests of the command line, as people hand them in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Story = Mapping[str, Any]

SUMMIT: Story = {
    "url": "https://meridian.example/world/nairobi-summit",
    "title": "Presidents of Brazil and Kenya to hold summit in Nairobi",
    "text": (
        "NAIROBI, December 10 (Meridian) - The presidents of Brazil and Kenya will hold a summit in Nairobi on "
        "December 20, the Kenyan foreign ministry said on Wednesday.\n\n"
        '"We expect a frank exchange on grain," Kenyan Foreign Minister Amina Kerubo Otieno told reporters.\n\n'
        "The Daily Harbour newspaper reported on Tuesday that the two sides were close to a peace agreement on the "
        "Lamu talks."
    ),
    "published_at": "2025-12-10T10:00:00Z",
    "wire": "Meridian Wire",
}
SHELLING: Story = {
    "title": "Four soldiers killed in shelling near Goma",
    "text": "GOMA, December 11 (Meridian) - Shelling killed four soldiers near Goma on Thursday, the army said.",
    "published_at": "2025-12-11T08:00:00Z",
    "wire": "Meridian Wire",
}
HARVEST: Story = {
    "url": "https://lumen.example/monde/recolte",
    "title": "La récolte de blé a commencé dans le sud du pays",
    "text": (
        "La récolte de blé a commencé mercredi dans le sud du pays, avec deux semaines de retard sur le calendrier "
        "habituel, a indiqué la chambre d'agriculture. Les pluies de novembre avaient empêché les machines d'entrer "
        "dans les champs, et plusieurs coopératives craignent que la qualité du grain ne s'en ressente cette année."
    ),
    "published_at": "2025-12-11T09:00:00Z",
    "wire": "Agence Lumen",
}
STORIES = (SUMMIT, SHELLING, HARVEST)


def write_stories(path: Path, stories: Iterable[Story | str]) -> Path:
    """A file of JSON lines; a string stands as it is, for lines that are wrong."""
    lines = (story if isinstance(story, str) else json.dumps(story, ensure_ascii=False) for story in stories)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path
