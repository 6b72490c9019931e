"""What stands behind the events of the chat: a question or a wish in, the conversation as it then is out."""

import html
from contextlib import suppress
from dataclasses import dataclass, replace

from bot.errors import EngineError, QuestionError
from bot.records import Turn, Undo
from bot.serving import Served
from bot.web.account import accounted
from bot.web.conversations import Conversations
from bot.web.messages.answer import ADDED, CARRIED, CORRECTED, GO_ON, Message, messages
from bot.web.messages.quote import Surroundings
from bot.web.messages.terms import Terms
from bot.web.remembered import from_page, to_page
from bot.wording import say


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows after an event.

    `box` is what is in the question box from then on, `said` what stands beside it; None leaves them as they
    are. `remembered` is what the page gives back with the next event, for `bot.web.remembered`.
    """

    messages: list[Message]
    said: str | None = ""
    box: str | None = None
    can_bring_back: bool = False
    remembered: str = ""


class Talk:
    """The conversations of one page, in one language; a conversation is known by the key of its tab.

    What a page shows of one that the server does not know any more is told by `remembered`.
    """

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

    def restored(self, browser: str, tab: str, *, expected: bool = False) -> Shown | None:
        """The conversation as it is, for a page that was loaded again; None where there is none.

        `expected` says that the tab had one: if it is unknown by now, its loss is said.
        """
        if self._conversations.turns(tab) is None and expected:
            self._conversations.enter(tab, browser, lost=True)
            return self._shown(tab, self._say("lost_before"))
        return replace(self._shown(tab), said=None) if self._turns(tab) else None

    def met(self, browser: str, tab: str, remembered: str) -> Shown | None:
        """The conversation begins, if it has not; what is shown where the page's own was lost, else None."""
        was_lost = self._conversations.enter(tab, browser, from_page(remembered))
        return self._shown(tab, self._say("lost")) if was_lost else None

    def asked(self, browser: str, tab: str, question: str, remembered: str = "") -> Shown:
        """A question goes to the end of the conversation and out of the box, unless it cannot be asked."""
        lost = self.met(browser, tab, remembered)
        try:
            turn = self._turn(tab, question, self._turns(tab))
        except (QuestionError, EngineError) as error:
            return self._shown(tab, self._sentence(error))
        self._conversations.add(tab, turn)
        # Where it leans on what was lost, its answer says so.
        said = "" if lost is None or turn.asked_back else lost.said
        return replace(self._shown(tab, said or ""), box="")

    def changed(self, browser: str, tab: str, place: int, question: str, remembered: str = "") -> Shown:
        """An earlier question asked in other words; the answers after it stay as they were."""
        turns = self._turns(tab)
        if place >= len(turns):
            return self.asked(browser, tab, html.unescape(question), remembered)
        return self._replaced(tab, place, html.unescape(question), Undo(), self._say("changed"))

    def asked_again(self, tab: str) -> Shown:
        """The last question asked anew, with all that is understood of it."""
        turns = self._turns(tab)
        if not turns:
            return self._shown(tab)
        return self._replaced(tab, len(turns) - 1, turns[-1].question, Undo(), self._say("asked_again"))

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
        """The conversation as it was before its last change, or was lost."""
        lost = self._conversations.lost(tab)
        if lost:
            try:
                return self._recovered(tab, lost)
            except EngineError as error:
                return self._shown(tab, self._sentence(error))
        found = self._conversations.bring_back(tab)
        return self._shown(tab, self._say("brought_back") if found else "")

    def chosen(self, browser: str, tab: str, option: str, remembered: str = "") -> Shown:
        """A button under the newest answer: a question, or something understood that is taken back."""
        if option == GO_ON:
            return self.met(browser, tab, remembered) or self.brought_back(tab)
        more = _taken_back(option)
        if more is None:
            # What somebody is typing stays in the box.
            return replace(self.asked(browser, tab, option, remembered), box=None)
        turns = self._turns(tab)
        if not turns:
            return self.met(browser, tab, remembered) or self._shown(tab)
        undo = turns[-1].undo
        undo = Undo(
            undo.corrected | more.corrected, undo.added | more.added, carried=undo.carried or more.carried
        )
        return self._replaced(tab, len(turns) - 1, turns[-1].question, undo, self._undone(more))

    def forgotten(self, browser: str, tab: str) -> Shown:
        """Every conversation of the browser is gone, at once."""
        self._conversations.forget(tab)
        self._conversations.forget_browser(browser)
        return Shown([], self._say("forgotten"))

    def _replaced(self, tab: str, place: int, question: str, undo: Undo, said: str) -> Shown:
        turns = self._turns(tab)
        try:
            turn = self._turn(tab, question, turns[:place], undo)
        except (QuestionError, EngineError) as error:
            return replace(self._shown(tab, self._sentence(error)), box=question)
        self._conversations.change(tab, (*turns[:place], turn, *turns[place + 1 :]))
        return self._shown(tab, said)

    def _undone(self, taken_back: Undo) -> str:
        """The sentence that says how a question was asked again."""
        if taken_back.carried:
            return self._say("undone_carried")
        name = "undone_corrected" if taken_back.corrected else "undone_added"
        return say(name, self._language, words=", ".join(taken_back.corrected | taken_back.added))

    def _recovered(self, tab: str, lost: tuple[str, ...]) -> Shown:
        """What was lost, asked again, and what has been asked since, in its light where it leans on that."""
        turns: tuple[Turn, ...] = ()
        for question in lost:
            # Of what a page says it has shown, some may never have been a question.
            with suppress(QuestionError):
                turns = (*turns, self._asked_after(turns, question))
        for turn in self._turns(tab):
            turns = (*turns, self._asked_after(turns, turn.question) if turn.asked_back else turn)
        self._conversations.recover(tab, turns)
        return self._shown(tab, self._say("lost_back"))

    def _asked_after(self, turns: tuple[Turn, ...], question: str) -> Turn:
        return Turn(question, self._served.assistant.ask(question, turns, depth=0))

    def _turn(self, tab: str, question: str, history: tuple[Turn, ...], undo: Undo | None = None) -> Turn:
        undo, lost = undo or Undo(), self._conversations.lost(tab) is not None
        answer = accounted(self._served.assistant.ask, question, history, depth=0, undo=undo, lost=lost)
        return Turn(question, answer, undo)

    def _turns(self, tab: str) -> tuple[Turn, ...]:
        return self._conversations.turns(tab) or ()

    def _shown(self, tab: str, said: str = "") -> Shown:
        turns, lost = self._turns(tab), self._conversations.lost(tab)
        return Shown(
            messages(turns, self._around(), lost=lost),
            said,
            can_bring_back=self._conversations.can_bring_back(tab),
            remembered=to_page((*(lost or ()), *(turn.question for turn in turns))),
        )

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
