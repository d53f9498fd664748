#!/usr/bin/env bash
# scikit-learn 1.9.1 with SciPy 1.17.1: what DictVectorizer makes is refused by a solver of LogisticRegression.
#
# One would expect what one part of scikit-learn makes to be taken by every other: DictVectorizer turns named features into a
# sparse matrix, LogisticRegression takes sparse matrices. With `solver="liblinear"` it does not: the indices of the matrix are
# 64 bits wide, however small it is, and liblinear takes 32. Through TfidfVectorizer the same solver works, and so it does
# with the same matrix stacked below another one, because SciPy narrows the indices there: whether a program runs depends
# on a step that does nothing else.
#
# It matters for us because the weights of check-worthiness are fitted on named features with this solver (it is exact and
# repeatable on small data): the fitting narrows the indices itself.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check scikit-learn==1.9.1 scipy==1.17.1

cat >"$folder/expected" <<'END'
scikit-learn 1.9.1, scipy 1.17.1
DictVectorizer: indices of 64 bits, liblinear: ValueError, lbfgs: fitted
TfidfVectorizer: indices of 32 bits, liblinear: fitted, lbfgs: fitted
DictVectorizer, stacked: indices of 32 bits, liblinear: fitted, lbfgs: fitted
END

cat >"$folder/wide.py" <<'END'
from importlib.metadata import version

from scipy.sparse import vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

print(", ".join(f"{name} {version(name)}" for name in ("scikit-learn", "scipy")))
texts = ["the ferry fares rose", "what a lovely morning", "the pier fell", "good night"]
labels = [1, 0, 1, 0]


def fitted(matrix, solver):
    try:
        LogisticRegression(solver=solver).fit(matrix, labels)
    except ValueError as error:
        return type(error).__name__
    return "fitted"


named = DictVectorizer().fit_transform([{word: 1.0 for word in text.split()} for text in texts])
stacked = vstack([named[:2], named[2:]]).tocsr()
for name, matrix in (
    ("DictVectorizer", named),
    ("TfidfVectorizer", TfidfVectorizer().fit_transform(texts)),
    ("DictVectorizer, stacked", stacked),
):
    bits = 8 * matrix.indices.dtype.itemsize
    solvers = ", ".join(f"{solver}: {fitted(matrix, solver)}" for solver in ("liblinear", "lbfgs"))
    print(f"{name}: indices of {bits} bits, {solvers}")
END

"$folder/venv/bin/python" "$folder/wide.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
