"""How often the encoding of a text is found that does not name it: 1,000 invented texts, charset-normalizer beside.

A text is right when every character is.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from annotator.errors import ImportFailure
from annotator.importers.decoding import decoded
from benchmarks.apparatus.table import print_table

TEXTS = 1000
SHORT = 300
SHORTEST, LONGEST = 20, 20_000
UTF_16 = ("utf_16", "utf_16_le", "utf_16_be")
_SEED = 1252


@dataclass(frozen=True, slots=True)
class Made:
    """An invented text, the encoding it was written in, and its bytes."""

    language: str
    text: str
    encoding: str
    data: bytes


def made_texts(count: int, seed: int = _SEED) -> Iterator[Made]:
    """Texts of 20 to 20,000 characters, lengths spread evenly over their logarithm; ASCII alone does not count."""
    draw = random.Random(seed)
    table = tomllib.loads((files("benchmarks.apparatus") / "news_sentences.toml").read_text(encoding="utf-8"))
    pairs = sorted((page, language) for language, row in table.items() for page in row["pages"])
    pages = sorted({page for page, _ in pairs})
    while count:
        page = draw.choice([*pages, "utf_16"])
        language = draw.choice([known for each, known in pairs if each == page] if page in pages else sorted(table))
        encoding = draw.choice(UTF_16) if page == "utf_16" else page
        text = _text(draw, table[language]["sentences"])
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            # A mark that this page never had (a euro sign on an old one): the text is one that nobody could write.
            continue
        if text.isascii() and encoding not in UTF_16:
            continue
        count -= 1
        yield Made(language, text, encoding, data)


def _text(draw: random.Random, sentences: list[str]) -> str:
    length = round(SHORTEST * (LONGEST / SHORTEST) ** draw.random())
    # Half of the texts are nearly ASCII: one sentence with marks among those that have none, where there are such.
    plain = [sentence for sentence in sentences if sentence.isascii()]
    few = draw.random() < 0.5 and plain
    words = draw.choice(sentences)
    while len(words) < length:
        words += draw.choice((" ", " ", "\n\n")) + draw.choice(plain if few else sentences)
    if len(words) > length:
        cut = words.rfind(" ", SHORTEST, max(length, SHORTEST + 1))
        words = words[:cut] if cut > 0 else words
    return words


def _alone(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best is not None else None


def _ours(data: bytes) -> str | None:
    try:
        return decoded(data, "-").text.removeprefix("\ufeff")
    except ImportFailure:
        return None


def main() -> None:
    """Print how many of the texts are not read right, by length and encoding."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=TEXTS, help=f"how many (default: {TEXTS})")
    parser.add_argument("--seed", type=int, default=_SEED, help=f"which (default: {_SEED})")
    parser.add_argument("--quick", action="store_true", help="twenty texts")
    options = parser.parse_args()
    wrong: Counter[tuple[str, bool, str]] = Counter()
    count: Counter[tuple[str, bool]] = Counter()
    for made in made_texts(20 if options.quick else options.texts, options.seed):
        long = len(made.text) >= SHORT
        name = "utf_16" if made.encoding in UTF_16 else made.encoding
        count[name, long] += 1
        for how, read in (("ours", _ours), ("alone", _alone)):
            if read(made.data) != made.text:
                wrong[name, long, how] += 1
    rows = []
    for long in (True, False):
        names = sorted(name for name, of in count if of == long)
        for name in [*names, "all"]:
            some = names if name == "all" else [name]
            total = sum(count[each, long] for each in some)
            failed = [sum(wrong[each, long, how] for each in some) for how in ("ours", "alone")]
            length = f"{SHORT} characters and more" if long else "shorter"
            rows.append([length, name, f"{total}", *(f"{100 * number / max(1, total):.1f} %" for number in failed)])
    print_table(
        "Texts that are not read right, to the character",
        ["length", "encoding", "texts", "wrong", "charset-normalizer alone"],
        rows,
    )


if __name__ == "__main__":
    main()
