"""Is this the whole story? A wall, a stub or a cut text is kept, but never passes for the article.

A phrase alone proves nothing (stories are written about paywalls and cookies too), so it counts only where the text
is short, or where it ends the text and the publisher says that the article is closed.
"""

from __future__ import annotations

import re

_STUB_LENGTH = 1_200  # characters; a text below it that speaks of a wall is the wall
_OPENING_LENGTH = 2_500  # an article that the publisher calls closed and that is shorter is its opening
_TAIL_LENGTH = 500

_WALLS = {
    "robot check": (
        r"verify (?:that )?you(?:'re| are) (?:a )?human|are you a robot|not a robot|unusual (?:traffic|activity)|"
        r"checking your browser|just a moment|complete the captcha|security check|access (?:to this page has been )?denied|"
        r"you have been blocked|request blocked|attention required"
    ),
    "javascript": (
        r"(?:enable|turn on|activate|requires?|allow) java ?script|java ?script (?:is|seems to be|appears to be|must be) "
        r"(?:disabled|required|enabled|turned off)|browser does not support java ?script|"
        r"(?:bitte )?(?:aktivieren sie )?java ?script (?:aktivieren|ist deaktiviert)|activer java ?script"
    ),
    "consent": (
        r"we (?:and our (?:\d+ )?partners )?(?:use|store) cookies|accept (?:all )?cookies|cookie (?:settings|preferences|"
        r"policy|consent)|your privacy choices|manage (?:your )?(?:consent|preferences|choices)|we value your privacy|"
        r"consent to (?:the )?(?:use of )?cookies|cookies akzeptieren|accepter les cookies|aceptar cookies"
    ),
    "paywall": (
        r"subscribe (?:now )?to (?:continue|read|keep|unlock|get)|(?:to|and) continue reading|continue reading (?:with|this|"
        r"the full)|already (?:a|have a) subscri(?:ber|ption)|subscribers? only|for subscribers|(?:this|the) (?:article|story|"
        r"content) is (?:only )?(?:available|reserved|exclusive)[^.]{0,30} (?:to|for) (?:our )?(?:paying |registered )?"
        r"(?:subscribers|members)|become a (?:member|subscriber)|start your (?:free )?trial|(?:sign in|log in|register|sign up) "
        r"to (?:continue|read|keep reading|view)|unlock this (?:article|story)|you(?:'ve| have) (?:reached|read) (?:your|all)|"
        r"read the full (?:story|article)|jetzt (?:abonnieren|weiterlesen)|mit [\w.]+ ?\+ (?:lesen|weiterlesen)|"
        r"réservé aux abonnés|lire la suite|para suscriptores|contenido exclusivo"
    ),
}
_WALL_PATTERNS = {reason: re.compile(pattern, re.IGNORECASE) for reason, pattern in _WALLS.items()}
_CUT_END = re.compile(r"(?:\[\s*(?:…|\.\.\.)\s*\]|…|\.\.\.|read more|continue reading)\W*$", re.IGNORECASE)


def name_fault(text: str, *, is_closed: bool, is_live: bool = False) -> str | None:
    """Return why `text` is not the whole story ("paywall", "consent", "javascript", "robot check", "cut"), or None.

    `is_closed` is the publisher's own statement that the article is not free; many deliver the whole text all the same.
    A live blog (`is_live`, its own statement too) is many stories, of which the page shows the latest: "live blog".
    """
    if is_live:
        return "live blog"
    plain = text.replace("’", "'")
    if len(plain) < _STUB_LENGTH:
        for reason, pattern in _WALL_PATTERNS.items():
            if pattern.search(plain):
                return reason
    if _WALL_PATTERNS["paywall"].search(plain[-_TAIL_LENGTH:]) and (is_closed or len(plain) < _OPENING_LENGTH):
        return "paywall"
    if is_closed and len(plain) < _STUB_LENGTH:
        return "paywall"
    return "cut" if len(plain) < _OPENING_LENGTH and _CUT_END.search(plain) else None
