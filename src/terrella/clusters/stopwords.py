"""Words that say nothing of what a text is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

__all__ = ["BETWEEN", "function_words", "is_english", "stop_words"]

BETWEEN = frozenset(["a", "an", "and", "at", "by", "for", "in", "of", "on", "the", "to", "with"])
"""English words that may stand inside a phrase: book the cook, value for money."""

_ENGLISH = 0.2
"""Share of English stop words from which texts are taken for English; English has 0.4, German 0.05."""

_MORE = """
able actually afterwards ago all almost alone already also although always am amazing amongst amoungst
amount another anyhow anyone anything anyway anywhere apr april ask asked asks attentive aug august
available awful back bad badly based became become becomes becoming beforehand began believe besides best
better big bit both brought call called came cant care certainly choice clear clearly co come comes
comfortable coming complete completely con couldnt courteous day days de dec december decent definitely
delicious describe despite different difficult disappointed disappointing done due earlier early efficient
eg eight eleven elsewhere empty end ended enough entire especially etc everyone everything everywhere
exactly excellent except expect expected experience experienced extra extremely fact fantastic far feb
february feel felt fifteen fifty fill finally find fine first five flown former formerly forty forward found
four friday friendly front full fully further gave general generally get gets getting give given giving go
goes going gone good got great half happen happened happy hard hardly hasnt helpful hence hereafter hereby
herein hereupon herself himself honestly hope horrible hour hours however hundred ie immediately impressed
impressive inc including indeed instead issue issues jan january jul july jun june keep kept kind knew know
known lack large last late later latter latterly least left less let like likely little lot lots love lovely
ltd made main make makes making many mar march matter maybe mean meanwhile mention mentioned minor minute
minutes moment monday moreover mostly move myself name namely near nearly need needed needs never
nevertheless new next nice nine nobody non none noone normal normally nothing nov november now nowhere
number obviously oct october offer offered often ok okay old once one ones only others otherwise ours
ourselves outstanding overall part particular particularly people perfect perhaps person place pleasant
please pleasure plus point pointed polite poor pretty previous probably professional provide provided
providing put quickly re reason reasonable reasonably received recent recently recommend regarding remember
right said saturday saw say saying says second see seem seemed seeming seems seen sent sep sept september
serious serve served serves serving set several short shortly show shown side significant similar simply
sincere six sixty small somehow someone something sometime sometimes somewhere soon sort special start
started stated states step stuff sunday superb sure take taken taking talk tasty tell ten terrible thank
thanks themselves thence thereafter thereby therefore therein thereupon thick thin thing things think third
thought three thru thursday thus time times today together told took top total totally tried truly try
trying tuesday turn turned twelve twenty twice two un uncomfortable understand unfortunately unless use used
useful usual usually various via view want wanted wants way wednesday week weeks welcoming well went
whatever whence whenever whereafter whereas whereby wherein whereupon wherever whither whoever whole
wonderful word words work worked worse worst worth wrong year years yes yours yourself yourselves
"""


_JOINING = """
a about above across after again against along amid among an and any are around as at away be because been
before behind being below beneath beside between beyond but by can can't cannot could couldn't did didn't do
does doesn't doing don't down during each either else even ever every few for from had hadn't has hasn't have
haven't having he her here hers him his how i i'd i'll i'm i've if in inside into is isn't it it's its itself
just may me might more most much must my neither no nor not of off on onto or other our out over own per
quite rather really same shall she should shouldn't since so some still such than that that's the their them
then there there's these they they're this those though through throughout till to too toward towards under
until unto up upon us very was wasn't we we'd we're we've were weren't what what's when where whether which
while who whom whose why will with within without won't would wouldn't yet you you'd you'll you're you've your
"""


@cache
def stop_words() -> frozenset[str]:
    """Return English words that are in every kind of text, and those that only praise or blame."""
    return frozenset(_MORE.split()) | function_words()


def is_english(counts: Mapping[str, int]) -> bool:
    """Return whether texts with so many of each word have as many small English words as English has."""
    total = sum(counts.values())
    return total > 0 and sum(counts.get(word, 0) for word in function_words()) / total >= _ENGLISH


@cache
def function_words() -> frozenset[str]:
    """Return the English words that only join others."""
    return frozenset(_JOINING.split())
