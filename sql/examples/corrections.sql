-- Which stories did their wires correct in the last 14 days, and what changed?
select
    a.day,
    a.wire,
    before.title as first_title,
    a.title as latest_title,
    a.version as versions,
    v.change as last_change,
    length(a.text) - length(before.text) as characters_added,
    a.url
from articles as a
inner join article_versions as before on before.day = a.day and before.article_id = a.article_id and before.version = 1
inner join article_versions as v on v.day = a.day and v.article_id = a.article_id and v.version = a.version
where a.day >= current_date - 14 and a.version > 1
order by a.day desc, a.wire, a.url;
