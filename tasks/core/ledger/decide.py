"""Which meeting is this, and is it news? Claims in order of publication against the ledger so far.

    claim --fits a meeting--> attach: the row takes what the claim adds
          --fits two alike--> review: the row is flagged, nobody is woken
          --fits none-------> open: a meeting of its own, if the claim says which meeting it is

Pure: rows and claims in, decisions out, each with the row as it stands after it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations

from tasks.core.address.forms import hash_key
from tasks.core.ledger.fold import correct_row, fold_claim, mark_review, open_row
from tasks.core.ledger.key import MeetingKey, is_identifiable, key_of_meeting
from tasks.core.ledger.score import ABOUT_EQUAL, ACCEPT, Fit, group_of, judge_correction, judge_fit
from tasks.core.ledger.time import window_of_claim
from tasks.core.model import Decision, LedgerClaim, LedgerMeeting

# What ended longer ago than this is a memory, not news.
MEMORY = timedelta(days=30)

_Told = tuple[str, int, str]


def resolve_claims(
    rows: Iterable[LedgerMeeting],
    claims: Iterable[LedgerClaim],
    backers: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Decision, ...]:
    """Decide for each claim to which meeting it belongs, in order of publication.

    `backers` are the articles behind each meeting that an earlier version or reading of these stories told of, so that
    a correction finds the row that it corrects. A claim that does not say which meeting it is, and fits none, has no
    decision; nor has one without words.
    """
    ledger = Ledger(rows, backers or {})
    proven = (claim for claim in claims if claim.meeting.claims)
    decided = (ledger.decide(claim) for claim in sorted(proven, key=by_publication))
    return tuple(decision for decision in decided if decision is not None)


def mint_meeting_id(claim: LedgerClaim, taken: Container[str]) -> str:
    """The id of the meeting that this claim opens: the first of its ids that is free, else the last."""
    ids = list_minted_ids(claim)
    return next((one for one in ids if one not in taken), ids[-1])


def list_minted_ids(claim: LedgerClaim) -> tuple[str, ...]:
    """The ids that a meeting could have that this claim opens, from its article, version and first character.

    One sentence can open several meetings, and new rules can read it otherwise: then its number, and the version of the
    rules, go in as well.
    """
    parts = [claim.article_id, str(claim.version), str(claim.meeting.claims[0].start), str(claim.seq)]
    return hash_key(*parts[:3]), hash_key(*parts), hash_key(*parts, claim.rules_version)


def is_news(claim: LedgerClaim) -> bool:
    """Does this claim raise `summit.new` for a summit of which nobody was told yet?"""
    meeting = claim.meeting
    if meeting.kind != "summit" or claim.is_silent or meeting.confidence == "low" or meeting.status == "ruled_out":
        return False
    if window_of_claim(claim) is None:
        return meeting.status in {"proposed", "planned", "ongoing"}
    return is_recent(claim)


def is_recent(claim: LedgerClaim) -> bool:
    """Is the meeting of a claim still to come, or over for less than `MEMORY`? One without a window may be."""
    window = window_of_claim(claim)
    return window is None or claim.published_at.date() - window.last <= MEMORY


@dataclass(frozen=True, slots=True)
class _Match:
    row: LedgerMeeting
    fit: Fit
    is_correction: bool = False


@dataclass(slots=True)
class _Index:
    """Which meetings of a kind name a party, a body or a name."""

    by_party: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    by_mark: dict[tuple[str, object], set[str]] = field(default_factory=dict)
    alone: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def add(self, meeting_id: str, key: MeetingKey) -> None:
        """Find the meeting by this key from now on; keys that it had before still lead to it."""
        group = group_of(key.kind)
        for party in key.parties:
            self.by_party.setdefault((group, party), set()).add(meeting_id)
            if len(key.parties) == 1:
                self.alone.setdefault((group, party), set()).add(meeting_id)
        for mark in (key.body, *key.names):
            if mark is not None:
                self.by_mark.setdefault((group, mark), set()).add(meeting_id)

    def find(self, key: MeetingKey) -> list[str]:
        """Meetings that share the body, a name, two parties, or the only party of either side."""
        group = group_of(key.kind)
        named = [self.by_party.get((group, party), set()) for party in key.parties]
        found = {one for pair in combinations(named, 2) for one in set.intersection(*pair)}
        found.update(*(named if len(named) == 1 else ()))
        found.update(*(self.alone.get((group, party), ()) for party in key.parties))
        found.update(*(self.by_mark.get((group, mark), ()) for mark in (key.body, *key.names)))
        return sorted(found)


class Ledger:
    """The meetings as they stand while a batch of claims is resolved."""

    def __init__(self, rows: Iterable[LedgerMeeting], backers: Mapping[str, frozenset[str]]) -> None:
        self._rows: dict[str, LedgerMeeting] = {}
        self._keys: dict[str, MeetingKey] = {}
        self._index = _Index()
        self._backers: dict[str, set[str]] = {}
        self._backed: dict[str, set[str]] = {}  # the same by article
        for meeting_id, articles in backers.items():
            self._back(meeting_id, articles)
        self._told: dict[_Told, list[str]] = {}
        for row in rows:
            self._put(row)

    def decide(self, claim: LedgerClaim) -> Decision | None:
        """Resolve one claim; the ledger then holds the row after it."""
        told = key_of_meeting(claim.meeting)
        matches = sorted(self._match(claim, told), key=lambda match: (-match.fit.points, match.row.first_seen))
        accepted = [match for match in matches if match.fit.is_accepted]
        decision = self._settle(claim, accepted) if accepted else self._place(claim, told, matches)
        return self._keep(decision) if decision is not None else None

    def _place(self, claim: LedgerClaim, told: MeetingKey, matches: Sequence[_Match]) -> Decision | None:
        """A claim that fits no meeting: a correction, a slip of the edition, or a meeting of its own."""
        mended = self._match_correction(claim, told)
        if mended is not None:
            return self._attach(claim, mended)
        slip = next((match for match in matches if match.fit.is_slip), None)
        if slip is not None:
            return self._review(claim, slip, slip.fit.reason)
        return self._open(claim, matches[0].fit if matches else None)

    def _match(self, claim: LedgerClaim, told: MeetingKey) -> Iterator[_Match]:
        used = self._told.get(_version_of(claim), [])
        for meeting_id in self._index.find(told):
            row = self._rows[meeting_id]
            # What one story keeps apart by date or place is not one meeting that moved.
            fit = judge_fit(row, self._keys[meeting_id], claim, told, may_move=meeting_id not in used)
            yield _Match(row, fit, self._corrects(claim, meeting_id))

    def _match_correction(self, claim: LedgerClaim, told: MeetingKey) -> _Match | None:
        """The meeting that an earlier version of this story told of, where the new one says otherwise."""
        backed = self._backed.get(claim.article_id, ())
        own = [one for one in backed if self._is_own(claim, one) and one in self._rows]
        found = (
            _Match(self._rows[one], judge_correction(self._rows[one], self._keys[one], claim, told), is_correction=True)
            for one in sorted(own)
        )
        fitting = [match for match in found if match.fit.verdict == "fits"]
        best = max(fitting, key=lambda match: match.fit.points, default=None)
        return replace(best, is_correction=self._corrects(claim, best.row.meeting_id)) if best else None

    def _settle(self, claim: LedgerClaim, accepted: Sequence[_Match]) -> Decision:
        """Attach to the best, unless another is about as good; the row of this story's earlier version goes first."""
        best = accepted[0]
        alike = [match for match in accepted if best.fit.points - match.fit.points < ABOUT_EQUAL]
        own = [match for match in alike if self._is_own(claim, match.row.meeting_id)]
        if len(alike) > 1 and not own:
            return self._review(claim, best, f"{len(alike)} meetings fit about equally")
        return self._attach(claim, own[0] if own else best)

    def _attach(self, claim: LedgerClaim, match: _Match) -> Decision:
        row, fit = match.row, match.fit
        after = correct_row(row, claim) if match.is_correction else fold_claim(row, claim)
        raises_new = after.kind == "summit" and not row.is_told and is_news(claim)
        after = replace(after, is_told=row.is_told or raises_new)
        return Decision(claim, "attach", row.meeting_id, fit.points / 100, fit.reason, after, raises_new)

    def _review(self, claim: LedgerClaim, match: _Match, reason: str) -> Decision:
        row = match.row
        after = mark_review(row, claim)
        return Decision(claim, "review", row.meeting_id, match.fit.points / 100, reason, after, raises_new=False)

    def _open(self, claim: LedgerClaim, nearest: Fit | None) -> Decision | None:
        if not is_identifiable(claim.meeting):
            return self._attach_bare(claim)
        row = open_row(claim, mint_meeting_id(claim, self._rows))
        reason = f"the nearest meeting is not it: {nearest.reason}" if nearest else "no meeting is like it"
        raises_new = is_news(claim)
        after = replace(row, is_told=raises_new)
        points = nearest.points / 100 if nearest else 0.0
        return Decision(claim, "open", row.meeting_id, points, reason, after, raises_new)

    def _attach_bare(self, claim: LedgerClaim) -> Decision | None:
        """A bare "the summit" is the last one that this story told of, or nothing."""
        told = self._told.get(_version_of(claim), [])
        rows = [self._rows[one] for one in told if self._rows[one].kind == claim.meeting.kind]
        if not rows:
            return None
        return self._attach(claim, _Match(rows[-1], Fit(ACCEPT, "fits", "the last such meeting of the same story")))

    def _corrects(self, claim: LedgerClaim, meeting_id: str) -> bool:
        """Is the meeting known from an earlier version of this story alone?"""
        is_alone = self._backers.get(meeting_id) == {claim.article_id}
        return is_alone and self._is_own(claim, meeting_id)

    def _is_own(self, claim: LedgerClaim, meeting_id: str) -> bool:
        """Did an earlier version or reading of this story tell of the meeting, and this one not yet?"""
        is_known = claim.article_id in self._backers.get(meeting_id, ())
        return is_known and meeting_id not in self._told.get(_version_of(claim), [])

    def _keep(self, decision: Decision) -> Decision:
        claim, meeting_id = decision.claim, decision.meeting_id
        self._put(decision.after)
        if decision.action == "open":
            self._backers[meeting_id] = set()
        if meeting_id in self._backers:
            self._back(meeting_id, {claim.article_id})
        self._told.setdefault(_version_of(claim), []).append(meeting_id)
        return decision

    def _back(self, meeting_id: str, articles: Iterable[str]) -> None:
        for article_id in articles:
            self._backers.setdefault(meeting_id, set()).add(article_id)
            self._backed.setdefault(article_id, set()).add(meeting_id)

    def _put(self, row: LedgerMeeting) -> None:
        self._rows[row.meeting_id] = row
        self._keys[row.meeting_id] = key_of_meeting(row)
        self._index.add(row.meeting_id, self._keys[row.meeting_id])


def _version_of(claim: LedgerClaim) -> _Told:
    return claim.article_id, claim.version, claim.rules_version


def by_publication(claim: LedgerClaim) -> tuple[object, ...]:
    """The order in which claims are resolved and folded."""
    return claim.published_at, claim.article_id, claim.version, claim.seq
