"""Which registrable domain does a host belong to? A conservative answer without a network or a data file.

The full public suffix list is 15,000 lines; what is needed here is only "may this page's rel=canonical be believed".
A domain that is taken as longer than it is costs one unbelieved canonical link, never a wrong merge.
"""

from __future__ import annotations

import ipaddress

# Second-level names under which country registries sell domains: co.uk, com.tr, gov.ua, or.kr, ne.jp ...
_REGISTRY_LIST = (
    "ac asn biz co com coop ed edu gen go gob gouv gov gub gv id in info int ltd me mil mod muni ne net nic nom or org "
    "plc press presse pro sch sec tm web"
)
# Hosts on which every customer has a name of his own below the registered one.
_SHARED_LIST = (
    "appspot.com azurewebsites.net blogspot.com cloudfront.net fly.dev ghost.io github.io gitlab.io herokuapp.com "
    "medium.com netlify.app pages.dev substack.com tumblr.com vercel.app web.app wixsite.com wordpress.com "
    "workers.dev"
)
_REGISTRY_LABELS = frozenset(_REGISTRY_LIST.split())
_SHARED_HOSTS = frozenset(_SHARED_LIST.split())


def registrable_domain(host: str) -> str:
    """`news.example.co.uk` -> `example.co.uk`; an IP address or a single label is its own domain."""
    host = host.lower().rstrip(".")
    if is_ip_literal(host):
        return host
    labels = host.split(".")
    keep = 3 if _has_long_suffix(labels) else 2
    return ".".join(labels[-keep:])


def is_ip_literal(host: str) -> bool:
    """Is this an IPv4 or IPv6 address (brackets or not) rather than a name?"""
    try:
        ipaddress.ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return False
    return True


def _has_long_suffix(labels: list[str]) -> bool:
    if len(labels) < 3:
        return False
    second, top = labels[-2], labels[-1]
    return f"{second}.{top}" in _SHARED_HOSTS or (len(top) == 2 and second in _REGISTRY_LABELS)
