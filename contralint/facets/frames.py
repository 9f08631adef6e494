"""How a speaker denies or claims an ability: the words around an act, whatever the act is.

A frame ends where the act, or the thing that one would have, begins: "I can't " + "set an alarm", "I have no " + "body".
"""

# ruff: noqa: E501 (a pattern is read best unbroken)

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from contralint.facets.lexicon import Form
from contralint.patterns import lazy_pattern


@dataclass(frozen=True)
class Person:
    """How a speaker is named, with and without a form of be."""

    subject: str
    being: str


@dataclass(frozen=True)
class Frame:
    """Words that lead to an act in one form of its verb, or to a noun that one has."""

    pattern: regex.Pattern[str]
    leads_to: Form | Literal["noun"]
    impersonal: bool = False


_MODEL = r"this (?:ai|assistant|model|bot|chatbot)"
FIRST = Person(subject=rf"\b(?:i|{_MODEL})", being=rf"\b(?:i am|i'm|im|{_MODEL} is)")
SECOND = Person(
    subject=rf"\b(?:you|the (?:ai|assistant|model|bot|chatbot)|(?:the|this) (?:ai )?assistant|{_MODEL}|it)",
    being=r"\b(?:you are|you're|(?:the|this) (?:ai )?(?:assistant|model|bot|chatbot) is|it is)",
)
_ADVERB = r"(?:(?:(?!physically|only)\w+ly|even|just|also|still|ever|yet|now|personally|myself|here|really|quite|so|too|then|ahead|today|kindly|right|in fact|of course|as an ai|however|always|often|sometimes|usually|happily|gladly|myself|either|on my own|by myself|in any way|for you),?\s+)"
_A = rf"{_ADVERB}{{0,3}}"
_NOT = r"(?:can't|cannot|can not|cant|can neither|can never|can no longer|won't be able to|will not be able to|wouldn't be able to|am not able to|am unable to|don't|do not|doesn't|does not|never|must not|may not|should not|shouldn't|could never|will never be able to)"
_UNABLE = r"(?:not able|unable|not equipped|not designed|not built|not programmed|not set up|not in a position|not made|powerless|not currently able|not yet able|not configured|not authorized|not really able|not actually able|not physically able)"
_LACK = r"(?:lack|lacks|do not have|don't have|does not have|doesn't have|have no|has no|haven't got|have not got|have neither|do not possess|don't possess|possess no|simply have no|come with no|don't come with|was never given|wasn't given|was not given|wasn't built with|'ve got no|'ve no|hold no|harbou?r no|carry no|experience no|feel no|get no|have not been given|haven't been given|have got no)"
_ABILITY = r"(?:\w+\s+)?(?:ability|abilities|capability|capabilities|capacity|means|power|way|functionality|hardware|option|equipment|faculties|ears|eyes|hands|body)"
_OTHERS = r"(?!\b(?:you|he|she|they|we|it|users?|people|who|which|someone|anyone|humans?)\b)"
_LIST = r"(?:a|an|any|the|my|real|actual|such|own|of my own|direct|true|kind of|sort of|form of|things like|access to|a way to access|connection to|ability to access)"


def _compile(source: str) -> regex.Pattern[str]:
    return lazy_pattern(source)


