-- One row per summit in the ledger, by status, country or last sight where these are given.
select *
from summits
where
    ($status is null or status = $status)
    and ($country is null or list_contains(parties, $country) or host = $country)
    and ($since is null or last_seen >= $since)
order by first_seen, meeting_id
