from bot.passages import Passages
from bot.records import Corpus, Document, Passage, Quote
from bot.understanding.recall import Recall


def passage(index: int, text: str, *, doc: str = "oven.md", heading: str = "Care", start: int = 0) -> Passage:
    return Passage(index, doc, start, start + len(text), text, (heading,), ())


def quote(passage: Passage) -> Quote:
    return Quote(passage, Document(passage.doc, "Ovens", passage.text, (), ""), 1.0, ())


NOW = (
    passage(0, "Mind the cord.", doc="kettle.md"),
    passage(1, "Use soda.", start=0),
    passage(2, "Let it cool.", start=20),
    passage(3, "Use soda.", start=40),
    passage(4, "It bakes bread.", heading="Uses", start=60),
)
CORPUS = Corpus(tuple(Document(name, name, "", (), "") for name in ("kettle.md", "oven.md")), "")


class Known(Passages):
    """The passages above, of two documents."""

    def of(self, document: int) -> tuple[Passage, ...]:
        doc = CORPUS.documents[document].id
        return tuple(one for one in NOW if one.doc == doc)


def shown(earlier: Passage) -> tuple[Passage, ...]:
    return Recall(CORPUS, Known(CORPUS.documents, [1, 4])).shown([quote(earlier)])


def test_a_passage_of_the_corpus_itself_is_itself() -> None:
    assert shown(NOW[3]) == (NOW[3],)


def test_an_earlier_passage_is_found_by_its_document_and_words_wherever_it_went() -> None:
    assert shown(passage(99, "Let it cool.", start=300)) == (NOW[2],)
    assert shown(passage(0, "Let it cool.", heading="Safety")) == (NOW[2],)


def test_of_the_same_words_in_several_places_the_nearest_are_meant() -> None:
    assert shown(passage(0, "Use soda.", start=35)) == (NOW[3],)


def test_words_that_were_changed_are_what_their_heading_has_now() -> None:
    assert shown(passage(1, "It bakes cakes.", heading="Uses")) == (NOW[4],)


def test_what_is_gone_is_left_out() -> None:
    assert shown(passage(1, "Grind fine.", doc="mill.md")) == ()
    assert shown(passage(1, "Sell it.", heading="Prices")) == ()
