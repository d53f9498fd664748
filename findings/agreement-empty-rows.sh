#!/usr/bin/env bash
# irrCAC 0.4.4: claims that nobody has rated make the interval narrower, or the coefficient not a number.
#
# One would expect a claim without a rating to change nothing, and with nan in its cells it does: such rows are left out
# first. Empty texts are missing values, too, but they are made so behind that step. Beside a rating an empty text
# counts as nan does; a row of nothing but empty texts stays, as a claim. AC1 and Fleiss' kappa are nan then, while the
# kappa of Conger and Brennan and Prediger's coefficient keep their values, with an interval that is narrower for claims
# that nobody looked at. Alpha alone is as it was.
#
# It matters for us because `decisions` has an empty value where a claim is not done yet, and docs/export.md has CSV
# read with keep_default_na=False, so that "None" and "NA" stay words: a pivot of both has such rows. It says to leave
# them out.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check irrCAC==0.4.4 pandas==2.3.3 numpy==1.26.4 scipy==1.12.0

cat >"$folder/expected" <<'END'
irrCAC 0.4.4
nan, 0 claims unrated:
  AC1: 0.506 (-0.247 to 1.000)
  Fleiss' kappa: 0.494 (-0.287 to 1.000)
  Conger's kappa: 0.500 (-0.264 to 1.000)
  Brennan-Prediger: 0.500 (-0.263 to 1.000)
  Krippendorff's Alpha: 0.531 (-0.243 to 1.000)
nan, 40 claims unrated:
  AC1: 0.506 (-0.247 to 1.000)
  Fleiss' kappa: 0.494 (-0.287 to 1.000)
  Conger's kappa: 0.500 (-0.264 to 1.000)
  Brennan-Prediger: 0.500 (-0.263 to 1.000)
  Krippendorff's Alpha: 0.531 (-0.243 to 1.000)
empty texts, 0 claims unrated:
  AC1: 0.506 (-0.247 to 1.000)
  Fleiss' kappa: 0.494 (-0.287 to 1.000)
  Conger's kappa: 0.500 (-0.264 to 1.000)
  Brennan-Prediger: 0.500 (-0.263 to 1.000)
  Krippendorff's Alpha: 0.531 (-0.243 to 1.000)
empty texts, 40 claims unrated:
  AC1: nan (nan to 1.000)
  Fleiss' kappa: nan (nan to 1.000)
  Conger's kappa: 0.500 (-0.205 to 1.000)
  Brennan-Prediger: 0.500 (-0.203 to 1.000)
  Krippendorff's Alpha: 0.531 (-0.243 to 1.000)
END

cat >"$folder/measure.py" <<'END'
import warnings
from importlib.metadata import version

import numpy
import pandas
from irrCAC.raw import CAC

warnings.simplefilter("ignore")
print("irrCAC", version("irrCAC"))
RATED = [("yes", "yes"), ("no", "no"), ("yes", "no"), ("yes", "yes"), ("no", "no"), ("no", "yes"), ("yes", "yes"), ("no", "no")]


def shown(name, missing, unrated):
    rows = [*RATED, ("yes", missing), *[(missing, missing)] * unrated]
    print(f"{name}, {unrated} claims unrated:")
    for way in ("gwet", "fleiss", "conger", "bp", "krippendorff"):
        found = getattr(CAC(pandas.DataFrame(rows, columns=["ana", "ben"]), digits=3), way)()["est"]
        low, high = found["confidence_interval"]
        print(f"  {found['coefficient_name']}: {found['coefficient_value']:.3f} ({low:.3f} to {high:.3f})")


shown("nan", numpy.nan, 0)
shown("nan", numpy.nan, 40)
shown("empty texts", "", 0)
shown("empty texts", "", 40)
END

"$folder/venv/bin/python" "$folder/measure.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
