"""The English table. Add words here, not in the code."""

from __future__ import annotations

from cliffhanger.manuscripts.draft import Field
from cliffhanger.manuscripts.model import Kind
from cliffhanger.manuscripts.words import Words

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_MORE_ONES = "seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_NUMBERS = (
    {word: value for value, word in enumerate(f"{_ONES} {_MORE_ONES}".split(), start=1)}
    | {word: value for value, word in zip(range(20, 110, 10), _TENS.split(), strict=True)}
    | {word: value for value, word in enumerate(_ORDINALS.split(), start=1)}
    | {"zero": 0, "fourty": 40, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
)

_PAGES = (
    r"(?:previous|prev|next|first|last)(?: (?:chapter|part|page))?"
    r"|table of contents|contents|index|home|back(?: to top)?"
)
_SMALL_WORDS = "a an and as at but by de der for from in into la le nor of on or out over the to up via with"

ENGLISH = Words(
    labels={
        Field.NOTE: (
            "a/n",
            "a.n.",
            "author's note",
            "author's notes",
            "author note",
            "author notes",
            "authors note",
            "authors notes",
            "authors' note",
            "authors' notes",
            "author's comment",
            "author's comments",
            "note from the author",
            "notes from the author",
            "a note from the author",
            "a note from me",
            "note",
            "notes",
            "chapter note",
            "chapter notes",
            "beginning notes",
            "opening notes",
            "end note",
            "end notes",
            "endnote",
            "endnotes",
            "chapter end notes",
            "closing notes",
            "translator's note",
            "translator's notes",
            "t/n",
            "beta's note",
            "b/n",
            "important note",
            "quick note",
            "final note",
            "afterword",
            "foreword",
        ),
        Field.SUMMARY: ("summary", "chapter summary", "story summary", "synopsis", "blurb"),
        Field.DISCLAIMER: ("disclaimer", "disclaimers", "standard disclaimer"),
        Field.TITLE: ("title", "chapter title", "title of chapter"),
        Field.SERIES: ("series", "story", "story title", "series title", "book", "novel", "fic"),
        Field.NUMBER: ("chapter", "chapter number", "chapter no.", "chapters"),
        Field.PART: ("part", "volume"),
        "warnings": (
            "warning",
            "warnings",
            "content warning",
            "content warnings",
            "trigger warning",
            "trigger warnings",
            "content note",
            "content notes",
            "archive warning",
            "archive warnings",
            "cw",
            "tw",
            "cw/tw",
            "tw/cw",
            "spoilers",
        ),
        "rating": ("rating", "rated"),
        "pairing": (
            "pairing",
            "pairings",
            "relationship",
            "relationships",
            "ship",
            "ships",
            "pairing(s)",
            "relationship(s)",
            "pairing/s",
        ),
        "fandom": ("fandom", "fandoms", "fandom(s)"),
        "genre": ("genre", "genres", "genre(s)"),
        "characters": ("character", "characters", "character(s)"),
        "author": ("author", "written by", "by"),
        "status": ("status",),
        "beta": ("beta", "betas", "beta'd by", "betaed by", "beta reader", "beta readers"),
        "tags": ("tags", "keywords", "additional tags"),
        "words": ("words", "word count", "wordcount", "length"),
        "language": ("language",),
        "date": ("date", "published", "posted", "updated", "completed"),
    },
    shouted_labels=("an", "ps", "tn", "bn"),
    bare_labels=("a/n", "t/n", "b/n"),
    dash_labels=frozenset({Field.NOTE, Field.SUMMARY, Field.DISCLAIMER}),
    recaps=("previously", "last time", "previously on .{1,60}?", "recap", "story so far", "the story so far"),
    teasers=(
        "next up",
        "next time",
        "next chapter",
        "next week",
        "next update",
        "next episode",
        "coming up",
        "coming next",
        "up next",
        "preview",
        "teaser",
        "sneak peek",
        "in the next chapter",
    ),
    replies=(
        "(?:review|reviewer|comment) (?:replies|responses|reply|response)s?",
        "(?:replies|responses|answers|thanks|thank you|thank yous) to (?:my |all my |the )?(?:anonymous )?"
        "(?:review|reviewer|comment|commenter)s?",
        "reviewer thanks",
        "shout[- ]?outs?",
    ),
    chapter_words=("chapter", "chap.", "chap", "ch.", "ch", "chapt.", "chpt.", "chapitre", "episode", "ep."),
    part_words=("part", "pt.", "pt", "book", "volume", "vol.", "act"),
    kinds={
        "prologue": Kind.PROLOGUE,
        "prelude": Kind.PROLOGUE,
        "epilogue": Kind.EPILOGUE,
        "interlude": Kind.INTERLUDE,
        "intermission": Kind.INTERLUDE,
        "intermezzo": Kind.INTERLUDE,
    },
    notice_titles=(
        r"(?:an? )?(?:important |quick )?(?:author'?s?'? ?|a/)n(?:ote)?s?",
        r"an",
        r"(?:important |quick )?(?:notice|announcement|update|note)(?: .{0,30})?",
        r"(?:on |going on )?hiatus(?: .{0,30})?",
        r"(?:this is )?not an? (?:real )?(?:chapter|update).{0,20}",
    ),
    by="by",
    of=("of", "out of"),
    numbers=_NUMBERS,
    number_joints=("and", "the", "-"),
    furniture=(
        r"chapter text",
        r"\(?see the end of the (?:chapter|work) for .{0,40}notes\.?\)?",
        r"\(?see the end of the (?:chapter|work) for more notes\.?\)?",
        r"posted originally on .{0,200}",
        r"originally (?:posted|published) (?:on|at) .{0,200}",
        r"please drop by the archive and comment.{0,200}",
        r"page \d{1,4}(?: of \d{1,4})?",
        r"- ?\d{1,4} ?-",
        r"\d{1,3} / \d{1,3}",
        r"[\W_]*(?:previous|prev|next)(?: (?:chapter|part|page))?[\W_]*",
        rf"[\W_]*(?:{_PAGES})(?:[\W_]+(?:{_PAGES})){{1,5}}[\W_]*",
        r"--",
        r"sent from my \w{2,20}(?: \w{1,20}){0,3}\.?",
        r"get outlook for \w+",
        r"\(?word count: [\d,. ]+\)?",
        r"approx(?:\.|imately) [\d,]+ words",
    ),
    closings=(
        r"(?:to be|2b) cont(?:\.|inued?)?",
        r"to be continued(?: (?:in|next|on|with|soon|shortly|tomorrow)\b.{0,60})?",
        r"tbc",
        r"continued (?:in|next) .{1,40}",
        r"end (?:of )?(?:the )?(?:chapter|part|episode|book|act|prologue|epilogue|interlude)(?: [\w.-]{1,20}){0,2}",
        r"end (?:of )?(?:ch|pt)\.? ?\d{1,4}",
        r"(?:chapter|part) (?:[\w-]{1,20} )?ends?",
    ),
    soft_closings=(r"the end(?:\.{3}|…)?(?: (?:for now|of (?:the )?(?:story|series|fic)))?", r"end", r"fin", r"finis"),
    chatty_closings=(r"tbc", r"to be continued"),
    break_words=("line break", "linebreak", "scene break", "page break", "section break", "scene change", "break"),
    address=(
        r"(?:this|next|last|the next|the last|new|first) (?:chapter|chap|update|part|fic|story|episode)",
        r"reviews?\b",
        r"kudos",
        r"\bbeta(?:'d|ed|s| reader)?\b",
        r"\b(?:dear|lovely|my) readers\b",
        r"\b(?:hi|hey|hello),? (?:guys|everyone|everybody|all|folks|readers|again|there)\b",
        r"\b(?:you guys|you all|y'all)\b",
        r"thanks? (?:you )?(?:so much |again |all )?(?:for|to) (?:\w+ )?"
        r"(?:read|review|comment|kudos|follow|every|all|my|your)",
        r"hope (?:you|everyone|y'all|that you)(?: all| guys)?(?: will)? (?:like|enjoy|lik)",
        r"let me know (?:what|if|how)",
        r"\b(?:comments?|feedback|follows|favou?rites|faves)\b.{0,30}\b(?:welcome|appreciated|love|please|make)",
        r"\bupdat(?:e|es|ed|ing)\b",
        r"\bhiatus\b",
        r"\bfan ?fic|\bfic\b|\bfandom\b",
        r"\bi (?:do not|don't) own\b|\bi own nothing\b",
        r"\br ?& ?r\b",
        r"\bsee you (?:next|soon|in the next|all|then)\b",
        r"\bcliff ?(?:hanger|ie)",
    ),
    appeals=(
        r"(?:so |and |as always,? |now,? )?(?:please|pls|plz|do|kindly)[ ,](?:do )?"
        r"(?:read and |leave (?:me )?(?:a )?|drop (?:me )?a |send )?"
        r"(?:review|comment|r ?& ?r|feedback|rate|vote|follow|subscribe)",
        r"read (?:and|&|n) review",
        r"r ?& ?r\b",
        r"reviews?,? (?:are|is|make|please|would|keep|feed|=)",
        r"(?:comments?|feedback|kudos|follows|likes)(?:,? (?:and|&) \w+)? "
        r"(?:is|are|make|keep|feed|always|please|would|fuel)",
        r"(?:so,? )?let me know what you(?: all| guys)? (?:think|thought)",
        r"(?:thanks|thank you|thx)(?: so much| again| all| everyone)* for "
        r"(?:reading|the reviews|reviewing|commenting|your)",
        r"(?:i )?hope (?:you|everyone|y'all)(?: all| guys)?(?: have)? (?:liked?|enjoy)(?:ed)?",
        r"see you (?:next|soon|in the next|all next)",
        r"until next time",
        r"(?:tell|let) me (?:what you think|know)",
        r"(?:please )?(?:don't|do not) forget to (?:review|comment|vote|subscribe|follow)",
        r"(?:what|so what) (?:do|did) you(?: all| guys)? think\b.{0,40}(?:review|comment|let me know)",
    ),
    signatures=(
        r"(?:xo){1,4}x?,? .{0,40}",
        r"x{1,5},? ?\w{0,30}",
        r"(?:love|cheers|thanks|hugs|until next time|best|yours|ciao|bye),? .{0,40}",
        r"[~–—-] ?\w[\w .'-]{0,40}",
    ),
    dates=(
        "january|february|march|april|may|june|july|august|september|october|november|december",
        "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
        "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    ),
    small_words=frozenset(_SMALL_WORDS.split()),
)
