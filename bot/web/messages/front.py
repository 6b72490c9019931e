"""A corpus in, what a patient sees first out: what it is about, whose documents these are, how old."""

from collections import Counter
from collections.abc import Iterable

from bot.answering.subject import shared_subject
from bot.assistant import Assistant
from bot.records import Corpus, Document
from bot.rendering.citation import dated
from bot.web.messages.encoding import entities, tag
from bot.wording import catalogue, say

# So many publishers are named where the titles share no subject.
MOST_PUBLISHERS = 3
# So many of the things that documents are about are named, where nobody publishes them.
MOST_NAMES = 3
NOTE_LINES = 12
# Fewer groups of questions than these are filled up with further ones.
LEAST_STARTERS = 6


def title(corpus: Corpus, language: str) -> str:
    """The name of the page."""
    subject = shared_subject(corpus)
    return say("title_about", language, subject=subject) if subject else say("title", language)


def header(assistant: Assistant, language: str) -> str:
    """The head of the page as HTML: its name, and from which documents it answers."""
    return tag(
        "div",
        tag("h1", entities(title(assistant.corpus, language))),
        tag("p", entities(about(assistant, language)), kind="about"),
        tag("p", tag("a", entities(say("contents_title", language)), href=contents(language))),
    )


def about(assistant: Assistant, language: str) -> str:
    """How many documents on what there are, by whom, and of when the newest source is."""
    corpus = assistant.corpus
    count = len(corpus.documents)
    parts = [say("documents_one" if count == 1 else "documents_many", language, count=count)]
    subject = shared_subject(corpus)
    if subject:
        parts[0] = say("documents_on", language, documents=parts[0], subject=subject)
    elif publishers := _publishers(corpus.heads):
        parts[0] = say("documents_by", language, documents=parts[0], publishers=", ".join(publishers))
    elif names := [one.name for one in assistant.grouped_starters if one.name][:MOST_NAMES]:
        parts[0] = say("documents_on_more", language, documents=parts[0], subjects=", ".join(names))
    years = [stated[:4] for document in corpus.heads for stated in _dates(document)]
    parts.append(say("newest", language, year=max(years)) if years else say("undated_all", language))
    return say("about", language, documents=", ".join(parts))


def foot(language: str) -> str:
    """What happens to what is typed, and the page in its other languages, as HTML."""
    privacy = tag(
        "details",
        tag("summary", entities(say("privacy_title", language))),
        tag("p", entities(say("privacy", language))),
        kind="privacy",
    )
    others = [name for name in catalogue() if name != language]
    links = (tag("a", entities(say("language", name)), href=address(name), lang=name) for name in others)
    return privacy + tag("p", entities(say("page_language", language)), " ", *links, kind="languages")


def paper_head(language: str) -> str:
    """What stands over a printed conversation, as HTML; the page's scripts write the date."""
    return (
        tag("h2", entities(say("print_title", language)))
        + tag("p", entities(say("print_about", language)))
        + '<p id="print-date"></p>'
    )


def paper_notes(language: str) -> str:
    """Room for notes under a printed conversation, as HTML."""
    return tag("h2", entities(say("notes", language))) + tag("p", kind="note-line") * NOTE_LINES


def address(language: str) -> str:
    """Where the page is in a language."""
    return "/?lang=en" if language == "en" else f"/{language}/"


def contents(language: str) -> str:
    """Where the list of all documents is in a language."""
    return f"/documents?lang={language}"


def starters(assistant: Assistant, language: str) -> list[dict[str, str]]:
    """Questions to begin with, each under the name of its group, as Gradio's chat takes examples."""
    grouped = [
        (say(f"group_{_named(one.group)}", language), one.question) for one in assistant.grouped_starters
    ]
    known = {question for _, question in grouped}
    for question in assistant.starters(LEAST_STARTERS):
        if question not in known and len(grouped) < LEAST_STARTERS:
            grouped.append((say("group_more", language), question))
    return [{"text": question, "display_text": f"{group}\n{question}"} for group, question in grouped]


def _named(group: str) -> str:
    return group.replace(" ", "_")


def _dates(document: Document) -> Iterable[str]:
    """The dates of a document's facts: of those it retells, or its own."""
    sources = document.references or (document,)
    return (stated for stated in map(dated, sources) if stated)


def _publishers(documents: Iterable[Document]) -> list[str]:
    counts = Counter(document.publisher for document in documents if document.publisher)
    return [name for name, _ in counts.most_common(MOST_PUBLISHERS)]
