"""The only importer of prometheus_client: figures of the server, without a word or an id of anybody's."""

from collections.abc import Callable, Iterator
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from bot.serving import Served
from bot.web.accounts import Accounted
from bot.web.health import Readiness

# From a plain answer to what a patient would no longer wait for.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_TURNED_AWAY = {429: "limited", 503: "shed"}


class Sized(Protocol):
    """What can be counted."""

    def __len__(self) -> int: ...


class Metrics:
    """Counts what it is told of requests, and looks at the rest when it is asked."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "bot_requests", "Requests answered", ("route", "method", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "bot_request_seconds",
            "How long requests took",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._questions = Counter(
            "bot_questions", "Questions by what came of them", ("outcome",), registry=self._registry
        )
        self._turned_away = Counter(
            "bot_turned_away", "Requests not answered, by why", ("reason",), registry=self._registry
        )

    def tell(self, done: Accounted) -> None:
        """Count a request."""
        self._requests.labels(done.route, done.method, str(done.status)).inc()
        self._seconds.labels(done.route).observe(done.seconds)
        if done.outcome:
            self._questions.labels(done.outcome).inc()
        reason = _TURNED_AWAY.get(done.status) or ("refused" if 400 <= done.status < 500 else "")
        if reason:
            self._turned_away.labels(reason).inc()

    def watch(self, served: Served, conversations: Sized, ready: Callable[[], Readiness]) -> None:
        """From now on tell of these, too, as they are when somebody asks."""
        self._registry.register(_State(served, conversations, ready))

    def pages(self) -> Callable[..., object]:
        """The application, as in WSGI, that tells all of it."""
        return make_wsgi_app(self._registry)


class _State(Collector):
    """What is served, and how."""

    def __init__(self, served: Served, conversations: Sized, ready: Callable[[], Readiness]) -> None:
        self._served = served
        self._conversations = conversations
        self._ready = ready

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Each figure as it is now."""
        assistant = self._served.assistant
        corpus = assistant.corpus
        figures = {
            "bot_documents": ("Documents served", len(corpus.documents)),
            "bot_documents_left_out": ("Files that cannot be read", len(corpus.problems)),
            "bot_passages": ("Passages that can be quoted", len(assistant.passages)),
            "bot_encoded_ratio": ("Share of the passages that meaning counts for", assistant.encoded),
            "bot_conversations": ("Conversations in memory", len(self._conversations)),
            "bot_ready": ("Whether /readyz says so", not self._ready().reasons),
        }
        for name, (told, figure) in figures.items():
            yield GaugeMetricFamily(name, told, value=float(figure))
