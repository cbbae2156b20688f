-- One row per article of $day whose latest version was not yet read under $rules_version, in order of publication.
with latest as (
    select article_id, version, published_at, first_seen_at
    from article_facts
    where day = $day
    qualify row_number() over (partition by article_id order by version desc) = 1
),

done as (
    select article_id, version
    from reading_facts
    where day = $day and rules_version = $rules_version
)

select l.article_id, l.version
from latest as l
anti join done as d on d.article_id = l.article_id and d.version = l.version
order by coalesce(l.published_at, l.first_seen_at), l.article_id
