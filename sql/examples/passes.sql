-- What did the last passes find, and how did each of their items end?
select
    started_at,
    run_id,
    flow,
    status,
    found,
    known,
    repeated,
    new,
    stored,
    duplicate,
    rejected,
    waiting,
    unexplained,
    alerts,
    error
from runs
order by started_at desc
limit 20;
