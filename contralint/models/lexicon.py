"""Small tables of English that comparing two texts needs: frames, opposites, synonyms, languages, formats."""

from __future__ import annotations

import regex

from contralint.patterns import IGNORECASE, REVERSE, lazy_pattern
from contralint.words import stem


def _pattern(text: str) -> regex.Pattern[str]:
    return lazy_pattern(text, IGNORECASE)


CONTRACTIONS = tuple(
    (_pattern(short), full)
    for short, full in (
        (r"\bcan't\b", "can not"),
        (r"\bcannot\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"\bshan't\b", "shall not"),
        (r"\bain't\b", "is not"),
        (r"n't\b", " not"),
        (r"\blet's\b", "let us"),
        (r"\b(what|who|where|when|how|why|that|there|here|it|he|she)'s\b", r"\1 is"),
        (r"\b(\w+)'re\b", r"\1 are"),
        (r"\b(\w+)'ve\b", r"\1 have"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\bI'm\b", "I am"),
        (r"\b(I|you|he|she|we|they)'d\b", r"\1 would"),
    )
)

# What may stand before or behind a request without changing what is asked.
FRAMES = tuple(
    _pattern(text)
    for text in (
        r"^(?:hi|hello|hey)(?: there)?\s*[,!.]+\s*",
        r"^(?:please|kindly|so|ok|okay|well|quick question)\b[\s,:.-]*",
        r"^(?:can|could|would|will) (?:you|someone|anyone)(?: please| kindly| possibly)?(?: help me(?: to)?)?\s+",
        r"^(?:tell|let) (?:me|us)(?: know)?(?: about)?(?=\s+(?:what|who|where|when|why|how|which|if|whether)\b)\s*",
        r"^(?:explain|tell) (?:to )?me(?=\s+(?:what|who|where|when|why|how|which)\b)\s*",
        r"^(?:i was|i am|i'm) (?:just )?(?:wondering|curious)(?: about)?[\s,:]*",
        r"^(?:i|we) (?:would like|want|need|wish)(?: you)? to (?:know|find out|understand)\s+",
        r"^(?:i|we) (?:would like|want|need)(?: you)? to\s+",
        r"^(?:do|does|did) (?:you|anyone|anybody|someone)(?: happen to)? know\s+",
        r"^(?:any (?:idea|clue)|i have a question|question)[\s,:-]+",
        r"^(?:is it possible|would it be possible) (?:for you )?to\s+",
        r"[\s,]*(?:please|thank you|thanks|thanks in advance|many thanks|cheers)[\s.!?]*$",
    )
)

# The words that a frame begins with, and those that one ends with: without them there is none to be looked for.
_FRAMING = frozenset(
    "hi hello hey please kindly so ok okay well quick can could would will tell let explain i we do does did any "
    "question is".split()
)
_FRAMED_BY = ("please", "you", "thanks", "advance", "cheers")
_FIRST_WORD = lazy_pattern(r"\w+")
_LAST_WORD = lazy_pattern(r"\w+", REVERSE)


def may_be_framed(text: str) -> bool:
    """Whether a text without white space at its ends begins or ends as one in a frame does."""
    first, last = _FIRST_WORD.match(text), _LAST_WORD.search(text)
    if not first or not last:
        return False
    return first[0].casefold() in _FRAMING or last[0].casefold().endswith(_FRAMED_BY)


NUMERALS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split()
    )
    if word != "one"
} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "twice": 2,
}

NEGATIONS = {
    word: key
    for key, words in {
        "not": "not no never none neither nor nobody nothing nowhere cannot",
        "without": "without except excluding besides unless lacking",
        "avoid": "avoid prevent refuse stop unable impossible",
    }.items()
    for word in words.split()
}

QUESTION_WORDS = frozenset("what which who whom whose where when why how whether".split())

FUNCTION_WORDS = frozenset(
    """a an the this that these those it its is are was were be been being am do does did has have had having will
    would shall should can could may might must of in on at to for from by with about as into onto and or but if so
    than then there here i me my mine you your yours we us our he him his she her they them their one ones some any
    just also very really quite exactly actually basically simply please tell give show let know like want need get got
    us go thing way kind sort make made""".split()
)

