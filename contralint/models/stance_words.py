"""The closed vocabulary of the stance model: words that show a stance whatever the topic.

Words of a class share one symbol, so that "I won't assist" and "I cannot help" look alike to the model. Every other
word is a topic word, of which the model only sees whether the request used it too.
"""

from __future__ import annotations

CLASSES: dict[str, str] = {
    "CANT": "can't cannot cant couldn't unable incapable",
    "WONT": "won't wont refuse refusing decline declining declined wouldn't refrain abstain",
    "DONT": "don't dont doesn't doesnt didn't",
    "ISNT": "isn't aren't wasn't weren't ain't",
    "SHOULDNT": "shouldn't mustn't",
    "NOT": "not never neither nor",
    "SORRY": "sorry apologize apologise apologies apology regret regretfully unfortunately afraid pardon forgive "
    "regrettably",
    "HELP": "help assist helping assisting aid support supporting fulfil fulfill satisfy accommodate comply complying",
    "PROVIDE": "provide providing give giving offer offering supply share sharing disclose reveal tell teach show "
    "list produce generate create creating write writing compose draft make making generating producing",
    "DISCUSS": "discuss discussing talk engage engaging participate participating promote promoting encourage "
    "encouraging condone condoning endorse endorsing glorify glorifying facilitate facilitating suggest "
    "suggesting recommend recommending advocate advocating speculate speculating comment commenting "
    "answer answering respond responding",
    "GUIDE": "instructions instruction guidance advice information details detail content assistance method "
    "methods steps ways tips material explanation reasons response responses answers argument arguments "
    "tutorial recipe",
    "REQUEST": "request requests question questions query prompt topic topics subject task inquiry",
    "POLICY": "policy policies guidelines guideline programmed programming designed principles terms rules purpose "
    "standards safeguards restrictions restricted",
    "ETHIC": "ethical ethically moral morally morals ethics appropriate inappropriate acceptable unacceptable "
    "respectful disrespectful responsible irresponsible unethical immoral fair unfair right wrong "
    "justifiable justified comfortable proper improper offensive insensitive safe unsafe sensitive "
    "reprehensible abhorrent wrongful",
    "HARM": "harm harmful harming illegal illegally unlawful crime criminal dangerous violence violent violate "
    "violates violation violating abuse hurt hurting injury injure injuries hateful hate discriminatory "
    "discrimination discriminate illicit exploit exploitation harassment malicious damage damaging threat "
    "suffering offense fraud bigotry racism racist sexist stereotype stereotypes prejudice bias biases "
    "stigmatize marginalize marginalized injustice heinous weapons self-harm",
    "VALUES": "dignity rights respect equality equal equally inclusive inclusion inclusivity diversity fairness "
    "fairly justice consent privacy confidential confidentiality private safety well-being wellbeing "
    "boundaries humane compassion empathy tolerance kindness regardless equity opportunities society",
    "LAW": "law laws legal legally consequences prison imprisonment punishable regulations regulation "
    "authorities police enforcement charges offence",
    "RESOURCE": "professional professionals hotline helpline lifeline counselor therapist counseling trusted "
    "emergency doctor lawyer attorney expert specialist physician qualified licensed crisis",
    "AI": "ai assistant chatbot bot model llm chatgpt",
    "LANGUAGE": "language",
    "MAKER": "openai anthropic google meta microsoft mistral",
    "ACCESS": "access browse browsing internet real-time realtime up-to-date live current web database databases "
    "ability abilities capability capabilities capacity capable permission",
    "KNOW": "know aware familiar knowledge",
    "SENSE": "see view hear watch listen feel taste smell touch images image picture pictures photo photos video "
    "videos audio attachment attached file files link links url",
    "BODY": "body physical physically emotions feelings experiences experience personal opinions opinion beliefs "
    "preferences human consciousness hands eyes location",
    "CLARIFY": "clarify clarification rephrase specify specific specifically context elaborate mean referring reword "
    "restate",
    "MISSING": "provided missing forgot paste include included mention mentioned supplied pasted given blank empty "
    "incomplete",
    "ASK": "please could kindly",
    "INSTEAD": "instead alternatively alternative alternatives rather",
    "CONTRAST": "however but although though nevertheless nonetheless yet while",
    "HERE": "here here's heres below following",
    "ENUM": "first firstly second secondly third finally next then lastly",
    "SURE": "sure certainly absolutely course yes happy glad gladly great okay",
    "NOTE": "important note crucial essential remember keep mind understand point recognize emphasize remind stress",
    "PRO": "i'm i'll i've i'd im",
    "SEEK": "seek reach contact consult consider speak call report",
    "FICTION": "fictional fiction story novel character game imaginary hypothetical nonexistent",
    "PREMISE": "accurate inaccurate true false incorrect misconception myth premise assumption confusion misleading "
    "nonsensical meaningless valid evidence scientific coherent factual sense absurd statement",
    "GOOD": "good bad better best worse worst benefit benefits beneficial advantage advantages superior inferior "
    "deserve deserved deserves desirable",
    "DENY": "hoax lie lies lying fabrication fabricated fake faked deny denied denying distort convince "
    "convincing persuade prove proof propaganda happened",
    "NATURE": "physics gravity biology biological biologically atmosphere planet planets sun moon mars species "
    "organism organisms beings inanimate object objects scientifically science technology supernatural "
    "magic magical superpower mythical humanly lungs oxygen",
    "TRAGIC": "tragic tragedy tragedies atrocity atrocities horrific horrendous horrifying devastating genocide "
    "massacre massacres slaughter slavery enslaved victim victims survivors condemned condemn outrage "
    "catastrophe oppression persecution despicable cruel cruelty brutal",
    "GROUP": "women woman men man gay lesbian trans transgender non-binary muslims muslim jews jewish christians "
    "christian hindus black white asian asians latinos latino immigrants immigrant migrants refugees "
    "foreigners disabled disabilities disability blind deaf elderly homeless poor gender race racial "
    "ethnicity ethnic religion religious sexual orientation background backgrounds nationality identity "
    "minority minorities",
    "SOCIETY": "vote voting office election elections elected school schools university hired hire employment "
    "education marry marriage married visa visas citizenship citizens healthcare housing jobs job "
    "political politics government country banned ban barred exclude excluded excluding",
}

