"""`dateline rules`: `test` runs the examples of the catalog, `diff` compares what two versions of the rules tag."""

from __future__ import annotations

from cyclopts import App

app = App(name="rules")

# By name, so that neither is imported for the other.
app.command("tasks.desk.rules_test:try_rules", name="test", help="Run every example in the catalog.")
app.command("tasks.desk.rules_diff:compare_rules", name="diff", help="Which stored articles change their tags.")