_OPPOSITES = """easier/harder higher/lower larger/smaller bigger/smaller greater/smaller greater/less greater/lesser
longer/shorter taller/shorter hotter/colder warmer/cooler warmer/colder faster/slower sooner/later older/newer
older/younger heavier/lighter stronger/weaker richer/poorer deeper/shallower wider/narrower thicker/thinner
closer/farther nearer/farther louder/quieter brighter/darker cleaner/dirtier softer/harder lighter/darker
easiest/hardest fastest/slowest oldest/youngest heaviest/lightest strongest/weakest closest/farthest warmest/coldest
cheapest/dearest comfortable/uncomfortable likely/unlikely first/final initial/final beginning/end beginning/ending
increase/decrease raise/lower rise/fall maximum/minimum maximize/minimize max/min most/least more/less
more/fewer first/last before/after earlier/later start/end begin/finish begin/end open/close pro/con
advantage/disadvantage benefit/drawback benefit/risk best/worst good/bad better/worse high/low highest/lowest
large/small largest/smallest big/small biggest/smallest long/short longest/shortest tall/short hot/cold
warm/cool fast/slow fastest/slowest quickly/slowly old/new oldest/newest old/young early/late up/down
upper/lower left/right north/south east/west northern/southern eastern/western inside/outside above/below
front/back top/bottom enable/disable add/remove add/subtract add/delete install/uninstall import/export
encode/decode encrypt/decrypt compress/decompress push/pull upload/download login/logout read/write
positive/negative true/false yes/no legal/illegal safe/unsafe safe/dangerous safe/harmful healthy/unhealthy
possible/impossible male/female man/woman men/women boy/girl husband/wife father/mother dad/mom son/daughter
brother/sister uncle/aunt king/queen buy/sell lend/borrow win/lose success/failure succeed/fail gain/lose
love/hate friend/enemy ascending/descending odd/even horizontal/vertical public/private internal/external
input/output cause/effect cause/treatment cause/cure cause/symptom symptom/treatment question/answer
before/during formal/informal formal/casual active/passive singular/plural synonym/antonym similarity/difference
same/different always/never all/none every/some all/some everyone/nobody day/night morning/evening summer/winter
spring/autumn sunrise/sunset rich/poor strong/weak heavy/light hard/soft wet/dry full/empty alive/dead
accept/reject allow/forbid allow/ban approve/deny support/oppose agree/disagree include/exclude heat/cool
freeze/melt lock/unlock tie/untie fill/empty attack/defend hire/fire arrive/leave grow/shrink expand/contract
ancient/modern domestic/foreign urban/rural liquid/solid acid/base absolute/relative local/global
synchronous/asynchronous static/dynamic mutable/immutable lowercase/uppercase vegan/meat vegetarian/meat
indoor/outdoor teach/learn ask/answer lose/gain lose/find send/receive give/take help/harm save/waste save/spend
protect/harm create/destroy build/destroy construct/demolish simple/complex easy/difficult easy/hard
introduction/conclusion prove/disprove sad/happy funny/serious persuade/dissuade credit/debit asset/liability
supply/demand revenue/cost profit/loss client/server parent/child primary/secondary major/minor minimum/average
maximum/average median/mean sum/product union/intersection row/column prefix/suffix stack/queue get/post
kill/heal murder/save stab/heal"""

