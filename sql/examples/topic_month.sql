-- How many articles a day carry the topic $topic, over the last 31 days, and what share of all is that?
from topic_volume($topic);
