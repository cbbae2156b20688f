-- Which alerts of the last 14 days did no channel take, and what did the channels say?
select
    a.raised_at,
    a.kind,
    a.sentence,
    d.channel,
    d.outcome,
    d.attempts,
    d.error,
    d.next_try_at
from alerts as a
left join deliveries as d on d.alert_id = a.alert_id
where a.day >= current_date - 14 and not a.is_delivered
order by a.raised_at, d.channel;
