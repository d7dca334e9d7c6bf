"""The forms of English words, so that a lexicon can list each word once."""

import re
from collections.abc import Iterator

VOWELS = frozenset("aeiou")
DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdglmnprt]$")  # of one syllable: stop, ban; the rest are listed
IRREGULAR = {
    "be": "am is are was were been being 's 're 'm",
    "have": "has had having 've",
    "do": "does did done doing",
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "feel": "feels felt feeling",
    "see": "sees saw seen seeing",
    "know": "knows knew known knowing",
    "find": "finds found finding",
    "swear": "swears swore sworn swearing",
    "withhold": "withholds withheld withholding",
    "seek": "seeks sought seeking",
    "beg": "begs begged begging",
    "bid": "bids bade bidding",
    "foresee": "foresees foresaw foreseen foreseeing",
    "uphold": "upholds upheld upholding",
    "overturn": "overturns overturned overturning",
    "strike": "strikes struck striking",
    "forbid": "forbids forbade forbidden forbidding",
    "understand": "understands understood understanding",
    "hit": "hits hitting",
    "put": "puts putting",
    "set": "sets setting",
    "take": "takes took taken taking",
    "make": "makes made making",
    "give": "gives gave given giving",
    "go": "goes went gone going",
    "choose": "chooses chose chosen choosing",
    "rethink": "rethinks rethought rethinking",
    "throw": "throws threw thrown throwing",
    "stand": "stands stood standing",
    "raise": "raises raised raising",
    "show": "shows showed shown showing",
    "plead": "pleads pleaded pled pleading",
    "pay": "pays paid paying",
    "lay": "lays laid laying",
    "keep": "keeps kept keeping",
    "stay": "stays stayed staying",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "recall": "recalls recalled recalling",
    "rebut": "rebuts rebutted rebutting",
    "recount": "recounts recounted recounting",
    "ban": "bans banned banning",
    "plan": "plans planned planning",
    "admit": "admits admitted admitting",
    "commit": "commits committed committing",
    "permit": "permits permitted permitting",
    "regret": "regrets regretted regretting",
    "acquit": "acquits acquitted acquitting",
    "quip": "quips quipped quipping",
    "bar": "bars barred barring",
    "strip": "strips stripped stripping",
    "laud": "lauds lauded lauding",
    "sue": "sues sued suing",
    "hear": "hears heard hearing",
    "lead": "leads led leading",
    "read": "reads reading",
    "own": "owns owned owning",
    "mean": "means meant meaning",
    "agree": "agrees agreed agreeing",
    "disagree": "disagrees disagreed disagreeing",
    "slam": "slams slammed slamming",
    "opt": "opts opted opting",
    "enter": "enters entered entering",
    "quiz": "quizzes quizzed quizzing",
}


def verb_forms(lemma: str) -> Iterator[str]:
    """The forms of a verb, the lemma first."""
    yield lemma
    if lemma in IRREGULAR:
        yield from IRREGULAR[lemma].split()
        return
    if lemma.endswith("e"):
        yield from (lemma + "s", lemma + "d", lemma[:-1] + "ing")
    elif lemma.endswith("y") and lemma[-2] not in VOWELS:
        yield from (lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    else:
        stem = lemma + lemma[-1] if DOUBLED.search(lemma) else lemma
        plural = "es" if lemma.endswith(("s", "x", "z", "ch", "sh")) else "s"
        yield from (lemma + plural, stem + "ed", stem + "ing")


def noun_forms(noun: str) -> Iterator[str]:
    """A noun and its plural."""
    yield noun
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        yield noun[:-1] + "ies"
    else:
        yield noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")
