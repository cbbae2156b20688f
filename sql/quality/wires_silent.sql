-- One row per wire that is silent by the last `wire.silent`. Note: `dateline feeds` says what its feeds answer.
with latest as (
    select s.wire_id, arg_max(s, s.noticed_at) as word
    from silence_facts as s
    where s.day >= $now::date - 40 -- as far as the watch looks back
    group by s.wire_id
)

select coalesce(w.name, l.wire_id) || ' since ' || l.word.day || '. ' || coalesce(l.word.why, '') as fault
from latest as l
inner join wires as w on w.wire_id = l.wire_id and w.is_enabled
where l.word.state = 'silent'
order by fault
