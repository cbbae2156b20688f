-- One row per public relation or column, with its meaning.
select relation, coalesce(name, '') as "column", meaning
from dictionary
where kind <> 'table'
order by relation, position
