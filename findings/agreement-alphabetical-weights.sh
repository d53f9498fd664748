#!/usr/bin/env bash
# scikit-learn 1.9.1, irrCAC 0.4.4: to weighted kappa, "low" stands between "high" and "medium", as in a dictionary.
#
# One would expect weights="linear" on words to be refused, or to ask for their order, as krippendorff does. Both
# programs weight by the place of a value among the sorted values that were seen: high, low, medium. So "low" against
# "high" is a small difference and "high" against "medium" the greatest one; quadratic kappa is 0 instead of .57. Where
# the values are numbers it is their places again, not they: 0, 1 and 3 are weighted otherwise once a single 2 is in the
# data, so the kappa of two reviewers changes with what nobody chose. `labels` (scikit-learn) and `categories` (irrCAC)
# mend both. Their manuals say of these what they select, not that the order of them is the scale; with kappa
# unweighted, it makes no difference.
#
# It matters for us because confidence is low, medium and high in our exports, and worth, anonymity and the like have an
# order that is not the alphabet's. Ours is the scheme's order, values included that nobody used, and `annotator
# agreement` says when it takes the alphabet's.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    scikit-learn==1.9.1 irrCAC==0.4.4 krippendorff==0.9.0 pandas==2.3.3

cat >"$folder/expected" <<'END'
scikit-learn 1.9.1, irrCAC 0.4.4, krippendorff 0.9.0
scikit-learn, words: unweighted 0.25, linear 0.118, quadratic 0.0
scikit-learn, words with labels: unweighted 0.25, linear 0.4, quadratic 0.571
irrCAC, words: unweighted 0.25, linear 0.118, quadratic 0.0
irrCAC, words with categories: unweighted 0.25, linear 0.4, quadratic 0.571
krippendorff, words: ValueError
scikit-learn, 0 1 3: linear 0.553, with labels 0 1 2 3: 0.611
END

cat >"$folder/weights.py" <<'END'
from importlib.metadata import version

import krippendorff
import pandas
from irrCAC.raw import CAC
from sklearn.metrics import cohen_kappa_score

print(", ".join(f"{name} {version(name)}" for name in ("scikit-learn", "irrCAC", "krippendorff")))
SCALE = ["low", "medium", "high"]
ana = ["low", "medium", "high", "high", "low", "medium"]
ben = ["low", "high", "high", "medium", "medium", "medium"]


def by_scikit_learn(weights, scale):
    return cohen_kappa_score(ana, ben, weights=weights, labels=scale)


def by_irr(weights, scale):
    ratings = pandas.DataFrame({"ana": ana, "ben": ben})
    return CAC(ratings, weights=weights or "identity", categories=scale).conger()["est"]["coefficient_value"]


for name, scale, kappa in (
    ("scikit-learn, words", None, by_scikit_learn),
    ("scikit-learn, words with labels", SCALE, by_scikit_learn),
    ("irrCAC, words", None, by_irr),
    ("irrCAC, words with categories", SCALE, by_irr),
):
    values = (f"{weights or 'unweighted'} {round(float(kappa(weights, scale)), 3)}" for weights in (None, "linear", "quadratic"))
    print(f"{name}:", ", ".join(values))
try:
    print("krippendorff, words:", krippendorff.alpha(reliability_data=[ana, ben], level_of_measurement="ordinal"))
except ValueError as error:
    print("krippendorff, words:", type(error).__name__)
ana, ben = [0, 0, 3, 3, 1, 0, 3], [0, 3, 3, 3, 1, 1, 3]
seen, whole = (by_scikit_learn("linear", scale) for scale in (None, [0, 1, 2, 3]))
print(f"scikit-learn, 0 1 3: linear {seen:.3f}, with labels 0 1 2 3: {whole:.3f}")
END

"$folder/venv/bin/python" "$folder/weights.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
