#!/usr/bin/env bash
# trafilatura 2.3.1 (courlan 1.4.0): the address of an article loses the part that says which article it is.
#
# One would expect extract_metadata(page).url to be what the page's canonical link says. It is rewritten as addresses of
# a crawl are: every parameter in whose name ref, source, session, uid, medium, keyword, campaign or the like stands is
# taken for a tracker and left out, two slashes become one, and the others are sorted. So minutes?session=57&uid=4 is
# minutes, for every session, and the copy in an archive has another address. Where the page says its address as og:url,
# the same address stays as it is. The manual of courlan shows that utm_source is left out; that of trafilatura speaks
# of the page's URL.
#
# It matters for us because the address is what a reader of a fact-check follows, and what says that two articles are
# one publication. We take the address from the page ourselves (importers/pages/saying.py), and a test holds that it
# stays whole.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    trafilatura==2.3.1 courlan==1.4.0 lxml==6.1.3 lxml_html_clean==0.4.6 justext==3.0.2 htmldate==1.11.0

cat >"$folder/expected" <<'END'
trafilatura 2.3.1, courlan 1.4.0
https://parliament.example/minutes?session=57&uid=4
  canonical: https://parliament.example/minutes
  og:url: https://parliament.example/minutes?session=57&uid=4
https://law.example/act?id=3&ref=2020/17
  canonical: https://law.example/act?id=3
  og:url: https://law.example/act?id=3&ref=2020/17
https://archive.example/2020/https://example.org/quay
  canonical: https://archive.example/2020/https:/example.org/quay
  og:url: https://archive.example/2020/https://example.org/quay
https://example.org/?p=123
  canonical: https://example.org/?p=123
  og:url: https://example.org/?p=123
END

cat >"$folder/address.py" <<'END'
from html import escape
from importlib.metadata import version

import trafilatura

print(", ".join(f"{name} {version(name)}" for name in ("trafilatura", "courlan")))
PAGE = "<html><head><title>Quay</title>{}</head><body><article><h1>Quay</h1><p>The quay was closed.</p></article></body></html>"
WAYS = {"canonical": '<link rel="canonical" href="{}">', "og:url": '<meta property="og:url" content="{}">'}
for address in (
    "https://parliament.example/minutes?session=57&uid=4",
    "https://law.example/act?id=3&ref=2020/17",
    "https://archive.example/2020/https://example.org/quay",
    "https://example.org/?p=123",
):
    print(address)
    for name, element in WAYS.items():
        print(f"  {name}: {trafilatura.extract_metadata(PAGE.format(element.format(escape(address)))).url}")
END

"$folder/venv/bin/python" "$folder/address.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
