-- Which wires carry the meeting $meeting, and how long after the first?
select wire, country, first_at, minutes_behind, origins, status, sentence
from wires_on($meeting);
