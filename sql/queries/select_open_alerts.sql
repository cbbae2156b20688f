-- One row per alert raised since $since whose words are kept: deliveries are planned from these.
select *
from alert_facts as a
where day >= $since and not exists (select 1 from forget_facts as f where f.article_id = a.article_id)
order by raised_at, coalesce(step, 1), alert_id
