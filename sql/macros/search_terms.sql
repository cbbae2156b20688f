-- One value: an expression of SQLite's FTS5 from words as a person types them, every word quoted and every AND written out.
create or replace macro search_terms(
    words                         -- words that all stand; "a phrase", pref*, AND, OR, NOT (capitals) and brackets
) as regexp_replace(
    array_to_string(
        list_transform(
            list_filter(
                regexp_extract_all(words, '"[^"]*"\*?|[()]|[^\s()"]+'),
                lambda term: term in ('(', ')') or regexp_matches(term, '[\p{L}\p{N}]')
            ),
            lambda term: case
                when term in ('(', ')', 'AND', 'OR', 'NOT') or starts_with(term, '"') then term
                else '"' || rtrim(term, '*') || '"' || case when ends_with(term, '*') then '*' else '' end
            end
        ),
        ' '
    ),
    '("\*?|\)) ("|\()', '\1 AND \2', 'g'
);
