"""A ranking and what it is worth in, the quotes that are shown out."""

from dataclasses import dataclass
from itertools import islice

from bot.analysis import Analyser
from bot.answering.choosing import chosen
from bot.answering.hard_news import asks_for_it, is_hard_news
from bot.answering.judge import JUDGED, Judgement
from bot.answering.marking import marked
from bot.index.fields import Fields
from bot.records import Corpus, Hit, Quote
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
        found = chosen(ranking.hits, judgement.likelihoods, self.fields.body_terms, most=JUDGED)
        quotes = (self._quote(hit, ranking, likely[hit.passage.index]) for hit in found)
        asked = asks_for_it(ranking.query)
        shown = (quote for quote in quotes if asked or quote.answers or not is_hard_news(quote.passage.text))
        return tuple(islice(shown, self.settings.max_quotes))

    def _quote(self, hit: Hit, ranking: Ranking, likely: float) -> Quote:
        passage = hit.passage
        document = self.corpus.documents[self.corpus.place_of(passage.doc)]
        spans = marked(passage, ranking.query, self.fields, self.analyser)
        return Quote(passage, document, hit.score, spans, answers=likely >= self.settings.answer_threshold)
