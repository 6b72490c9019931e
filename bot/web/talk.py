"""What stands behind the events of the chat: a question or a wish in, the conversation as it then is out."""

import html
from dataclasses import dataclass, replace

from bot.errors import EngineError, QuestionError
from bot.records import Turn, Undo
from bot.serving import Served
from bot.web.conversations import Conversations
from bot.web.messages.answer import ADDED, CARRIED, CORRECTED, Message, messages
from bot.web.messages.quote import Surroundings
from bot.web.messages.terms import Terms
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after an event.

    `box` is what is in the question box from then on, `said` what stands beside it; None leaves them as they
    are.
    """

    messages: list[Message]
    said: str | None = ""
    box: str | None = None
    can_bring_back: bool = False


class Talk:
    """The conversations of one page, in one language; a conversation is known by the key of its tab."""

    def __init__(
        self,
        served: Served,
        conversations: Conversations,
        language: str,
        *,
        evaluator: bool = False,
    ) -> None:
        self._served = served
        self._conversations = conversations
        self._language = language
        self._evaluator = evaluator
        self._known: Surroundings | None = None

    def restored(self, tab: str) -> Shown | None:
        """The conversation as it is, for a page that was loaded again; None where there is none."""
        return replace(self._shown(tab), said=None) if self._turns(tab) else None

    def asked(self, browser: str, tab: str, question: str) -> Shown:
        """A question goes to the end of the conversation and out of the box, unless it cannot be asked."""
        self._conversations.enter(tab, browser)
        try:
            turn = self._turn(question, self._turns(tab))
        except (QuestionError, EngineError) as error:
            return self._shown(tab, self._sentence(error))
        self._conversations.add(tab, turn)
        return replace(self._shown(tab), box="")

    def changed(self, browser: str, tab: str, place: int, question: str) -> Shown:
        """An earlier question asked in other words; the answers after it stay as they were."""
        turns = self._turns(tab)
        if place >= len(turns):
            return self.asked(browser, tab, question)
        return self._replaced(tab, place, html.unescape(question), Undo(), "changed")

    def asked_again(self, tab: str) -> Shown:
        """The last question asked anew, with all that is understood of it."""
        turns = self._turns(tab)
        return (
            self._replaced(tab, len(turns) - 1, turns[-1].question, Undo(), "") if turns else self._shown(tab)
        )

    def taken_back(self, tab: str) -> Shown:
        """The last question back in the box, its answer gone; both can be brought back."""
        turns = self._turns(tab)
        if not turns:
            return self._shown(tab)
        self._conversations.change(tab, turns[:-1])
        return replace(self._shown(tab, self._say("taken_back")), box=turns[-1].question)

    def begun_anew(self, tab: str) -> Shown:
        """An empty conversation; the one before can be brought back."""
        if self._turns(tab):
            self._conversations.change(tab, ())
            return self._shown(tab, self._say("begun_anew"))
        return self._shown(tab)

    def brought_back(self, tab: str) -> Shown:
        """The conversation as it was before its last change."""
        found = self._conversations.bring_back(tab)
        return self._shown(tab, self._say("brought_back") if found else "")

    def chosen(self, browser: str, tab: str, option: str) -> Shown:
        """A button under the newest answer: a question, or something understood that is taken back."""
        turns = self._turns(tab)
        more = _taken_back(option)
        if more is None or not turns:
            # What somebody is typing stays in the box.
            return replace(self.asked(browser, tab, option), box=None)
        undo = turns[-1].undo
        undo = Undo(
            undo.corrected | more.corrected, undo.added | more.added, carried=undo.carried or more.carried
        )
        return self._replaced(tab, len(turns) - 1, turns[-1].question, undo, "")

    def forgotten(self, browser: str, tab: str) -> Shown:
        """Every conversation of the browser is gone, at once."""
        self._conversations.forget(tab)
        self._conversations.forget_browser(browser)
        return Shown([], self._say("forgotten"))

    def _replaced(self, tab: str, place: int, question: str, undo: Undo, said: str) -> Shown:
        turns = self._turns(tab)
        try:
            turn = self._turn(question, turns[:place], undo)
        except (QuestionError, EngineError) as error:
            return replace(self._shown(tab, self._sentence(error)), box=question)
        self._conversations.change(tab, (*turns[:place], turn, *turns[place + 1 :]))
        return self._shown(tab, self._say(said) if said else "")

    def _turn(self, question: str, history: tuple[Turn, ...], undo: Undo | None = None) -> Turn:
        undo = undo or Undo()
        return Turn(question, self._served.assistant.ask(question, history, depth=0, undo=undo), undo)

    def _turns(self, tab: str) -> tuple[Turn, ...]:
        return self._conversations.turns(tab) or ()

    def _shown(self, tab: str, said: str = "") -> Shown:
        can_bring_back = self._conversations.can_bring_back(tab)
        return Shown(messages(self._turns(tab), self._around()), said, can_bring_back=can_bring_back)

    def _around(self) -> Surroundings:
        """What is said stands among the documents as they are now."""
        assistant, known = self._served.assistant, self._known
        if known is None or known.assistant is not assistant:
            terms = Terms.of(assistant.passages)
            known = self._known = Surroundings(assistant, terms, self._language, self._evaluator)
        return known

    def _say(self, name: str) -> str:
        return say(name, self._language)

    def _sentence(self, error: QuestionError | EngineError) -> str:
        if isinstance(error, EngineError):
            return self._say("error_engine")
        return say(f"error_{error.kind}", self._language, **error.values)


def _taken_back(option: str) -> Undo | None:
    """What a button takes back of how a question was understood; None for one that asks."""
    if option == CARRIED:
        return Undo(carried=True)
    for sign in (CORRECTED, ADDED):
        if option.startswith(sign):
            word = frozenset({option.removeprefix(sign)})
            return Undo(corrected=word) if sign == CORRECTED else Undo(added=word)
    return None
