#!/usr/bin/env bash
# statsmodels 0.15.0: for Fleiss' kappa, a claim that a reviewer has not rated has been rated by her.
#
# One would expect ratings that are missing (nan, as a pivot table has them) to be left out, or refused: fleiss_kappa
# itself refuses claims with unequal numbers of ratings. But aggregate_raters, which its manual sends one to, makes a
# category of nan as of any other value. Then every claim has equally many ratings, nothing is refused, and reviewers
# who both left a claim out agree on it. In the first example that takes kappa from 0.31 (of the complete claims) to
# 0.21; in the second one, two reviewers who agree on what both rated no better than chance have 0.6.
#
# It matters for us because reviewers seldom rate the same claims: a pivot of `annotator export decisions` has such
# gaps. Our own coefficients count a claim that a reviewer left out as not rated, and docs/agreement.md says which of
# them allow it.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    statsmodels==0.15.0 krippendorff==0.9.0 pandas==2.3.3

cat >"$folder/expected" <<'END'
statsmodels 0.15.0, krippendorff 0.9.0
three reviewers: categories [1.0, 2.0, nan], Fleiss' kappa 0.213, of the complete claims 0.314, alpha 0.558
two reviewers: categories [1.0, 2.0, nan], Fleiss' kappa 0.6, of the complete claims 0.0, alpha 0.125
END

cat >"$folder/missing.py" <<'END'
from importlib.metadata import version

import krippendorff
import pandas
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

print(", ".join(f"{name} {version(name)}" for name in ("statsmodels", "krippendorff")))


def measured(what, *reviewers):
    claims = pandas.DataFrame([[{"1": 1, "2": 2}.get(each) for each in ratings] for ratings in reviewers], dtype=float).T
    counts, categories = aggregate_raters(claims)
    complete, _ = aggregate_raters(claims.dropna())
    alpha = krippendorff.alpha(reliability_data=claims.T.to_numpy(), level_of_measurement="nominal")
    print(
        f"{what}: categories {[float(each) for each in categories]}, Fleiss' kappa {fleiss_kappa(counts):.3g}, "
        f"of the complete claims {fleiss_kappa(complete):.3}, alpha {alpha:.3g}"
    )


# A row is a reviewer, a figure her rating of a claim, a point none.
measured("three reviewers", "112121..", "12212.1.", "1122.112")
measured("two reviewers", "1122....", "1212....")
END

"$folder/venv/bin/python" "$folder/missing.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