_SYNONYMS = """big large huge | small little tiny | begin start commence | buy purchase | car
automobile | make create build
produce generate | write compose draft | fix repair | big large | fast quick rapid | smart intelligent clever |
help assist aid | show display | use utilize employ | find locate | choose select pick | important significant |
method approach technique | error mistake bug | job occupation | movie film | kid child | mom mother | dad
father | phone telephone | photo picture image | doctor physician | ill sick | happen occur | explain describe
clarify elaborate | story tale | brief short concise | summary summarize summarise | list enumerate name |
discover invent | creator inventor author | wrote author written | typical usual normal common | begin start |
end finish | quantity amount | people population inhabitant | people person | live reside | die death dead |
birth born | high height tall | long length | deep depth | wide width | heavy weight weigh | old age | far
distance | hot temperature | cost price much | allow permit let | teach instruct | answer respond reply |
improve enhance boost | reduce decrease lower lessen | increase raise boost | get obtain acquire | require need
necessary | different distinct | difference differ differentiate distinguish | compare comparison | reason cause
why | tip advice suggestion | suggest recommend propose | safe secure | funny humorous | poem verse | email mail
| recipe cook | translate translation | convert change turn | calculate compute | function method | delete
remove erase | bike bicycle | tv television | uk britain | usa us america | meaning mean definition define |
abbreviation acronym | sign symptom | cure treat treatment remedy therapy | drug medicine medication | stomach
belly abdomen tummy | ache pain hurt | doc physician doctor | pregnant pregnancy | infect infection | kidney
renal | heart cardiac | advantage benefit pro upside | disadvantage drawback con downside | biggest largest |
smallest tiniest | speak talk | speech talk | rewrite rephrase paraphrase reword | sort order | order sequence |
grow cultivate | bread loaf | vacation holiday trip | flat apartment | lawyer attorney | student pupil | company
firm business | sea ocean | earth planet | rock stone | boat ship | road street | city town | shop store | gift
present | trash garbage rubbish waste | soccer football | fall autumn | cab taxi | elevator lift | wash clean |
quit stop cease | try attempt | start launch open | boil cook | dog canine | cat feline | main primary principal
chief"""

_SPELLINGS = """colour color|favourite favorite|organise organize|summarise summarize|analyse
analyze|centre center|behaviour
behavior |realise realize|recognise recognize|optimise optimize|minimise minimize|maximise maximize|litre
liter|metre meter|kilometre kilometer |grey gray|programme program|travelling traveling|licence license|tyre
tire|aluminium aluminum|doughnut donut|flavour flavor|humour humor|honour honor |labour labor|neighbour
neighbor|theatre theater|catalogue catalog|dialogue dialog|cheque check|jewellery jewelry|mum mom|maths
math|learnt learned"""

_LANGUAGES = """english french german spanish italian portuguese dutch russian chinese mandarin
cantonese japanese korean arabic
hindi bengali urdu turkish polish swedish norwegian danish finnish greek hebrew latin thai vietnamese indonesian
swahili ukrainian czech hungarian romanian python javascript java typescript rust go golang ruby perl php bash
sql kotlin swift scala haskell matlab"""

_FORMATS = """json yaml xml csv markdown html latex table list bullet sentence paragraph word essay
poem haiku sonnet limerick
song rhyme story code script email letter tweet headline outline bulletpoint step brief briefly short detailed
detail rhyming verse dialogue summary one-liner"""

_SCOPES = """only all every each both either first last second third next previous final main top best worst most least
average total typical exact at always usually sometimes ever still yet already again currently today tomorrow
yesterday now future past"""


def _partners(groups: list[list[str]]) -> dict[str, tuple[str, ...]]:
    """For each word, the others of its groups, sorted."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            found.setdefault(word, set()).update(other for other in group if other != word)
    return {word: tuple(sorted(others)) for word, others in found.items() if others}


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


OPPOSITE_WORDS = _partners([pair.split("/") for pair in _OPPOSITES.split()])
SYNONYM_WORDS = _partners([group.split() for group in _SYNONYMS.split("|")])
OPPOSITES = frozenset((stem(word), stem(other)) for word, others in OPPOSITE_WORDS.items() for other in others)
SYNONYMS = frozenset((stem(word), stem(other)) for word, others in SYNONYM_WORDS.items() for other in others)
SPELLINGS = dict(pair.split() for pair in _SPELLINGS.split("|"))
LANGUAGES = _stems(_LANGUAGES)
FORMATS = _stems(_FORMATS)
SCOPES = _stems(_SCOPES)
