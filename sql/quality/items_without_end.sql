-- One row per item that has no outcome and does not wait. Fault: nothing fetches it any more; please report it.
select i.item_id || ' of ' || i.feed_id as fault
from item_facts as i
where
    i.day >= $since
    and not exists (select 1 from outcome_facts as o where o.day >= $since and o.day = i.day and o.item_id = i.item_id)
order by fault
