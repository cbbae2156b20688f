-- One value: the code of a country by its code or any of its names in `countries`; null for what is none.
create or replace macro country_code(
    country                       -- 'EGY', 'Egypt' or 'Arab Republic of Egypt', in any case
) as (
    select min(c.code)
    from countries as c
    where
        c.code = upper(trim(country))
        or list_contains(string_split(lower(array_to_string(c.names, ';')), ';'), lower(trim(country)))
);
