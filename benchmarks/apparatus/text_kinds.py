"""Kinds of odd text, each made in any length: what a rule that looks too far would be slow on.

All of it is invented. A kind is mostly a piece that is repeated behind the beginning of a sentence; others are one long
run at a place where rules look, or pieces drawn from a list with a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

_START, _END = "The mayor said ", " end of it."

_MARKS = "'\"_-.,;:!?()[]{}<>/\\|*#@&%$^~`+=•·…‘’“”„«»‹›–—¿¡†§¶°′″。、「」『』《》（）！？；：।؟،"
_RUNS = {f"run of {mark}": mark for mark in _MARKS}

_OPENED = {
    f"opened and never closed: {mark}": f"The mayor said {mark}the pier is shut, and it stays shut. "
    for mark in ("'", '"', "“", "‘", "„", "«", "‹", "「", "『", "``", "''", ",,", "(", "[", "{", "<", "《", "—")
}
_CLOSED = {
    f"closed and never opened: {mark}": f"The pier is shut, and it stays shut.{mark} The mayor said so. "
    for mark in ("'", '"', "”", "’", "»", "›", "」", "』", ")", "]")
}
_QUOTED = {
    "quotations": "“The pier is shut,” said Ines Duarte. “It stays shut.” ",
    "quotations, two sentences": "“The pier is shut. It stays shut,” the harbour master said. ",
    "quotations, typewriter's": '"The pier is shut," said Ines Duarte. "It stays shut." ',
    "quotations, single": "'The pier is shut,' said Ines Duarte. 'It stays shut.' ",
    "quotations in quotations": "“He told me ‘the pier is shut’ and left,” said Ines Duarte. ",
    "quotations opened in quotations": "“He told me ‘the pier is “shut ",
    "quotations of one word": "the “shut” pier and the “old” ramp ",
    "quotations without speaker": "“The pier is shut.” ",
    "paragraphs that are quotations": "“The pier is shut. It stays shut.”\n\n",
    "paragraphs that open and never close": "“The pier is shut. It stays shut.\n\n",
    "quotations with a colon": "The mayor said: “The pier is shut. It stays shut.”\n\n",
    "introductions of block quotes": "In a letter the mayor wrote:\n\nI shut the pier. I keep it shut.\n\n",
    "block quotes": "> The pier is shut, I said.\n> It stays shut.\n\n",
    "scare quotes": "a 'pier' and a \"ramp\" and a ‘dam’ and ",
    "apostrophes in words": "the boys' and girls' mothers' dogs' ",
    "apostrophes before words": "'twas the '90s and 'em ",
    "brackets in brackets": "(the [old (pier) is] shut) ",
    "brackets that never close, in words": "the (old ",
    "quotations closed by another mark": "„The pier is shut‟, “it stays shut«, »so it is“ ",
}

_FIGURES = {
    "digits": "1",
    "digits and points": "1.",
    "digits and commas": "1,",
    "decimals": "3.5 ",
    "long numbers": "1,234,567.89 ",
    "versions": "1.2.3.4.5-",
    "dates": "on 3. 5. 2020 and 12/31/1999 and Jan. 12, ",
    "times": "at 5 p.m. and 6:30 a.m. ",
    "prices": "$2.75 and €3,50 and 40% ",
    "ordinals": "1st 2nd 3rd 4th ",
    "notes": "shut.[1] It stays shut.[2] ",
    "raised figures": "m² and ¹²³ ",
    "roman numbers": "Chapter IV. Article XII. ",
}
_ABBREVIATED = {
    "initials": "A. ",
    "initials without spaces": "A.B.",
    "initials and a name": "J. K. Duarte ",
    "small initials": "a. b. ",
    "abbreviations": "e.g. i.e. etc. vs. ",
    "titles": "Mr. Dr. Gov. Lt. Sen. ",
    "states": "R-N.Y. and Tenn., Calif. ",
    "firms": "Vale Inc. and Tarn Ltd. Co. ",
    "U.S.": "U.S. ",
    "stops without spaces": "pier.ramp.",
    "sentences without spaces": "The pier closed.The ramp did not.",
    "stops and quotation marks": '." "A',
    "stops and capitals": "A.' ",
    "questions": "Who? When? Why? ",
    "exclamations": "No! Never! ",
    "ellipses": "so … and . . . on ... ",
}
_JOINED = {
    "hyphens": "a-",
    "hyphens between capitals": "A-A-",
    "chains of hyphens": "state-of-the-art-",
    "long dashes": "pier — ramp — ",
    "two hyphens": "pier -- ramp--dam",
    "slashes": "and/or/",
    "underscores in words": "pier_ramp_",
    "clitics": "it's they're ",
    "clitics alone": "'s 's 'll ",
    "ampersands": "Vale & Sons & ",
    "one long word": "a",
    "one long word in capitals": "A",
    "words in camel case": "PierRampDam",
    "divided words": "a well-\nknown bri-\ndge ",
    "soft hyphens": "har\u00adbour mas\u00adter ",
    "run of soft hyphens": "\u00ad",
}
_BLANKS = {
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "wide spaces": "\u3000",
    "words far apart": f"pier{' ' * 40}",
    "line breaks": "\n",
    "line breaks of Windows": "\r\n",
    "old line breaks": "pier\r",
    "blank lines of spaces": "   \n",
    "lines of one letter": "a\n",
    "lines of one stop": ".\n",
    "paragraphs of one word": "Pier\n\n",
    "paragraphs of one sentence": "The mayor said that the pier is shut.\n\n",
    "line separators": "pier\u2028ramp\u2029",
    "form feeds": "pier\f",
    "zero-width spaces": "\u200b",
    "words and zero-width spaces": "pier\u200bramp \u200b",
    "zero-width joiners": "\u200d",
    "directional marks": "\u200fpier\u200e",
    "byte order marks": "\ufeff",
    "control characters": "pier\x01\x1b[0m",
}
_ADDRESSES = {
    "addresses": "https://example.org/a/b?c=d#e ",
    "one long address": "https://example.org/" + "a/b?c=d&" * 8,
    "addresses in a row": "https://",
    "www": "www.example.org, www.",
    "mail addresses": "ines.duarte@example.org, ",
    "mail addresses without end": "ines.duarte@",
    "at signs": "@ines #pier ",
    "domains": "example.com.",
}
_LAID_OUT = {
    "list of bullets": "- the pier is shut\n",
    "list of numbers": "1. the pier is shut\n",
    "list in a list": "- pier\n  - ramp\n    - dam\n",
    "list in a sentence": "(a) pier; (b) ramp; ",
    "headings": "Pier and Ramp\n\n",
    "headings of Markdown": "# Pier\n\n",
    "headings between paragraphs": f"Pier and Ramp\n\n{'The pier is shut and it stays shut. ' * 4}\n\n",
    "rows of a table": "| pier | ramp |\n",
    "bars of links": "Home | News | Sport | Weather\n\n",
    "bylines": "By Ines Duarte\n",
    "credits": "Photo: Ines Duarte/Example Wire\n",
    "captions": "The pier at dawn. (Photo by Ines Duarte/Example Wire)\n\n",
    "boilerplate": "Sign up for our newsletter.\n\n",
    "comments": "3 comments\n\n",
    "datelines": "LARCH HOLLOW, July 29 (Example Wire) — The pier is shut.\n\n",
    "rulers": "-----\n",
    "signs of emphasis": "*pier* _ramp_ **dam** ",
    "emphasis that never closes": "*pier _ramp **dam ",
    "code": "`pier` ``ramp` ",
    "links of Markdown": "[pier](https://example.org/a) ",
    "links that never close": "[pier](",
    "pictures of Markdown": "![pier](a.png) ",
    "notes of Markdown": "pier[^1] ",
    "tags": "<b>pier</b> ",
    "tags that never close": "<b ",
    "tags that never end": "<div>",
    "comments of HTML": "<!-- pier --> ",
    "entities": "&amp;&#39;&nbsp;",
    "fences": "```\npier\n",
    "front matter": "---\ntitle: pier\n",
    "struck out": "~~pier~~ ~ramp ",
    "ranks of >": "> > > pier\n",
}
_GRAMMAR = {
    "one sentence": "and the pier at the old ramp stays shut until the ferry comes ",
    "one sentence of nouns": "pier ",
    "one sentence of names": "Ines Duarte ",
    "one paragraph": "The pier is shut. ",
    "one paragraph of attributions": "The mayor said that the pier is shut. ",
    "short sentences": "It is. ",
    "names in a list": "Ines Duarte, Tomas Vale, ",
    "names joined by and": "Ines Duarte and Tomas Vale and ",
    "appositions": "Ines Duarte, the harbour master, the mayor, ",
    "appositions in dashes": "Ines — the mayor — ",
    "of-phrases": "the head of the union of the port of ",
    "possessives": "the mayor's wife's brother's ",
    "adjectives": "old grey small ",
    "adverbs": "very quickly often ",
    "determiners": "the a this ",
    "prepositions": "in on at by with ",
    "pronouns": "he she they it ",
    "conjunctions": "and but or ",
    "subordinators": "that because while ",
    "relative clauses": "who said that ",
    "chains of who said": "the man who told the woman who said that ",
    "chains of said that": "he said that she said that ",
    "chains of according to": "according to the mayor, ",
    "chains of behind-verb speakers": "said the mayor, ",
    "verbs of saying": "said claimed told warned ",
    "verbs of saying with commas": "said, claimed, told, ",
    "infinitives": "wants to ask to order to ",
    "gerunds": "saying claiming asking ",
    "participles": "accused of, told by, seen by ",
    "modals": "would could may ",
    "negations": "did not deny that it was not ",
    "passives": "was told by the mayor, was seen by ",
    "nouns of saying": "the claim that the report that the warning that ",
    "told somebody": "told Reuters that told the Post that ",
    "quotations and verbs": "“a,” said he, “b,” said she, ",
    "labels": "Mayor: the pier is shut. Vale: it is not.\n",
    "questions and answers": "Q: Is the pier shut? A: It is.\n",
    "citing": "citing the mayor, citing the union, ",
    "reportedly": "reportedly allegedly ",
    "semicolons": "the pier is shut; the mayor said so; ",
    "colons": "the mayor said: the union said: ",
    "commas in a sentence": "pier, ramp, dam, ",
    "clauses that open a sentence": "while the mayor said, after she said, ",
    "speakers with titles": "Lt. Gov. Ines Duarte said. ",
    "speakers in pronouns": "She said so. He denied it. They asked. ",
    "sources that come back": "Duarte said so. The mayor agreed. Ines Duarte added that. ",
    "headlines": "Mayor Says Pier Is Shut, Union Says It Is Not: ",
}
_SCRIPTS = {
    "Chinese": "市长说码头已经关闭，渡轮也停了。",
    "Chinese without stops": "市长说码头已经关闭渡轮也停了",
    "Chinese quotations": "他说：“码头关了！”她说：「没有。」",
    "Chinese titles": "《码头》！《",
    "Japanese": "市長は埠頭が閉まっていると述べた。",
    "Japanese quotations": "「埠頭は閉まっています。」と市長は述べた。",
    "hiragana": "はとばはしまっています",
    "katakana": "フェリー・ターミナル",
    "Korean": "시장은 부두가 닫혔다고 말했다. ",
    "Arabic": "قال رئيس البلدية إن الرصيف مغلق. ",
    "Arabic with vowels": "قَالَ رَئِيسُ ",
    "Hebrew": "ראש העיר אמר שהמזח סגור. ",
    "Devanagari": "महापौर ने कहा कि घाट बंद है। ",
    "Bengali": "মেয়র বলেছেন ঘাট বন্ধ। ",
    "Tamil": "மேயர் கூறினார். ",
    "Thai": "นายกเทศมนตรีกล่าวว่าท่าเรือปิดแล้ว",
    "Khmer": "អភិបាលក្រុងបាននិយាយថា។ ",
    "Burmese": "မြို့တော်ဝန်က ပြောသည်။ ",
    "Greek": "Ο δήμαρχος είπε ότι η προβλήτα έκλεισε; ",
    "Cyrillic": "Мэр сказал, что в 2020 г. причал закрыт. ",
    "Armenian": "Քաղաքապետն ասաց, որ նավամատույցը փակ է։ ",
    "Ethiopic": "ከንቲባው ወደቡ ተዘግቷል አሉ። ",
    "Georgian": "მერმა თქვა, რომ ნავმისადგომი დაკეტილია. ",
    "German": "Der Bürgermeister sagte am 3. Mai, die Brücke sei z. B. „geschlossen“. ",
    "French": "Le maire a dit : « Le quai est fermé ! » ",
    "Spanish": "¿Está cerrado el muelle? ¡Sí!, dijo el alcalde. ",
    "Turkish": "Belediye başkanı, iskelenin kapalı olduğunu söyledi. ",
    "Vietnamese": "Thị trưởng nói rằng bến tàu đã đóng cửa. ",
    "combining marks": "\u0301",
    "letters with combining marks": "e\u0301a\u0308",
    "letters with many marks": "e" + "\u0301\u0323\u0308" * 10,
    "marks out of order": "\u0301\u0323",
    "marks of Thai out of order": "\u0e48\u0e38",
    "vowel signs": "\u093f",
    "conjoining Hangul": "\u1100\u1161\u11a8",
    "emoji": "\U0001f469\u200d\U0001f680\U0001f1e9\U0001f1ea",
    "flags": "\U0001f1e9",
    "ligatures": "oﬃce ﬁre ",
    "full width": "Ｔｈｅ　ｐｉｅｒ．",
    "letters of two scripts": "рiеr ",
    "mathematical letters": "𝐓𝐡𝐞 𝐩𝐢𝐞𝐫 ",
}
# One run as long as the text, at a place where a rule looks at what stands there.
_LONG = {
    "spaces": " ",
    "line breaks": "\n",
    "apostrophes": "'",
    "closing marks": "’",
    "hyphens": "-",
    "underscores": "_",
    "stops": ".",
    "commas": ",",
    "brackets": "(",
    "figures": "1",
    "capitals": "A",
    "words": "old ",
    "names": "Vale ",
    "zero-width spaces": "\u200b",
    "marks": "\u0323\u0301",
}
_PLACES = {
    "alone": ("", ""),
    "in a name": ("Ines ", " Duarte said that the pier is shut."),
    "in a word": ("The pi", "er is shut, the mayor said."),
    "behind a cue": ("The mayor said ", " that the pier is shut."),
    "in a quotation": ("“The pier is shut", "”, said Ines Duarte. “It stays shut.”"),
    "behind a quotation": ("“The pier is shut.”", " said Ines Duarte, the mayor. She left."),
    "behind a stop": ("The pier is shut.", " The mayor said so."),
    "in an apposition": ("Ines Duarte, the ", " mayor, said that the pier is shut."),
}
_PLACED: Mapping[str, tuple[str, str, str]] = {
    f"{run} {place}": (before, piece, behind)
    for run, piece in _LONG.items()
    for place, (before, behind) in _PLACES.items()
}

_PIECES: Mapping[str, str] = {
    **_RUNS,
    **_OPENED,
    **_CLOSED,
    **_QUOTED,
    **_FIGURES,
    **_ABBREVIATED,
    **_JOINED,
    **_BLANKS,
    **_ADDRESSES,
    **_LAID_OUT,
    **_GRAMMAR,
    **_SCRIPTS,
}
_WORDS = (
    "The",
    "mayor",
    "said",
    "that",
    "pier",
    "was",
    "shut",
    "by",
    "Ines",
    "Duarte",
    "who",
    "told",
    "Reuters",
    "not",
)
_DRAWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "mixed: marks": ("", tuple(_MARKS)),
    "mixed: marks and words": (" ", (*_MARKS, *_WORDS)),
    "mixed: marks on words": ("", (*_MARKS, *_WORDS, " ")),
    "mixed: quotation marks and words": (" ", (*"'\"“”‘’„«»", *_WORDS)),
    "mixed: stops, capitals and spaces": ("", (". ", "A", "a", " ", '"', "?", "1")),
    "mixed: clauses": ("", (", ", "who ", "said ", "that ", "Ines Duarte ", "“a” ", "the mayor ", ". ")),
    "mixed: lines": ("\n", ("By Ines", "Pier", "The pier is shut.", "“Shut.", "- a", "", "Photo: Vale", "He wrote:")),
    "mixed: pieces of all kinds": ("", tuple(_PIECES.values())),
    "mixed: scripts": ("", tuple(_SCRIPTS.values())),
    "mixed: blanks": ("pier", tuple(_BLANKS.values())),
}

KINDS: tuple[str, ...] = (*_PIECES, *_PLACED, *_DRAWN)
"""The names of the kinds."""


def made(kind: str, size: int) -> str:
    """A text of a kind, of about this many code points: the same every time, and the beginning of every longer one."""
    if kind in _PIECES:
        piece = _PIECES[kind]
        return f"{_START}{piece * (size // len(piece))}{_END}"
    if kind in _PLACED:
        before, piece, behind = _PLACED[kind]
        return f"{before}{piece * (size // len(piece))}{behind}"
    between, pieces = _DRAWN[kind]
    choose = random.Random(kind)
    drawn: list[str] = []
    length = 0
    while length < size:
        drawn.append(choose.choice(pieces))
        length += len(drawn[-1]) + len(between)
    return f"{_START}{between.join(drawn)}{_END}"
