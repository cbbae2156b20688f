-- One row per claim of the articles $article_ids, of the days $days, on which the ledger has decided.
select article_id, version, rules_version, seq, meeting_id
from decisions
where
    day between list_min($days) and list_max($days) -- by which files of other days are left out: a list leaves none out
    and list_contains($days, day) and list_contains($article_ids, article_id)