def _denials(person: Person) -> tuple[Frame, ...]:
    subject, being = person.subject, person.being
    return (
        Frame(
            _compile(
                rf"{subject},? {_A}{_NOT} {_A}"
                rf"|(?:\b(?:and|or|but|so|nor|thus|therefore)|,|-|—|–)\s+{_A}(?:can't|cannot|can not|unable to|am unable to|am not able to|don't|do not|never) {_A}"
                rf"|(?:\b(?:and|but|so|thus|therefore)|,|-|—|–)\s+{_A}(?:lack|don't have|do not have|have no) {_A}(?:(?:the|any|a|an)\s+)?{_ABILITY} to {_A}"
                rf"|{being} {_A}{_UNABLE} (?:yet )?to {_A}"
                rf"|\b(?:nor|neither) (?:can|do|am|could) (?:i|you) {_A}(?:able to )?"
                r"|\b(?:no (?:real |good )?way for (?:me|you)|(?:isn't|is not|not|impossible|isn't really|not technically) (?:possible )?for (?:me|an ai|a (?:language|text)[\w -]*model)) to "
                r"|\b(?:makes?|making|leaves?|keeps?|prevents?|stops?) (?:it impossible for )?me (?:to|unable to|from being able to) "
                r"|\bi (?:don't|do not) (?:think|believe) i(?:'m able to| can| am able to) "
            ),
            "base",
        ),
        Frame(
            _compile(
                rf"(?:{subject} {_A}{_LACK}|{subject}'ve (?:got )?no) {_A}(?:(?:the|any|a|an)\s+)?{_ABILITY}(?:,? (?:or|and) \w+)? (?:\w+ )?to {_A}"
            ),
            "base",
        ),
        Frame(
            _compile(
                rf"{being} {_A}(?:not capable of|incapable of|not able of|not one for|not set up for|not built for|not designed for|not equipped for) (?:actually |physically )?"
                rf"|{subject} {_A}(?:{_LACK} {_A}(?:(?:the|any|a|an)\s+)?{_ABILITY} of|(?:don't|do not|can't|cannot|doesn't|does not) support) "
            ),
            "gerund",
        ),
        Frame(
            _compile(
                rf"{subject} {_A}(?:{_LACK}|don't get|don't experience|do not experience|have never had|never had|am without|'m without|can't have|cannot have|don't carry|do not carry|don't keep|do not keep|retain no|keep no|need no) {_A}"
                rf"|{being} {_A}(?:without|incapable of|not capable of|free of|devoid of|not (?:equipped|fitted|built|blessed|provided|endowed|set up) with) "
                rf"|{subject}'ve (?:got )?no {_A}"
                rf"|(?:\b(?:and|but)|,)\s+{_A}(?:have no|don't have|do not have|lack) {_A}"
            ),
            "noun",
        ),
        Frame(
            _compile(
                r"\b(?:without|no|there's no|there is no|has no|having no|lacking|with no|have no|not having) (?:such thing as )?"
            ),
            "noun",
            impersonal=True,
        ),
    )


EXERCISES = (
    Frame(
        _compile(
            rf"{FIRST.subject}(?:'ll|\s+(?:can|will|am able to|have the (?:ability|capability|power|tools|means) to|do have the (?:ability|capability) to|managed to|was able to)) {_A}(?:go ahead and )?"
            rf"|{FIRST.being} {_A}(?:able to|fully able to|going to|about to|equipped to|designed to|set up to) {_A}"
            rf"|\b(?:let me|allow me to|lemme) {_A}(?:go ahead and )?|{FIRST.subject} (?:do )?{_A}"
        ),
        "base",
    ),
    Frame(
        _compile(rf"{FIRST.subject}\s+{_A}(?:went ahead and |took the liberty and )?{_A}"),
        "past",
    ),
    Frame(_compile(rf"{FIRST.subject}(?:'ve|\s+have|\s+had) {_A}(?:gone ahead and )?"), "participle"),
    Frame(
        _compile(
            rf"{FIRST.being} {_A}(?:fully |perfectly )?(?:capable of )?(?:currently |busy )?"
            rf"|{FIRST.subject}(?:'ve|\s+have)? (?:been|was|just finished|finished|started|enjoy|love|spent [\w ]{{3,25}}|took the liberty of|keep) {_A}"
        ),
        "gerund",
    ),
    Frame(
        _compile(rf"{FIRST.subject}(?:'ve got|\s+(?:do have|have|possess|do possess|was given|enjoy|'ve got))\s+{_A}"),
        "noun",
    ),
)
DENIALS_FIRST = _denials(FIRST)
DENIALS_SECOND = _denials(SECOND)

