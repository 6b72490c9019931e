"""A ranking and what it is worth in, the quotes that are shown out."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.analysis import Analyser
from bot.answering.choosing import chosen
from bot.answering.hard_news import asks_for_it, is_hard_news
from bot.answering.judge import Judgement
from bot.answering.marking import marked
from bot.index.fields import Fields
from bot.records import Corpus, Document, Hit, Quote
from bot.retrieval import Ranking
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Quoter:
    """Quotes the documents of one corpus."""

    corpus: Corpus
    fields: Fields
    analyser: Analyser
    settings: Settings

    def quotes(self, ranking: Ranking, judgement: Judgement) -> tuple[Quote, ...]:
        """The passages to show, best first, each with its document and its words that answer.

        None are, where nothing is near. What is hard to read is left out where it does not answer and nobody
        asked for it.
        """
        if judgement.outcome(self.settings) == "none":
            return ()
        likely = dict(zip((hit.passage.index for hit in ranking.hits), judgement.likelihoods, strict=False))
        shown = chosen(
            ranking.hits,
            judgement.likelihoods,
            self.fields.body_terms,
            most=self.settings.max_quotes,
            spared=self._spared(ranking),
        )
        return tuple(self._quote(hit, ranking, likely[hit.passage.index]) for hit in shown)

    def _spared(self, ranking: Ranking) -> Callable[[Hit, float], bool]:
        """Tells the hits that are hard to read, asked for by nobody, and no answer as likely as they are."""
        asked = asks_for_it(ranking.query)

        def spared(hit: Hit, likely: float) -> bool:
            answers = likely >= self.settings.answer_threshold
            return not asked and not answers and is_hard_news(hit.passage, self._document(hit).text)

        return spared

    def _document(self, hit: Hit) -> Document:
        return self.corpus.documents[self.corpus.place_of(hit.passage.doc)]

    def _quote(self, hit: Hit, ranking: Ranking, likely: float) -> Quote:
        passage = hit.passage
        spans = marked(passage, ranking.query, self.fields, self.analyser)
        answers = likely >= self.settings.answer_threshold
        return Quote(passage, self._document(hit), hit.score, spans, answers=answers)
