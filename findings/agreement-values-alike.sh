#!/usr/bin/env bash
# krippendorff 0.9.0, nltk 3.10.4, scikit-learn 1.9.1, statsmodels 0.15.0: reviewers who all say the same agree wholly, or
# not a number, or not at all, depending on whom one asks.
#
# Where every value is alike the agreement that is expected by chance is complete, and alpha and kappa are 0 divided by 0:
# they have no value. One would expect libraries to say so in one way. nltk gives 1.0 for alpha, kappa, pi and S alike,
# scikit-learn and statsmodels give nan (with a warning from the division), and krippendorff raises ValueError. So a mean
# over facets, or over the resamples of a bootstrap, is another number with each: nltk pulls it up, one nan makes it nan, and
# numpy's nanmean leaves the case out without a word. With resampled articles that happens often where a label is rare.
#
# It matters for us because we say "undefined: all values alike", count the resamples in which it happened, and hold our
# coefficients to these programs only where there is a value.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check \
    krippendorff==0.9.0 nltk==3.10.4 scikit-learn==1.9.1 statsmodels==0.15.0

cat >"$folder/expected" <<'END'
krippendorff 0.9.0, nltk 3.10.4, scikit-learn 1.9.1, statsmodels 0.15.0
krippendorff alpha: ValueError
nltk alpha: 1, kappa: 1.0, pi: 1.0, S: 1.0
scikit-learn kappa: nan
statsmodels Fleiss' kappa: nan
END

cat >"$folder/alike.py" <<'END'
import warnings
from importlib.metadata import version

import krippendorff
import numpy
from nltk.metrics.agreement import AnnotationTask
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

warnings.simplefilter("ignore")
names = ("krippendorff", "nltk", "scikit-learn", "statsmodels")
print(", ".join(f"{name} {version(name)}" for name in names))
# Two reviewers, five claims, and both find every claim supported.
try:
    print("krippendorff alpha:", krippendorff.alpha(reliability_data=[[1] * 5] * 2, level_of_measurement="nominal"))
except ValueError as error:
    print("krippendorff alpha:", type(error).__name__)
task = AnnotationTask([(name, str(claim), "supported") for name in ("ana", "ben") for claim in range(5)])
print("nltk", ", ".join(f"{name}: {getattr(task, name)()}" for name in ("alpha", "kappa", "pi", "S")))
print("scikit-learn kappa:", cohen_kappa_score(["supported"] * 5, ["supported"] * 5))
print("statsmodels Fleiss' kappa:", fleiss_kappa(numpy.array([[2, 0]] * 5)))
END

"$folder/venv/bin/python" "$folder/alike.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
