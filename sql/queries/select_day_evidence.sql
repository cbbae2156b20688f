-- One row per phrase of the articles $article_ids of $day, in all their readings.
select
    article_id, version, rules_version, topic, text, start_char as start, end_char as "end", field, zone, rule, weight
from evidence_facts
where day = $day and list_contains($article_ids, article_id)
order by article_id, version, rules_version, topic, field desc, start_char, end_char, rule
