"""Parameters that say where a reader came from and nothing about what the page is.

Kept: everything else, because `?p=`, `?id=`, `?v=` and many more name the story. A name is listed only where it is
known to be used for tracking alone.
"""

from __future__ import annotations

# Families: Google and Urchin, Matomo, the BBC's at_, HubSpot, Mailchimp, Vero, Omeda, Webtrends, comScore ...
_PREFIXES = (
    "utm_",
    "mtm_",
    "matomo_",
    "piwik_",
    "at_",
    "hsa_",
    "_hs",
    "mc_",
    "vero_",
    "oly_",
    "wt.",
    "ga_",
    "itm_",
    "ns_",
)
_LISTED = (
    # clicks on advertisements and in social networks
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid li_fat_id igsh igshid mkt_tok epik "
    "rdt_cid sccid s_kwcid ef_id irclickid __s _ga _gl "
    # readers, feeds and newsletters that name themselves
    "maca traffic_source icid ncid cmpid cmp smid smtyp tsrc ftag xtor ocid ito guccounter guce_referrer "
    "guce_referrer_sig rss_source feedtype feedname spm share_source sharetype mbid nlid zanpid trkcampaign ref_src "
    "ref_url referrer source_ref taid pk_campaign pk_kwd pk_source pk_medium pk_content pk_keyword sc_cid"
)
_NAMES = frozenset(_LISTED.split())


def is_tracking_parameter(name: str) -> bool:
    """Does this parameter only say where the reader came from?"""
    lowered = name.lower()
    return lowered in _NAMES or lowered.startswith(_PREFIXES)
