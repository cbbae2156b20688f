-- One value: true where a text has these words, whole and in a row, whatever their case, accents and the marks between them.
create or replace macro has_words(
    text,                         -- any text: a title, a name, a quotation
    words                         -- one word or more: 'grain deal' is found in 'Grain-deal talks', not in 'grain dealer'
) as contains(
    ' ' || regexp_replace(lower(strip_accents(text)), '[^\p{L}\p{N}]+', ' ', 'g') || ' ',
    ' ' || trim(regexp_replace(lower(strip_accents(words)), '[^\p{L}\p{N}]+', ' ', 'g')) || ' '
);
