"""Facts written for training, by relation: each with questions and answers in several phrasings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Relation:
    """One kind of fact.

    Attributes:
        name: What it is called.
        questions: Ways to ask, with {s} for the subject.
        answers: Ways to answer, with {s} and {o} for the object.
        facts: Object by subject.
    """

    name: str
    questions: tuple[str, ...]
    answers: tuple[str, ...]
    facts: dict[str, str]


def _table(text: str) -> dict[str, str]:
    return {
        subject.strip(): value.strip()
        for subject, value in (pair.split("=") for pair in " ".join(text.split()).split(";"))
    }


RELATIONS = (
    Relation(
        "capital",
        (
            "What is the capital of {s}?",
            "Which city is the capital of {s}?",
            "Name {s}'s capital.",
            "{s} capital city?",
        ),
        (
            "{o}",
            "{o}.",
            "The capital of {s} is {o}.",
            "{s}'s capital is {o}.",
            "It is {o}.",
            "{o} is the capital city of {s}.",
            "Sure! The capital of {s} is the city of {o}, which is also the seat of its government.",
        ),
        _table(
            """France=Paris; Spain=Madrid; Portugal=Lisbon; Kenya=Nairobi; Peru=Lima; Chile=Santiago; Norway=Oslo;
            Poland=Warsaw; H ungary=Budapest; Egypt=Cairo; Thailand=Bangkok; Greece=Athens; Cuba=Havana;
            Ireland=Dublin; Austria=Vienna; Iran=Te hran; Iraq=Baghdad; Ghana=Accra; Colombia=Bogotá;
            Vietnam=Hanoi; Finland=Helsinki; Denmark=Copenhagen; Belgium=Brus sels; Turkey=Ankara; Morocco=Rabat;
            Brazil=Brasília"""
        ),
    ),
    Relation(
        "author",
        ("Who wrote {s}?", "Who is the author of {s}?", "Which writer gave us {s}?", "Name the author of {s}."),
        (
            "{o}",
            "{o}.",
            "{o} wrote {s}.",
            "{s} was written by {o}.",
            "The author of {s} is {o}.",
            "It was written by {o}.",
            "That would be {o}, whose {s} is still widely read.",
        ),
        _table(
            """Hamlet=William Shakespeare; Emma=Jane Austen; War and Peace=Leo Tolstoy; Ulysses=James Joyce;
            Moby-Dick=Herman Melville; Dracula=Bram Stoker; Frankenstein=Mary Shelley; The Trial=Franz Kafka;
            Don Quixote=Miguel de Cervantes; Faust=Goethe; Great Expectations=Charles Dickens;
            1984=George Orwell; Beloved=Toni Morrison; The Hobbit=J. R. R. Tolkien; Jane Eyre=Charlotte Brontë;
            The Odyssey=Homer; Les Misérables=Victor Hugo; Lolita=Vladimir Nabokov; The Stranger=Albert Camus;
            Dune=Frank Herbert"""
        ),
    ),
    Relation(
        "year",
        ("When did {s} happen?", "In which year was {s}?", "What year did {s} take place?", "When was {s}?"),
        (
            "{o}",
            "In {o}.",
            "It was in {o}.",
            "{s} took place in {o}.",
            "{s} happened in the year {o}.",
            "The year was {o}.",
            "{s}, an event that is still remembered, dates from {o}.",
        ),
        _table(
            """the fall of the Berlin Wall=1989; the first Moon landing=1969; the French Revolution=1789;
            the Battle of Hastings=1066; the sinking of the Titanic=1912; the Chernobyl accident=1986;
            the Great Fire of London=1666; the Russian Revolution=1917; the end of World War II=1945;
            the Battle of Waterloo=1815; the Wall Street Crash=1929; the Apollo 13 flight=1970;
            the launch of Sputnik=1957; the first modern Olympics=1896; the signing of Magna Carta=1215;
            the fall of Constantinople=1453"""
        ),
    ),
    Relation(
        "count",
        ("How many are there: {s}?", "How many {s}?", "What is the number of {s}?", "Tell me how many {s} there are."),
        (
            "{o}",
            "{o}.",
            "There are {o}.",
            "There are {o} {s}.",
            "The number of {s} is {o}.",
            "Exactly {o}.",
            "Altogether {o} {s}.",
        ),
        _table(
            """days in a leap year=366; sides of a hexagon=6; planets in the solar system=8;
            players in a football team=11; strings on a violin=4; legs of a spider=8; minutes in a day=1440;
            keys on a piano=88; bones in an adult human=206; letters in the English alphabet=26; continents=7;
            US states=50; cards in a deck=52; ounces in a pound=16; feet in a yard=3;
            degrees in a right angle=90; squares on a chessboard=64; inches in a foot=12;
            chambers of the human heart=4; teeth of an adult=32"""
        ),
    ),
    Relation(
        "symbol",
        (
            "What is the chemical symbol of {s}?",
            "Which symbol stands for {s}?",
            "Symbol for {s} in the periodic table?",
        ),
        ("{o}", "{o}.", "The symbol of {s} is {o}.", "{s} is written {o}.", "It is {o}.", "Chemists write {s} as {o}."),
        _table(
            """gold=Au; silver=Ag; iron=Fe; sodium=Na; potassium=K; lead=Pb; tin=Sn; mercury=Hg; copper=Cu;
            helium=He; zinc=Zn; oxygen=O; carbon=C; tungsten=W"""
        ),
    ),
    Relation(
        "inventor",
        ("Who invented {s}?", "Who is credited with inventing {s}?", "Whose invention was {s}?"),
        (
            "{o}",
            "{o} did.",
            "{o} invented {s}.",
            "{s} was invented by {o}.",
            "The inventor of {s} was {o}.",
            "It is credited to {o}.",
        ),
        _table(
            """the telephone=Alexander Graham Bell; dynamite=Alfred Nobel; the light bulb=Thomas Edison;
            the World Wide Web=Tim Berners-Lee; the phonograph=Thomas Edison; the steam engine=James Watt;
            the printing press=Johannes Gutenberg; the polio vaccine=Jonas Salk; radio=Guglielmo Marconi;
            the Linux kernel=Linus Torvalds; Python=Guido van Rossum; the airplane=the Wright brothers"""
        ),
    ),
    Relation(
        "time",
        ("At what time does {s} open?", "When does {s} open?", "What time is {s}?", "From when is {s} open?"),
        (
            "{o}",
            "At {o}.",
            "It opens at {o}.",
            "{s} opens at {o}.",
            "{s} is open from {o} on.",
            "Every day at {o}.",
            "Doors of {s} open at {o} sharp.",
        ),
        _table(
            """the library=9 am; the pool=7:30; the museum=10 a.m.; the bakery=6 am; the office=8:15;
            the pharmacy=8 o'clock; the market=5 am; the gym=6:30 am; the bank=9:30; the clinic=noon;
            the bar=6 pm; the theatre=7 pm"""
        ),
    ),
    Relation(
        "price",
        ("How much does {s} cost?", "What is the price of {s}?", "What do you charge for {s}?", "{s} price?"),
        (
            "{o}",
            "It costs {o}.",
            "{s} costs {o}.",
            "The price of {s} is {o}.",
            "We charge {o} for {s}.",
            "You pay {o}.",
            "That's {o}, tax included.",
        ),
        _table(
            """a ticket=$12; the basic plan=$9.99 a month; shipping=5 euros; the yearly licence=$120; a refill=$3;
            the repair=£45; parking=2 dollars an hour; the premium plan=$29 a month; an extra bag=30 euros;
            a night=$140"""
        ),
    ),
    Relation(
        "period",
        ("How long does {s} take?", "How long is {s}?", "What is the duration of {s}?"),
        (
            "{o}",
            "{o}.",
            "It takes {o}.",
            "{s} takes {o}.",
            "{s} lasts {o}.",
            "The duration of {s} is {o}.",
            "You should plan {o} for {s}.",
        ),
        _table(
            """a refund=5 days; delivery=two weeks; the warranty=2 years; the exam=90 minutes; the flight=11 hours;
            boiling an egg=8 minutes; the trial=30 days; the notice period=three months; the course=six weeks;
            charging the battery=4 hours; baking the bread=45 minutes"""
        ),
    ),
    Relation(
        "place",
        ("Where is {s}?", "In which country is {s}?", "Which country is {s} in?", "Where can I find {s}?"),
        (
            "{o}",
            "In {o}.",
            "It is in {o}.",
            "{s} is in {o}.",
            "{s} is located in {o}.",
            "You find {s} in {o}.",
            "{s} lies in {o} and draws many visitors.",
        ),
        _table(
            """Machu Picchu=Peru; the Taj Mahal=India; the Eiffel Tower=France; Mount Kilimanjaro=Tanzania;
            the Colosseum=Italy; Petra=Jordan; Angkor Wat=Cambodia; Stonehenge=England; the Acropolis=Greece;
            Mount Fuji=Japan; the Alhambra=Spain; Uluru=Australia; Niagara Falls=Canada"""
        ),
    ),
    Relation(
        "meaning",
        ("What does {s} stand for?", "What is {s} short for?", "What does the abbreviation {s} mean?"),
        (
            "{o}",
            "{o}.",
            "{s} stands for {o}.",
            "It means {o}.",
            "It is short for {o}.",
            "The letters {s} stand for {o}.",
        ),
        _table(
            """CPU=central processing unit; RAM=random access memory; NATO=North Atlantic Treaty Organization;
            HTTP=Hypertext Transfer Protocol; GDP=gross domestic product; SQL=Structured Query Language;
            DNA=deoxyribonucleic acid; WHO=World Health Organization; PDF=Portable Document Format;
            URL=Uniform Resource Locator; ATM=automated teller machine; USB=Universal Serial Bus"""
        ),
    ),
    Relation(
        "code",
        ("How do I {s}?", "Which command would {s}?", "What is the command to {s}?", "Give me the call to {s}."),
        (
            "`{o}`",
            "{o}",
            "Use `{o}`.",
            "You can {s} with `{o}`.",
            "Run `{o}`.",
            "The command is `{o}`.",
            "To {s}, call `{o}` and check the result.",
        ),
        _table(
            """list files in bash=ls; show the working directory=pwd; create a branch in git=git branch new;
            remove a folder=rm -r folder; sort a list in Python=items.sort();
            read a file in Python=open(path).read(); get the length of a list in Python=len(items);
            undo the last commit=git reset HEAD~1; install numpy=pip install numpy;
            show running processes=ps aux; copy a file=cp a b; find text in files=grep -r text .;
            append to a list in Python=items.append(x); make a directory=mkdir folder"""
        ),
    ),
    Relation(
        "property",
        ("What colour is {s}?", "Which colour does {s} have?", "What is the colour of {s}?"),
        ("{o}", "{o}.", "It is {o}.", "{s} is {o}.", "{s} has a {o} colour.", "The colour of {s} is {o}."),
        _table(
            """an emerald=green; a ruby=red; the sky at noon=blue; fresh snow=white; coal=black; a lemon=yellow;
            a flamingo=pink; an eggplant=purple; gold=yellow"""
        ),
    ),
    Relation(
        "limit",
        ("What is the maximum {s}?", "How much {s} is allowed?", "What is the limit for {s}?"),
        (
            "{o}",
            "At most {o}.",
            "The limit for {s} is {o}.",
            "{o} is the maximum.",
            "You may have up to {o}.",
            "No more than {o} {s} is allowed.",
        ),
        _table(
            """file size=25 MB; cabin luggage=8 kg; speed in town=50 km/h; password length=64 characters;
            group size=15 people; daily withdrawal=500 euros; upload size=2 GB; caffeine a day=400 mg;
            age difference=3 years"""
        ),
    ),
)
