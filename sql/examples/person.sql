-- Where was $name named in the last 7 days, in what role and in which words?
select day, wire, name, role, context, title, url
from mentions_of($name);
