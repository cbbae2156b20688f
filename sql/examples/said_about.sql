-- What is said about $name, a person or a country, in the last 7 days?
select day, wire, speaker, text, url
from quotes_about($name);
