"""The published page in a real browser: a coming summit is read there, and the page's own policy lets its style in."""

from datetime import timedelta

from tasks.edge.clock import utc_now
from tasks.edge.publishing import publish_feeds
from tests.chromium import needs_browser, read_words
from tests.claims import GENEVA, meet, tell
from tests.homes import begin, store

pytestmark = needs_browser


def test_a_coming_summit_is_read_on_the_page_and_nothing_on_it_is_refused(tmp_path):
    now = utc_now()
    run = begin(tmp_path / "home", now)
    day = (now + timedelta(days=9)).date()
    meeting = meet(
        "EGY", "ETH", on=f"{day}", place=GENEVA, name="Nile <script>document.title = 'taken'</script> Summit"
    )
    store(run, tell("norvik", f"{now:%Y-%m-%d %H:%M}", meeting))
    publish_feeds(run.settings, run.address, run.country_names(), now)

    words, complaints = read_words((tmp_path / "home" / "index.html").as_uri(), tmp_path / "profile")

    assert "<script>document.title = 'taken'</script> Summit (Egypt and Ethiopia)" in words
    assert f"{day.day} " in words
    assert "Geneva (Switzerland) · planned" in words
    assert "The presidents of Ecuador and Panama will meet." in words
    assert "Carried by 1 wire, 1 independent origin" in words
    assert complaints == ""
