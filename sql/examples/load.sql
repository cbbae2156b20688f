-- What was added since the cursor $cursor (empty: from the beginning), the next cursor in the last row?
from changes_since($cursor);
