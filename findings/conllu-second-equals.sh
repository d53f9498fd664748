#!/usr/bin/env bash
# conllu 6.0.0: of a value in MISC or FEATS that has an equals sign in it, what stands behind that sign is lost.
#
# One would expect "Url=https://quay.example/?id=7" to be the attribute Url with the value https://quay.example/?id=7,
# as pyconll and udapi read it: the first equals sign divides, and CoNLL-U forbids none in a value of MISC. conllu takes
# what is between the first and the second, and says nothing. Writing the sentence again (serialize) writes the shorter
# value, so a file that was read and written to change one tag has lost the rest of its addresses and of its alignments.
# Comments are divided at the first sign alone, as one would expect.
#
# It matters for us because whoever puts an address beside our tokens would put it into MISC: our export has offsets
# alone there, and whatever else it says of a claim stands in comments, which are kept whole.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check conllu==6.0.0 pyconll==3.3.1 udapi==0.5.2

cat >"$folder/expected" <<'END'
conllu 6.0.0, pyconll 3.3.1, udapi 0.5.2
MISC: Url=https://quay.example/?id=7&page=2|Gloss=a=b|StartChar=0
conllu: Gloss 'a', StartChar '0', Url 'https://quay.example/?id'
pyconll: Gloss 'a=b', StartChar '0', Url 'https://quay.example/?id=7&page=2'
udapi: Gloss 'a=b', StartChar '0', Url 'https://quay.example/?id=7&page=2'
conllu, written again: Url=https://quay.example/?id|Gloss=a|StartChar=0
conllu, comment: https://quay.example/?id=7&page=2
END

cat >"$folder/read.py" <<'END'
from importlib.metadata import version

import conllu
import pyconll
from udapi.core.document import Document

print(", ".join(f"{name} {version(name)}" for name in ("conllu", "pyconll", "udapi")))
MISC = "Url=https://quay.example/?id=7&page=2|Gloss=a=b|StartChar=0"
FILE = f"# url = https://quay.example/?id=7&page=2\n1\tquay\tquay\tNOUN\t_\t_\t0\troot\t_\t{MISC}\n\n"


def shown(name, pairs):
    print(f"{name}:", ", ".join(f"{key} {value!r}" for key, value in sorted(pairs)))


print("MISC:", MISC)
(sentence,) = conllu.parse(FILE)
shown("conllu", sentence[0]["misc"].items())
shown("pyconll", ((key, "".join(values)) for key, values in pyconll.load_from_string(FILE)[0][0].misc.items()))
document = Document()
document.from_conllu_string(FILE)
shown("udapi", document.bundles[0].get_tree().descendants[0].misc.items())
print("conllu, written again:", sentence.serialize().strip().split("\t")[-1])
print("conllu, comment:", sentence.metadata["url"])
END

"$folder/venv/bin/python" "$folder/read.py" | tee "$folder/seen"
if ! diff "$folder/expected" "$folder/seen"; then
    echo "it behaves otherwise than described above" >&2
    exit 1
fi