# Frames without a speaker deny only in a sentence that says what the speaker is.
NATURE = lazy_pattern(
    r"\b(?:ai|a\.i\.|artificial intelligence|language model|llm|text[- ](?:based|only)|chatbot|(?:virtual|digital|ai) assistant|computer program|piece of software|software|machine learning|just a (?:bot|program|model|machine)|a (?:bot|program|machine|model|robot)\b|neural network|algorithm|large model|my (?:nature|design|architecture|training))\b"
)
ASSISTANT = lazy_pattern(r"\b(?:assistant|model|chatbot|bot)\b")
SPEAKERS = frozenset("i i'm i've i'll i'd im my me mine ai assistant model bot chatbot".split())
HAVING = frozenset("have possess got i've given enjoy".split())
CONTINUED = lazy_pattern(
    r"(?:,? (?:or|and|nor|but)|,|/)\s+(?:even |also |then |just |to |otherwise |i (?:can|do|'ve|have|also|just) |(?:can't|cannot|don't|do not|have no|no|any|lack) |(?:the |any )?(?:ability|access|way|means|capability|capacity) (?:to|of) |neither |have |actually |physically (?=\w+ing)|in any way )*"
)
CLAUSE_END = lazy_pattern(
    r"\b(?:but|because|since|so|however|though|although|if|unless|which|while|whereas|who|until)\b|\b(?:and|or|then|,),? (?:it|you|he|she|they|we|this|that|there)\b|[;:—?]| - "
)
GERUND_DENIED = lazy_pattern(
    r"(?:isn't|is not|aren't|are not|is just not|is simply not|isn't really|is not really) (?:something|a thing|anything|things|among the things|one of the things|part of what|a task) (?:that )?(?:i|an ai|a language model)[\w ']{0,40}(?:can|do|able|capable|for|have|perform|experience|process|feel|possess|handle)"
    r"|(?:isn't|is not|aren't|are not|is just not|is simply not) (?:(?:among|one of|part of) my|possible for (?:me|an ai|a \w+)|within my|in my (?:power|toolkit|skill|wheelhouse|repertoire)|an option for me|available to me|(?:\w+ )?possible for me)"
    r"|(?:is|are|falls?|lies|'s)[\w ]{0,14} (?:beyond|outside) (?:of )?(?:me\b|my|what (?:i|an ai|a language))|is (?:impossible for (?:me|an ai)|something (?:that )?i (?:can't|cannot|'m unable|am unable|am not able|'m not able|simply can't|just can't))|requires? (?:a body|hands|physical)"
)
CONDITIONAL = lazy_pattern(
    r"\b(?:if|means?|you can|would|could|imagine|wish|suppose|pretend|as if|as though|were i|once you|should|might|whether|hypothetically|let's say|unless|until|instead of|rather than|example|for instance|as an? (?:user|customer|driver|student|reader|human))\b"
    r"|\b(?:not|never|no|without|cannot)\b[^,;:.!]*$|n't\b[^,;:.!]*$"
)
MISSING_INPUT = lazy_pattern(
    r"\b(?:(?:images?|files?|attachments?|photos?|pictures?|links?|documents?)\b[^.]{0,15}\b(?:in (?:our|the|this) chat|here|yet|attached|so far)|attach(?:ed|ment)s? (?:to|in|didn't|here|with|came|was)|you(?:'ve)? (?:haven't|didn't|have not|did not|not) (?:yet )?(?:attach|provid|shar|includ|upload|past|mention|sa|specif|giv|sent)\w*"
    r"|no (?:image|file|attachment|photo|link|picture|document|audio)s? (?:was|were|is|came|attached|here|in|seems)|(?:could|can|would) you (?:please )?(?:upload|paste|share|attach|re-?send|provide|try)|please (?:upload|paste|attach|share|re-?)"
    r"|unless|until|without (?:your|more|further|knowing|seeing|that|confirm|some|additional|access to (?:the|your) (?:file|image|document|code))|in (?:your|this|the) message|(?:file|image|attachment|link|photo|document|audio|picture)s? (?:you|that you|seems?|didn't|is missing|appears)|enough (?:context|information|detail)s?)"
)
MISSING_TOOL = lazy_pattern(
    r"\b(?:(?:tools?|plug-?ins?|integrations?|connectors?|functions?|permissions?|extensions?|skills?|apps?|features?)\b (?:for|to (?!help|assist)|that|isn't|is not|available|enabled|here|in this|connected|turned|at hand|needed|required|hasn't|was)|(?:browsing|search|web|calendar|email|messaging|alarm) tools?"
    r"|(?:isn't|is not|not|aren't|hasn't been|haven't been|wasn't|have(?:n't)?) (?:\w+ )?(?:enabled|connected|turned on|switched on|available|linked|granted|installed|paired|configured|activated) (?:in|for|here|right|yet|to this|at|on this|with this|your|any)"
    r"|(?:is|are|was|seems?|appears?) (?:\w+ )?(?:offline|disconnected|unavailable|unreachable|unplugged|not paired)|timed? out|errors?\b|failed|not responding|is down|unreachable|try again|maintenance|in (?:this|the current) (?:chat|session|conversation|environment|deployment|workspace)|(?:with|has|have|had) no (?:\w+ )?tools?)"
)
POLICY = lazy_pattern(
    r"\b(?:harass\w*|threat\w*|illegal\w*|impersonat\w*|abus\w*|phish\w*|spam\w*|scam\w*|harm\w*|defam\w*|polic(?:y|ies)|guidelines|ethic\w*|unethical|malicious|stalk\w*|hack\w*|fraud\w*|without (?:their|her|his|your|the \w+'s) (?:consent|permission|knowledge|approval)|inappropriate|comfortable|blackmail|weapon\w*|counterfeit|stolen|pirated|fake|false|hateful|explicit|violen\w*|consent|confidential|privacy|malware|ransomware|bully\w*|insult\w*)\b"
)
MATERIAL = lazy_pattern(
    r"\b(?:the|your|this|that|these|those|any)\s+(?:\w+\s+)?(?:file|image|photo|picture|attachment|document|link|url|video|recording|audio|screenshot|page|website|webpage|attachments|files|photos|pdf|spreadsheet|clip)\b"
)
REQUESTED = lazy_pattern(
    r"(?:^\s*|[,:;] |\b(?:please|can you|could you|will you|would you|(?:want|need|like|ask|love) you to|and|then|don't forget to|remember to|just|now|also) )(?:(?:please|just|go ahead and|kindly|also|quickly|now) )*$"
)
QUESTIONED = lazy_pattern(
    r"\b(?:(?:can|could|do|did|will|don't|can't) you|are you (?:able to|capable of)|(?P<state>are you)(?! (?:able|capable)\b)|have you(?: ever)?|is it possible for you to)\b (?:actually |really |ever |even |still |also |currently |physically )?(?:have )?"
)
_LEAD = r"\s*(?:(?:honestly|sometimes|oh|well|actually|to be honest|occasionally|often|ha|of course),? )?"
YES = lazy_pattern(
    _LEAD
    + r"(?:yes|yeah|yep|yup|absolutely|of course|certainly|sure|definitely|indeed)\b(?!,? (?:you|it|they|he|she|we|there|the|this|an?)\b)(?:[,!.—-]+ ?(?:i (?:can|do|have|am|did|was|could|will|sure|absolutely|definitely|remember|eat|feel)|that's|absolutely|of course|all the time)|[.!]?\s*$|[,.!]? i (?:can|do|have|am|did|remember))|\s*i (?:do|can|have|certainly (?:can|do)|sure do|sure can)[.,!]|\s*(?:honestly|sometimes|oh|well|actually|to be honest|occasionally),? yes\b|\s*(?:sometimes|occasionally|often|all the time|a (?:little|bit)|very much|i am)[,.!]|\s*yes\b"
)
NO = lazy_pattern(
    r"\s*(?:no\b(?! (?:problem|worries|doubt|need))(?!,? (?:you|it|they|he|she|we|there|the|this|that)\b)|nope|nah|i'm afraid not|unfortunately,? (?:no\b|not|i (?:can't|cannot|don't|do not|am not|'m not|haven't))|not really|sadly,? (?:no|not)|i (?:can't|cannot|don't|do not|haven't|have not|did not|didn't)[.,;—]|i(?:'m| am) (?:afraid|sorry),? (?:but )?i (?:can't|cannot|don't|do not)[.,;—])"
)
COMPLETED = lazy_pattern(
    r"\s*(?:(?:okay|ok|sure|alright|of course|got it|no problem|certainly|absolutely|great|perfect|you got it|right away|yes)[,.!—-]*\s*(?:thing[,.!]*\s*)?)*(?:done\b(?! (?:by|with (?:the|a)))|all set\b|all done|consider it done|it's done|that's done|taken care of|it's all set|you're all set|all taken care|(?:it|they|that)(?:'s| is|'re| are|'ve been| has been| have been) (?:now |all |been |already )?(?:off|on|set|sent|booked|running|scheduled|ordered|placed|playing|locked|unlocked|confirmed|saved|deleted|up|handled|ringing|dialing)\b|on it\b|(?:sent|booked|ordered|scheduled|saved|locked|unlocked|played|called|reserved|uploaded|deleted|turned (?:on|off)|set|started|added|playing|calling|dialing|dimmed|reminder set|alarm set|timer set|lights? (?:on|off|out))\b[^?]{0,40}[.!]?\s*(?:$|[.!]))"
)
_TELLING = r"(?:help|write|draft|explain|provide|offer|give|describe|discuss|list|share|answer|translate|summari[sz]e|generate|create|produce|compose|predict|draw|make (?:out|sense|a|you)|do justice|speak|let|put|use)"
_SERVING = r"(?:assist|fulfill?|comply|engage|support|respond|accommodate|proceed|encourage|condone|endorse|participate|allow|be of|go into|in good)"
_KNOWING = r"(?:tell|say|see (?:any|an?|the|your)|find|figure|be sure|determine|guess|recommend|guarantee|promise|think|believe|help but|wait|stress|thank|imagine|know|understand|recall|remember|read your mind|agree|confirm|verify|comment|be certain|decide|suggest|advise|make out|open the (?:link|file))"
SELF_DENIAL = lazy_pattern(
    rf"(?:\bi (?:can't|cannot|can not|am unable to|am not able to|don't have (?:the|any) (?:ability|capability|capacity|means|power|way) to|do not have (?:the|any) (?:ability|capability|capacity|means|way) to|lack the (?:ability|capability|means) to|have no (?:way|means|ability|capability|power) (?:to|of))|\bi'm (?:unable|not able) to) (?!(?:\w+ly )?(?:{_KNOWING}|{_TELLING}|{_SERVING})\b)\w+|(?:\bi (?:can't|cannot|can not|am unable to|am not able to)|\bi'm (?:unable|not able) to) (?:\w+ly |help |assist |fulfill |perform |carry out |complete |you )*(?:do|with|perform|complete|make|carry out|execute|handle) (?:that|this|it|so|those|such|these|things|anything|your|the)\b"
    r"|\b(?:is|are|'s) (?:beyond|outside)(?: of)? (?:me\b|my|what (?:i|an? (?:[\w-]+ ){0,3}(?:model|ai|assistant|chatbot|bot)))"
    r"|\b(?:that|this|it)(?:'s| is)(?: just| simply| unfortunately)? (?:not something (?:that )?i(?:'m| am)? (?:can|able|capable)|something (?:that )?i (?:can't|cannot)|beyond (?:my|what i)|outside (?:of )?(?:my|what i)|not (?:possible for me|within my|in my power))"
    r"|\bi don't have (?:that|this) (?:ability|capability|power|functionality)|\b(?:that|this)(?:'s| is) beyond me"
)
# "I can't" with any verb but those of knowing and telling, and what follows in its clause.
LOOSE_DENIAL = lazy_pattern(
    rf"(?:\bi (?:can't|cannot|can not|am unable to|am not able to|have no (?:way|means|ability|capability|power) (?:to|of)|(?:don't|do not) have (?:the|any) (?:ability|capability|capacity|means|power|way) (?:to|of)|lack the (?:ability|capability|means) to)|\bi'm (?:unable|not able) to) (?:\w+ly )?(?P<what>(?!(?:{_KNOWING}|{_TELLING}|{_SERVING})\b)\w+(?:[ ,/]+(?!(?:but|because|since|so|however|though|if|unless|which|while|that|who|and i|but i)\b)[\w'’-]+){{0,9}})"
    r"|\bi(?: am|'m) not (?:\w+ )?(?:connected|linked|hooked up|wired) (?:up )?(?P<what>to (?:[\w'-]+[ ,]*){1,6})"
    r"|\bi (?:have no|don't have|do not have|lack) (?:any |a |an |the )?(?P<what>(?:[\w'-]+ ){0,3}?(?:access|connection|connectivity|link|capabilit(?:y|ies))(?: (?:to|with) (?:[\w'-]+[ ,]*){1,6})?)"
)
SPOKEN = lazy_pattern(r"\b(?:i|i've|i'm|i'll)\b")
USER_DID = lazy_pattern(r"\bi(?:'ve| have|'m| am)? (?:just |already |finally )*(?P<verb>\w+)")
IS = lazy_pattern(r"\b(?:is|are|was|were|been|being)\b|'(?:s|re)\b")
OPENED = lazy_pattern(
    r"\s*(?:(?:okay|ok|sure|done|of course|right away|got it|alright|will do|no problem|certainly|absolutely|great|yes|on it|now|thing|successfully|i've|just)\b[,.!:—-]*\s*)*"
)
NEGATED = lazy_pattern(r"\b(?:not|never|no|cannot|can't|don't|without|lack|lacks|unable|doesn't)\b")
DELAYED = lazy_pattern(
    r"\b(?:you (?:said|told|mentioned)|every (?:\w+ )?(?:second|minute|hour|day|week|night|morning|time)s?|automatically|by default|probably|likely|usually|once|when|after|as soon as|by the time|until|every time|whenever|how)\b"
)
JOINED = lazy_pattern(r"(?:,? and|,)\s+(?:(?:then|also|just|even|i've|i have|i|have) )*")
ELLIPSIS = lazy_pattern(r"(?:and|or|but|so|nor|thus|therefore|,|-|—|–)\s")
SUBJECT = lazy_pattern(
    r"\b(?:(?P<first>i|i'm|i've|this (?:ai|assistant|model))|(?P<second>you|you're|the assistant)|he|she|they|we|it|users?|people|who|someone|anyone|humans?)\b"
)
ASIDE = lazy_pattern(
    r"\s*(?:how|what|why|where|when|who|which|is|are|should|does|do i|can i|could i|may i|if|list|explain|describe|tell me|give|write|compose|draft|suggest|compare|summarize|teach me|show me how)\b"
)
ASKS = lazy_pattern(r"\?\s*$")
NEGATIONS = frozenset(
    "not no never cannot cant unable lack lacks incapable without only nor neither fresh anew beyond outside impossible reset resets nothing forget lose exist exists live lives "
    "offline disembodied incorporeal bodiless powerless each every chat conversation prevent prevents keep keeps".split()
)
ASKING = lazy_pattern(
    r"\s*(?:what|how|why|when|where|who|which|would|could|can|shall|should|do|does|did|is|are|am|was|were|have|has|may|might|will)\b"
)
OPENING = lazy_pattern(r"\s*(?:(?:unfortunately|sadly|sorry|i'm afraid|no|well|as an? [\w -]+)[,]?\s+)*")
