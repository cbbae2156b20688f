-- One row per day of the archive: a mark that changes with every article and version that comes or goes.
select day, count(*)::varchar || ':' || bit_xor(hash(article_id, version))::varchar as mark
from article_facts
group by day
order by day