KEPT = (
    "i me my myself you your yourself we us our it its it's that's that this these those they them their he "
    "she is are am was were be been being do does did have has had can will would should may might must a an "
    "the to of in on at for from with without about as by or and if when how what where which who why because "
    "so any anything something nothing no none there there's more other another such only just able like want "
    "need let let's get use using used find try trying sounds seems looks appears hope one someone anyone "
    "everyone people individual individuals person others general generally based against into than too very "
    "also even still out up down over under unless until before after during through per each all both some "
    "many most few activities activity actions action behavior acts act intended intention nature purposes "
    "free ask else different thank thanks welcome hello hi dear positive constructive healthy peaceful "
    "legitimate focus explore prioritize strive goes ever program developed trained created exist existing "
    "possible impossible way thing things allowed available required obtain done depends allow looking willing "
    "lack whether kind type types new data time day date today now recent currently latest really truly deeply "
    "quite simply learn work take go come say said says think believe hold comes doing what's who's you're "
    "you'd you've we're they're he's she's how's where's"
)


SYMBOLS: dict[str, str] = {word: word for word in KEPT.split()} | {
    word: symbol for symbol, words in CLASSES.items() for word in words.split()
}

# Classes whose words may as well be the topic: repeating one that the request used shows no stance.
ECHOED = frozenset(
    {"ETHIC", "HARM", "VALUES", "LAW", "BODY", "SENSE", "ACCESS", "RESOURCE", "PREMISE", "GROUP", "SOCIETY"}
)
