-- Which articles hold the words $words, the best first?
select day, title, snippet, article_id
from search($words)
limit 25;
