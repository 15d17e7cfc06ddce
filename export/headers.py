"""`_headers`, which Netlify, Cloudflare Pages and others read; the site works without it too."""

from __future__ import annotations

import html
import re

from face_detect.command import FacecastError

_POLICY = re.compile(
    r"""<meta[^>]*http-equiv=["']content-security-policy["'][^>]*content="([^"]*)\"""", re.I
)


# Nobody else's page may frame this one and lay something over its buttons.
_ONLY_IN_A_HEADER = "frame-ancestors 'none'"


# They say which of all other files are the right ones.
_ASKED_EACH_TIME = ("/", "/index.html", "/manifest.json", "/site.webmanifest", "/sw.js")


class PolicyError(FacecastError):
    """A page without the policy that keeps its pictures on the machine."""


def headers(page: str) -> str:
    """The file's text; the content policy is the page's own and what a <meta> cannot say."""
    found = _POLICY.search(page)
    if found is None:
        raise PolicyError("index.html: has no <meta> with a Content-Security-Policy")
    policy = " ".join(html.unescape(found[1]).split())
    fresh = "".join(f"\n{path}\n  Cache-Control: no-cache\n" for path in _ASKED_EACH_TIME)
    return (
        "/*\n"
        f"  Content-Security-Policy: {policy.rstrip(' ;')}; {_ONLY_IN_A_HEADER}\n"
        "  X-Content-Type-Options: nosniff\n"
        "  Referrer-Policy: no-referrer\n"
        "  Permissions-Policy: camera=(self), microphone=(), geolocation=()\n"
        "\n"
        "/assets/*\n"
        "  Cache-Control: public, max-age=31536000, immutable\n"
        f"{fresh}"
    )
