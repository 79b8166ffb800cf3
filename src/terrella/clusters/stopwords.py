"""Words that say nothing of what a text is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

__all__ = ["is_english", "stop_words"]

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = 0.2
"""Share of English stop words from which texts are taken for English; English has 0.4, German 0.05."""

_MORE = """
able actually ago almost already also although always amazing amount another anything apr april ask asked
asks attentive aug august available away awful back bad badly based began behind believe best better big bit
brought call called came can't cannot care certainly choice clear clearly come comes comfortable coming
complete completely couldn't courteous day days dec december decent definitely delicious despite did didn't
different difficult disappointed disappointing does doesn't doing don't done due efficient either else end
ended enough entire especially etc even ever every everyone everything exactly excellent expect expected
experience experienced extra extremely fact fantastic far feb february feel felt finally find fine first
flown forward found friday friendly full fully gave general generally get gets getting give given giving go
goes going gone good got great had hadn't half happen happened happy hard hardly has hasn't haven't having
helpful hence honestly hope horrible i'd i'll i'm i've immediately impressed impressive including indeed
instead isn't it's its jan january jul july jun june just keep kept kind knew know known lack large last
later least left less let like likely little lot lots love lovely main make makes making many mar march
matter may maybe mean mention mentioned might minor moment monday mostly much near nearly need needed needs
never new next nice non normal normally not nothing nov november number obviously oct october offer offered
ok okay old one ones only other otherwise outstanding overall particular particularly people perfect perhaps
person place pleasant pleasure plus point pointed polite poor pretty previous probably professional provide
provided providing put quickly quite rather really reason reasonable reasonably received recent recently
recommend regarding remember right said saturday saw say saying says second see seem seemed seems seen sent
sep sept september serve served serves serving set several short shortly shouldn't shown side significant
similar simply since small somehow someone something sometimes soon sort special start started stated states
step still stuff sunday superb sure take taken taking talk tasty tell terrible thank thanks that's there's
they're thing things think third though thought three thursday thus till time times today together told too
took top total totally tried truly try trying tuesday turn turned twice two uncomfortable understand
unfortunately unless use used useful usual usually various view want wanted wants was wasn't way we'd we're
we've wednesday week weeks welcoming well went were weren't what's whatever whole will within without won't
wonderful word words work worked worse worst worth would wouldn't wrong year years yes yet you'd you'll
you're you've
"""


@cache
def stop_words() -> frozenset[str]:
    """Return English words that are in every kind of text, and those that only praise or blame."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS).union(_MORE.split()) - _TELLING


_TELLING = frozenset(
    {"bill", "computer", "cry", "detail", "fire", "interest", "system", "mill", "mine", "bottom"}
)
"""Words of scikit-learn's list that do name something."""


def is_english(texts: Iterable[str | None]) -> bool:
    """Return whether the texts have as many English stop words as English has."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = [word for text in texts for word in _WORD.findall((text or "").lower())]
    return bool(words) and sum(word in ENGLISH_STOP_WORDS for word in words) / len(words) >= _ENGLISH
