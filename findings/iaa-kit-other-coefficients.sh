#!/usr/bin/env bash
# iaa-kit 0.1.2: what it calls Krippendorff's alpha, and Gwet's AC2, are other coefficients.
#
# One would expect krippendorff_alpha, where the level is nominal and a rating is missing, to be the alpha of
# everybody else. With equal numbers of ratings for all claims it nearly is (and nears it as claims grow). But a claim
# is not weighted by its number of ratings less one: three reviewers of a claim count three times as much as two, not
# one and a half times; and claims that a single reviewer rated, which have nobody to agree with, count for what
# chance would bring. So eight claims are at .47 which are at .38 for krippendorff. "ordinal" is the interval level.
# And ac2 is not Gwet's: it is Cohen's weighted kappa, and differs from AC2 the more, the rarer a value is. The README
# names both as what they are not.
#
# It matters for us because reviewers seldom rate the same claims, and a figure that is printed as Krippendorff's
# alpha is compared with ours. docs/agreement.md says of which programs ours are held to.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    iaa-kit==0.1.2 krippendorff==0.9.0 irrCAC==0.4.4 scikit-learn==1.9.1 pandas==2.3.3

cat >"$folder/expected" <<'END'
iaa-kit 0.1.2, krippendorff 0.9.0, irrCAC 0.4.4, scikit-learn 1.9.1
alpha, complete, 200 claims, nominal: iaa-kit 0.536, krippendorff 0.536
alpha, with gaps, nominal: iaa-kit 0.474, krippendorff 0.379
alpha, and eight claims of one reviewer, nominal: iaa-kit 0.469, krippendorff 0.379
alpha, complete, 200 claims, ordinal: iaa-kit 0.547, krippendorff 0.514
alpha, complete, 200 claims, interval: iaa-kit 0.547, krippendorff 0.547
AC2, linear: iaa-kit 0.211, irrCAC 0.934
kappa, linear: iaa-kit 0.211, scikit-learn 0.211
END

cat >"$folder/measure.py" <<'END'
import math
from importlib.metadata import version

import iaa_kit
import krippendorff
import numpy
import pandas
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score

print(", ".join(f"{name} {version(name)}" for name in ("iaa-kit", "krippendorff", "irrCAC", "scikit-learn")))


def alphas(name, claims, level):
    table = numpy.array([[float(cell) if cell != "." else math.nan for cell in claim] for claim in claims])
    theirs = iaa_kit.krippendorff_alpha(table.tolist(), scale=level, n_boot=1)[0]
    usual = krippendorff.alpha(reliability_data=table.T, level_of_measurement=level)
    print(f"alpha, {name}, {level}: iaa-kit {theirs:.3f}, krippendorff {usual:.3f}")


# A claim is a word of figures, one a reviewer; a point is none.
COMPLETE = ["11", "22", "21", "33", "12", "11", "33", "13", "22", "11"] * 20
GAPS = ["111", "223", "12.", ".33", "11.", "31.", "222", "21."]
ALONE = [*GAPS, *["3.."] * 8]
for name, claims in (("complete, 200 claims", COMPLETE), ("with gaps", GAPS), ("and eight claims of one reviewer", ALONE)):
    alphas(name, claims, "nominal")
alphas("complete, 200 claims", COMPLETE, "ordinal")
alphas("complete, 200 claims", COMPLETE, "interval")
ana, ben = [1] * 45 + [1, 2, 1, 3, 2], [1] * 45 + [2, 1, 3, 1, 2]
found = CAC(pandas.DataFrame({"ana": ana, "ben": ben}), weights="linear", digits=3).gwet()["est"]["coefficient_value"]
print(f"AC2, linear: iaa-kit {iaa_kit.ac2(ana, ben):.3f}, irrCAC {found:.3f}")
print(f"kappa, linear: iaa-kit {iaa_kit.ac2(ana, ben):.3f}, scikit-learn {cohen_kappa_score(ana, ben, weights='linear'):.3f}")
END

"$folder/venv/bin/python" "$folder/measure.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
