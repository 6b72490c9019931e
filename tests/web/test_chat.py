import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_fault_in_an_event_leaves_nothing_of_what_was_sent_in_the_log(folder: Path) -> None:
    # In a process of its own: Gradio leaves loops behind that pytest would warn of.
    program = (
        "import logging, pathlib, sys; from starlette.testclient import TestClient;"
        "from bot.assistant import Assistant; from bot.serving import Served;"
        "from bot.web.conversations import Conversations; from bot.web.server import Doors, build_app;"
        "from bot.settings import Serving; from bot.web.logs import log_to; log_to(sys.stderr, 'text');"
        "served = Served(Assistant.open(pathlib.Path(sys.argv[1]), encoder=None));"
        "client = TestClient(build_app(served, Doors(Serving()), Conversations()), base_url='http://127.0.0.1');"
        "sent = {'data': ['my secret'], 'fn_index': 0, 'event_data': {'index': 'my secret'}};"
        "print(client.post('/gradio_api/run/predict', json=sent).status_code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "500\n"
    assert "An event failed (" in done.stderr
    assert "Error" in done.stderr
    assert "my secret" not in done.stderr


def test_an_idle_page_does_not_look_into_gradios_queue_all_the_time(folder: Path) -> None:
    program = (
        "import pathlib, sys; from bot.assistant import Assistant; from bot.serving import Served;"
        "from bot.web.chat import build_page; from bot.web.conversations import Conversations;"
        "from bot.web.talk import Talk;"
        "served = Served(Assistant.open(pathlib.Path(sys.argv[1]), encoder=None));"
        "page = build_page(served, Talk(served, Conversations(), 'en'), 'en');"
        "print(page._queue.sleep_when_free)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) >= 1.0
