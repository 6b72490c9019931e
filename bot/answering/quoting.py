"""A ranking and what it is worth in, the quotes that are shown out."""

from dataclasses import dataclass

from bot.analysis import Analyser
from bot.answering.choosing import chosen
from bot.answering.judge import Judgement
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
        """The passages to show, best first, each with its document and its words that answer."""
        likely = dict(zip((hit.passage.index for hit in ranking.hits), judgement.likelihoods, strict=False))
        most, terms = self.settings.max_quotes, self.fields.body_terms
        shown = chosen(ranking.hits, judgement.likelihoods, terms, most=most)
        return tuple(self._quote(hit, ranking, likely[hit.passage.index]) for hit in shown)

    def _quote(self, hit: Hit, ranking: Ranking, likely: float) -> Quote:
        passage = hit.passage
        document = self.corpus.documents[self.corpus.place_of(passage.doc)]
        spans = marked(passage, ranking.query, self.fields, self.analyser)
        return Quote(passage, document, hit.score, spans, answers=likely >= self.settings.answer_threshold)
