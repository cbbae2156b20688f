-- One row per article whose title or text holds the words, the best first.
create or replace macro search(
    words,                        -- words that all stand; "a phrase", pref*, AND, OR, NOT (capitals) and brackets
    since := '',                  -- first moment of publication, such as 2026-03-01; left out: of any time
    wire := '',                   -- id of a wire; left out: of any wire
    most := ''                    -- how many of the best; left out: 1000, of which alone a `where` outside chooses; -1: all
) as table
select
    f.day::date as day,           -- day of the article
    f.article_id,                 -- the article
    f.wire_id,                    -- its wire
    to_timestamp(f.told_at::double) as published_at, -- time of publication, or of our first sight
    f.title,                      -- headline
    f.score::double as score,     -- the higher, the better; a word in the title weighs four times as much
    f.snippet                     -- the passage that holds the words, with the words [[marked]]
-- The file of words lies beside the lake, attached as `search_index`. What it is asked must be one text before it runs. In the
-- order of its rank it finds passages for the best alone: for all that hold a common word it took 18 times as long (measured).
from sqlite_query(
    'search_index',
    'select s.day, s.article_id, s.wire_id, s.told_at, words.title, -rank as score, '
    || 'snippet(words, -1, ''[['', '']]'', '' ... '', 24) as snippet '
    || 'from words cross join stories as s on s.id = words.rowid '
    || 'where rank match ''bm25(4.0, 1.0)'' and words match '''
    || replace(search_terms(words), '''', '''''') || ''''
    || case when since::varchar = '' then '' else ' and s.told_at >= ' || epoch(since::varchar::timestamptz) end
    || case when wire = '' then '' else ' and s.wire_id = ''' || replace(wire, '''', '''''') || '''' end
    || ' order by rank limit ' || coalesce(nullif(most::varchar, ''), '1000')::bigint
) as f
order by score desc, published_at desc, f.article_id;
