#!/usr/bin/env bash
# nltk 3.10.4: where a table has what a reviewer said first and what she says by now, kappa goes by the row in front,
# and alpha by both.
#
# One would expect two ratings of one claim by one reviewer to be refused, or the later one to hold, or all coefficients
# to take them alike. AnnotationTask says nothing. Observed agreement, kappa and pi compare the row that comes first,
# while the agreement by chance, by which kappa and pi are corrected, counts both; alpha makes two ratings of them, so
# that she disagrees with herself. Two reviewers who agree on all three claims by now have kappa 0 where the earlier row
# is in front, 1 where it is behind, and alpha .5 with either. simpledorff 0.0.2 takes the row in front for alpha, too.
#
# It matters for us because a table of decisions as they were made has such rows. Ours has one of each claim, reviewer
# and facet, with what she said first and what she says by now in columns of their own, and `annotator agreement`
# refuses a table in which somebody has rated a unit twice.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check nltk==3.10.4 simpledorff==0.0.2 pandas==2.3.3 numpy==1.26.4

cat >"$folder/expected" <<'END'
nltk 3.10.4, simpledorff 0.0.2
first alone: kappa 0.40, pi 0.33, alpha 0.44, observed 0.67, simpledorff's alpha 0.44
later alone: kappa 1.00, pi 1.00, alpha 1.00, observed 1.00, simpledorff's alpha 1.00
first, then later: kappa 0.00, pi -0.09, alpha 0.50, observed 0.67, simpledorff's alpha 0.44
later, then first: kappa 1.00, pi 1.00, alpha 0.50, observed 1.00, simpledorff's alpha 1.00
END

cat >"$folder/measure.py" <<'END'
from importlib.metadata import version

import pandas
import simpledorff
from nltk.metrics.agreement import AnnotationTask

print(f"nltk {version('nltk')}, simpledorff {version('simpledorff')}")
SAME = [("ana", 1, "yes"), ("ben", 1, "yes"), ("ana", 2, "no"), ("ben", 2, "no"), ("ana", 3, "yes")]
FIRST, LATER = ("ben", 3, "no"), ("ben", 3, "yes")


def shown(name, *rows):
    task = AnnotationTask([*SAME, *rows])
    found = {"kappa": task.kappa(), "pi": task.pi(), "alpha": task.alpha(), "observed": task.avg_Ao()}
    table = pandas.DataFrame([*SAME, *rows], columns=["reviewer", "claim", "value"])
    found["simpledorff's alpha"] = simpledorff.calculate_krippendorffs_alpha_for_df(table, "claim", "reviewer", "value")
    print(f"{name}:", ", ".join(f"{key} {value:.2f}" for key, value in found.items()))


shown("first alone", FIRST)
shown("later alone", LATER)
shown("first, then later", FIRST, LATER)
shown("later, then first", LATER, FIRST)
END

"$folder/venv/bin/python" "$folder/measure.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
