-- How did the ledger of summits stand at the end of the day $on (UTC)?
select
    coalesce(name, organisation, array_to_string(parties, ' - ')) as summit,
    place,
    from_day,
    to_day,
    status,
    wires,
    origins,
    disputed,
    meeting_id
from ledger_on($on)
where kind = 'summit'
order by from_day nulls last, summit, meeting_id;
