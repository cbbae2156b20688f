-- Who said $words in the last 7 days?
select day, wire, speaker, kind, text, url
from who_said($words);
