#!/usr/bin/env bash
# htmldate 1.11.0 (trafilatura 2.3.1): the day that a page says of itself gives way to a day in its sentences, and where it
# says a month, to the day on which the program runs.
#
# One would expect find_date to give the date of publication in the page's metadata, or none. But what lies before 1995 is
# taken for a mistake, and the search goes on: an article of 1989 which tells of a strike of 2016 has been published in
# 2016, with nothing to show for it. (min_date mends that in htmldate; extract_metadata of trafilatura passes none on.)
# And an ISO month such as 2019-03 is completed with the present day of the month: the same page, read again on another
# day, has another date, while as March 2019 in words it becomes the first of January. All of them look like days that
# somebody wrote.
#
# It matters for us because the date decides what could be known when an article was written, and archives are full of
# articles older than 1995. We take the day from the page ourselves, as it is written (importers/pages/days.py).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    htmldate==1.11.0 trafilatura==2.3.1 courlan==1.4.0 lxml==6.1.3 lxml_html_clean==0.4.6 justext==3.0.2 dateparser==1.5.0

cat >"$folder/expected" <<'END'
htmldate 1.11.0, trafilatura 2.3.1
1989-11-10, and a strike of 2016 in the text: htmldate 2016-05-02, trafilatura 2016-05-02, with min_date 1989-11-10
1995-11-10, and a strike of 2016 in the text: htmldate 1995-11-10, trafilatura 1995-11-10, with min_date 1995-11-10
1989-11-10, and no other: htmldate None, trafilatura None, with min_date 1989-11-10
2019-03: htmldate 2019-03-TODAY, trafilatura 2019-03-TODAY, with min_date 2019-03-TODAY
March 2019: htmldate 2019-01-01, trafilatura 2019-01-01, with min_date 2019-01-01
END

cat >"$folder/date.py" <<'END'
from datetime import date
from importlib.metadata import version

import trafilatura
from htmldate import find_date

print(", ".join(f"{name} {version(name)}" for name in ("htmldate", "trafilatura")))
PAGE = (
    '<html><head><title>Wall</title><meta property="article:published_time" content="{}"></head>'
    "<body><article><h1>Wall</h1><p>The wall is open.{}</p></article></body></html>"
)
STRIKE = " The strike of 2 May 2016 was the last."


def masked(found):
    """The day of the month replaced where it is today's; March has all of them."""
    today = f"2019-03-{date.today().day:02}"
    return "2019-03-TODAY" if found == today else found


for what, day, more in (
    ("1989-11-10, and a strike of 2016 in the text", "1989-11-10", STRIKE),
    ("1995-11-10, and a strike of 2016 in the text", "1995-11-10", STRIKE),
    ("1989-11-10, and no other", "1989-11-10", ""),
    ("2019-03", "2019-03", ""),
    ("March 2019", "March 2019", ""),
):
    page = PAGE.format(day, more)
    ways = {
        "htmldate": find_date(page),
        "trafilatura": trafilatura.extract_metadata(page).date,
        "with min_date": find_date(page, min_date="1900-01-01"),
    }
    print(f"{what}:", ", ".join(f"{name} {masked(found)}" for name, found in ways.items()))
END

"$folder/venv/bin/python" "$folder/date.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
