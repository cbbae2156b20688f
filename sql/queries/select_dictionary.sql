-- One row per public relation or macro, and per column or (parameter) of one, with its meaning.
select
    relation || case when kind in ('macro', 'parameter') then '()' else '' end as relation,
    case when kind = 'parameter' then '(' || name || ')' else coalesce(name, '') end as "column",
    meaning
from dictionary
where kind <> 'table'
order by dictionary.relation, position
