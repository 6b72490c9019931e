"""Speed as ratios measured in one run: `python -m pytest tests/benchmarks -s -o addopts=`.

Not part of the test run: machines are noisy. Each figure is the median of pairs run in turn.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rank_bm25 import BM25Okapi

from bot.analysis import Analyser
from bot.assistant import Assistant

ROOT = Path(__file__).resolve().parents[2]
# A library with two to four thousand passages shows the cost of a question; any folder will do.
LIBRARY = os.environ.get("BENCHMARK_CORPUS")
LETTER = (
    "Good morning. I am 63 and retired. Last month the clinic said that there is something wrong, and gave "
    "me a word that I had never heard. My aunt died of a stroke when she was young. I take a tablet for my "
    "blood pressure. The garden keeps me busy. {question} We see the doctor again in a fortnight. Regards."
)
QUESTIONS = (
    "What are the symptoms of diabetes?",
    "How is anemia treated?",
    "Who is at risk for kidney stones?",
)


def paired(one: Callable[[], float], other: Callable[[], float], *, pairs: int = 7) -> float:
    """The median ratio of what two measurements give, run in turn."""
    one(), other()
    return statistics.median(one() / other() for _ in range(pairs))


def seconds(*command: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - started


def test_asking_on_the_command_line_against_importing_nltk_and_rank_bm25() -> None:
    ratio = paired(
        lambda: seconds("-m", "bot", "ask", "What are the symptoms in the bones?"),
        lambda: seconds("-c", "import nltk, rank_bm25"),
    )
    print(f"\nbot ask / import nltk, rank_bm25: {ratio:.2f} (2 or less)")
    assert ratio <= 2


@pytest.mark.skipif(LIBRARY is None, reason="name a library of documents in BENCHMARK_CORPUS")
@pytest.mark.parametrize(("form", "most"), [("{question}", 3), (LETTER, 6)], ids=["question", "letter"])
def test_an_answer_against_one_bare_get_scores(form: str, most: float) -> None:
    assistant = Assistant.open(Path(LIBRARY or ""))
    analyser = Analyser()
    bare = BM25Okapi([analyser.terms(passage.text) for passage in assistant.passages])
    queries = [analyser.terms(question) for question in QUESTIONS]

    def answers() -> float:
        started = time.perf_counter()
        for question in QUESTIONS:
            assistant.ask(form.format(question=question))
        return time.perf_counter() - started

    def scores() -> float:
        started = time.perf_counter()
        for query in queries:
            bare.get_scores(query)
        return time.perf_counter() - started

    ratio = paired(answers, scores)
    print(f"\nan answer / get_scores over {len(assistant.passages)} passages: {ratio:.2f} ({most} or less)")
    assert ratio <= most


def test_the_page_s_start_against_a_bare_gradio_hello() -> None:
    hello = (
        "import os; os.environ['GRADIO_ANALYTICS_ENABLED']='False'\n"
        "import gradio as gr\n"
        "with gr.Blocks() as page: gr.Markdown('hello')\n"
        "page.launch(prevent_thread_lock=True, quiet=True, server_port=7899); print('up', flush=True)\n"
        "import os; os._exit(0)"
    )

    def page() -> float:
        started = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "app.py", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            taken = time.perf_counter() - started
            process.terminate()
        return taken

    ratio = paired(page, lambda: seconds("-c", hello), pairs=3)
    print(f"\nthe page's start / a bare Gradio hello: {ratio:.2f} (1.25 or less)")
    assert ratio <= 1.25
