-- Which summits lie ahead in the next 90 days, and how well is each attested?
select
    coalesce(name, organisation, array_to_string(parties, ' - ')) as summit,
    parties,
    place,
    place_country,
    from_day,
    to_day,
    date_precision,
    status,
    wires,
    origins,
    meeting_id
from summits
where
    status in ('proposed', 'planned')
    and (to_day is null or to_day >= current_date)
    and (from_day is null or from_day <= current_date + 90)
order by from_day nulls last, summit;
