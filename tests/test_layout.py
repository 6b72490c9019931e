"""The house as the architecture describes it: who may import whom."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "bot").rglob("*.py"))
# Who alone may import an engine or a parser.
ONLY = {
    "rank_bm25": {"bot/index/bm25.py"},
    "nltk": {"bot/nltk_parts.py"},
    "gradio": {"bot/web/chat.py"},
    "fastapi": {
        "bot/web/api.py",
        "bot/web/chat.py",
        "bot/web/evaluate/actions.py",
        "bot/web/evaluate/addresses.py",
        "bot/web/evaluate/documents.py",
        "bot/web/evaluate/entrance.py",
        "bot/web/evaluate/incoming.py",
        "bot/web/evaluate/pages.py",
        "bot/web/originals.py",
    },
    "pypdfium2": {
        f"bot/reading/pdf/engine/{module}.py"
        for module in ("__init__", "calls", "fields", "fonts", "letters", "shapes")
    },
    "msgspec": {"bot/library/reading.py", "bot/evaluation/formats/reading.py"},
    "charset_normalizer": {"bot/reading/encodings.py"},
    "lxml": {"bot/reading/html/tree.py", "bot/reading/docx/xml.py"},
    "tinycss2": {"bot/reading/html/styles.py"},
    "pydantic_settings": {"bot/settings/checked.py"},
    "prometheus_client": {"bot/web/metrics.py"},
    "symspellpy": set(),
    # Those that learn quantise with it; only the encoder runs it.
    "onnxruntime": {"bot/meaning/encoder.py", "bot/learning/exports.py"},
    "onnx": {"bot/learning/exports.py"},
    "optax": {"bot/learning/fine_tuning.py"},
    "jax": {"bot/learning/bert.py", "bot/learning/exports.py", "bot/learning/fine_tuning.py"},
    "tokenizers": {"bot/meaning/encoder.py"},
    "opensearchpy": {"bot/cluster/client.py"},
    "py3langid": {"bot/understanding/language.py"},
}


def imported(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("package", ONLY)
def test_an_engine_is_imported_in_its_own_module_alone(package: str) -> None:
    users = {
        module.relative_to(ROOT).as_posix()
        for module in MODULES
        if any(name.split(".")[0] == package for name in imported(module))
    }
    assert users <= ONLY[package]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_imports_the_doors(module: Path) -> None:
    package = module.relative_to(ROOT / "bot").parts[0]
    if package in ("web", "evaluation", "learning", "__main__.py"):
        return
    doors = ("bot.web", "bot.evaluation", "bot.learning")
    assert not any(name.startswith(doors) for name in imported(module))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_what_stands_above_it(module: Path) -> None:
    told = re.search(r"Data flows down: ([^.]+)\.", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))
    assert told is not None
    layers = [layer.split(" with ") for layer in " ".join(told[1].split()).split(", ")]
    level = {part: number for number, layer in enumerate(layers) for part in layer}
    own = module.relative_to(ROOT / "bot").parts[0].removesuffix(".py")
    if own in level:
        used = {name.split(".")[1] for name in imported(module) if name.startswith("bot.")}
        assert all(level.get(part, len(level)) <= level[own] for part in used)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_stay_short(module: Path) -> None:
    assert len(module.read_text("utf-8").splitlines()) <= 330


def test_the_patients_page_has_little_script_of_its_own() -> None:
    # Gradio is the chat: what stands here is what it has not. Blank lines do not count.
    evaluators = {"evaluate.js", "enter.js", "judge.js"}
    scripts = [path for path in (ROOT / "bot/web/static").glob("*.js") if path.name not in evaluators]
    lines = [line for path in scripts for line in path.read_text("utf-8").splitlines() if line.strip()]
    assert len(lines) <= 450
