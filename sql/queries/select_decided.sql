-- One row per claim of the articles $article_ids, of the days $days, on which the ledger has decided.
select article_id, version, rules_version, seq, meeting_id
from decisions
where list_contains($days, day) and list_contains($article_ids, article_id)
