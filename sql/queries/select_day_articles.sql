-- One row per article of $day: its latest version, as the rules read it.
select article_id, version, wire_id, title, text, published_at, first_seen_at
from article_facts
where day = $day
qualify row_number() over (partition by article_id order by version desc) = 1
order by coalesce(published_at, first_seen_at), article_id
