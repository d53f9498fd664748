#!/usr/bin/env bash
# web-auto-extractor 1.0.17 and @marbec/web-auto-extractor 2.2.1: a fact-check that is published in microdata has "3
# days ago" for its day, and "one of five" for its rating.
#
# One would expect the value of a property to be the one that HTML gives it for programs: of a time element its datetime,
# of data and meter their value; what stands between the tags is for readers. Both take that text for the value, and the
# attributes of meta and links alone. So days are what the page shows, "3 days ago" or "10 March", and ratings are words:
# the figure of the rating is lost, and so is the best one there is, without which it says nothing. microdata-node 2.0.0
# has all of them.
#
# It matters for us because the rating and the day of a published fact-check are what decides which verdict it stands
# for, and which of two is the later one. docs/checks.md says to take JSON-LD where there is a choice; our reader of
# pages takes the attributes.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --silent --no-audit --no-fund --prefix "$folder" \
    web-auto-extractor@1.0.17 @marbec/web-auto-extractor@2.2.1 microdata-node@2.0.0

cat >"$folder/expected" <<'END'
web-auto-extractor 1.0.17
  claimReviewed: The mayor resigned. | datePublished: 3 days ago | url: https://checks.example/1
  ratingValue: one of five | bestRating: five | worstRating: 1 | False
@marbec/web-auto-extractor 2.2.1
  claimReviewed: The mayor resigned. | datePublished: 3 days ago | url: https://checks.example/1
  ratingValue: one of five | bestRating: five | worstRating: 1 | False
microdata-node 2.0.0
  claimReviewed: [ 'The mayor resigned.' ] | datePublished: [ '2026-03-10' ] | url: [ 'https://checks.example/1' ]
  ratingValue: 1 | bestRating: 5 | worstRating: 1 | False
END

cat >"$folder/page.html" <<'END'
<!doctype html><html lang="en"><head><title>Did the mayor resign?</title></head><body>
<div itemscope itemtype="https://schema.org/ClaimReview">
  <p itemprop="claimReviewed">The mayor resigned.</p>
  <time itemprop="datePublished" datetime="2026-03-10">3 days ago</time>
  <link itemprop="url" href="https://checks.example/1">
  <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
    <data itemprop="ratingValue" value="1">one of five</data>
    <meter itemprop="bestRating" value="5" max="5">five</meter>
    <meta itemprop="worstRating" content="1">
    <span itemprop="alternateName">False</span>
  </div>
</div></body></html>
END

cat >"$folder/read.cjs" <<'END'
const fs = require("fs");
const version = (name) => JSON.parse(fs.readFileSync(`node_modules/${name}/package.json`, "utf8")).version;
const page = fs.readFileSync("page.html", "utf8");

function shown(name, review, rating) {
  console.log(name, version(name));
  console.log("  claimReviewed:", review.claimReviewed, "| datePublished:", review.datePublished, "| url:", review.url);
  const { ratingValue, bestRating, worstRating, alternateName } = rating;
  console.log(`  ratingValue: ${ratingValue} | bestRating: ${bestRating} | worstRating: ${worstRating} | ${alternateName}`);
}

const First = require("web-auto-extractor").default;
const first = First().parse(page).microdata.ClaimReview[0];
shown("web-auto-extractor", first, first.reviewRating);

const Second = require("@marbec/web-auto-extractor").default;
const second = new Second().parse(page).microdata.ClaimReview[0];
shown("@marbec/web-auto-extractor", second, second.reviewRating);

const { properties } = require("microdata-node").toJson(page, { base: "https://checks.example/" }).items[0];
shown("microdata-node", properties, properties.reviewRating[0].properties);
END

(cd "$folder" && node read.cjs) | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
