-- What did the wires carry of the country $country in the last 7 days, and why does each story count?
select day, wire, title, reasons, url
from coverage_of($country);
