"""Words that a full stop belongs to, by what may follow them, and words that open a sentence.

The tables follow what the style books of English-language newsrooms abbreviate (titles, months, states,
companies), with the commonest abbreviations of German, French, Spanish, Portuguese, Italian and Dutch.
All are lower-case, without the final full stop.
"""

from __future__ import annotations


def _words(*rows: str) -> frozenset[str]:
    return frozenset(word for row in rows for word in row.split())


# Written with a capital, always followed by a name: the stop never ends a sentence.
TITLES = _words(
    "mr mrs ms mx messrs mmes dr drs prof profs rev revs hon fr msgr pres",
    "gov govs sec secs sen sens rep reps supt det insp atty asst assoc dep del dir ald",
    "lt ltg col gen maj capt cmdr comdr cmdt adm sgt sgts cpl pvt pfc cpt brig ofc",
    "sra srta dña mme mlle mgr dipl.-ing ing hr fra fru frl dott dott.ssa sig sig.ra dhr mevr",
)

# In any case, always followed by what they introduce.
LINKS = _words(
    "vs v viz cf e.g i.e esp approx ca med phil jur rer nat z.b d.h u.a z.t bzw vgl ggf evtl sog p.ex p.ej ee"
)

# Before a figure the stop never ends a sentence; before anything else it may ("No. We did not.").
BEFORE_FIGURES = _words(
    "c p op pop no nos nr núm num pp pg pág págs fig figs sec secs art arts ch chap vol vols eds pt rm ext tel",
    "jan feb mar apr jun jul aug sep sept oct nov dec abs kap bd ft lb lbs hr hrs est",
)

# Written with a capital; the stop ends a sentence where something follows that opens one.
MAY_BE_LAST = _words(
    "jr sr esq inc corp co cos ltd llc plc bros mfg univ dept div assn bancorp intl natl",
    "st ste mt ft ave blvd rd hwy pkwy dist",
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri",
    "ph.d uu",
)
STATES = _words(
    "ala ariz ark calif colo conn fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa",
    "penn tenn tex va vt wash wis wyo w.va n.y n.j n.h n.c s.c n.d s.d n.m r.i d.c b.c ont que alta",
)

# After a place: "Washington, D.C. Mayor Prado".
AFTER_PLACES = _words("mayor gov attorney council circuit metro police superior district national federal public area")

TIMES = _words("a.m p.m am pm")

# After a time of day: "at 5 p.m. Monday", "6 a.m. Eastern".
AFTER_TIMES = _words(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun",
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "est edt et cst cdt ct mst mdt mt pst pdt pt gmt bst cet cest utc ist jst eastern central mountain pacific",
)

# Months that an ordinal figure is written before, with a full stop between ("am 3. Oktober").
ORDINAL_MONTHS = _words(
    "januar jänner februar märz april mai juni juli august september oktober november dezember marts maj",
)

# Words that open sentences and are hardly ever the second part of a name.
OPENERS = _words(
    "the a this that these those such some any all both each every many most much more few several another other",
    "no neither either none one two three four five six seven eight nine ten dozens hundreds thousands millions",
    "i he she it we you they his her its our your their my who what when where why how which whose whether",
    "and but or nor so yet for because since although though while whereas if unless until once as than",
    "in on at by from with without to of into over under after before during about between among against through",
    "across amid amidst despite throughout upon within toward towards like unlike following according given",
    "not now then there here however meanwhile moreover nevertheless nonetheless instead still also again even just",
    "only perhaps maybe indeed thus therefore hence later earlier today yesterday tomorrow asked pressed speaking",
    "additionally furthermore finally overall recently currently",
    "is are was were has have had do does did can could would should might must let let's please an",
    "don't it's he's she's we're they're we've i'm i've i'll that's there's what's here's didn't isn't can't",
    "yes well oh nothing something everyone everything nobody people critics officials police authorities",
    "der die das ein eine er sie es wir ich und aber im am auf mit nach bei doch dabei auch",
    "el los las un una ella ellos pero en con por según para desde",
    "le les il elle ils elles nous et mais dans avec pour selon sur",
    "os uma ele ela mas segundo gli nel het een hij zij maar",
)

# Names that end in an exclamation mark.
EXCLAIMED = _words("yahoo jeopardy")

# What follows the full stop of an internet domain that was written with a capital.
DOMAINS = _words("com org net gov edu co uk eu tv io js info")

# Before a quotation with no comma or colon between, these take the whole quotation as their object.
TAKE_QUOTATIONS = _words("that said says saying wrote writes writing stated states declared read reads added called")
