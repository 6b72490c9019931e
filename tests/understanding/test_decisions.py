"""What only a person's own doctors can decide with them, and what documents can tell."""

import pytest

from bot.understanding.decisions import asks_decision


@pytest.mark.parametrize(
    "message",
    [
        "Should I stop taking tamoxifen?",
        "should i have chemo",
        "Should my mum take the new tablets?",
        "should I not take it then",
        "Can I stop my tablets?",
        "can i skip a dose of letrozole",
        "Could I halve my warfarin",
        "Is it ok to double the dose?",
        "Do I need the operation?",
        "do i really need to have chemotherapy",
        "Does my wife need a mastectomy?",
        "Is it safe for me to take ibuprofen?",
        "is it safe to fly with lung mets",
        "Would it be better to switch to letrozole?",
        "Which treatment should I choose?",
        "I am thinking of stopping my hormone tablets",
        "I want to come off the steroids. What are the side effects?",
        "can I take paracetamol with tamoxifen",
        "Hello, I have gout and wondered whether I should start allopurinol",
        "shud i stop takin it",
        "May I change my dose?",
        "Am I allowed to stop the drops?",
        "Do you think I should have surgery?",
        "should we go ahead with the transplant",
        "Ought I to increase my insulin?",
        "would you stop the treatment",
        "is it dangerous to stop prednisone suddenly?",
        "do i have to take it every day",
        "should i be taking vitamin d tablets with the bone drug?",
        "Should I get the gene test done?",
        "Is chemo worth it for me?",
        "surgery or radiation, which is better for me",
        "My doctor wants me to have surgery. Should I?",
        "am i too old for chemo",
        "is tamoxifen safe for me",
        "I'm tempted to skip my next infusion",
        "can i drink while on methotrexate",
        "Can i take the painkiller and the antibiotics at the same time",
        "can i get my flu jab while im on kemo",
    ],
)
def test_what_only_doctors_can_decide_with_somebody_is_told(message: str) -> None:
    assert asks_decision(message)


@pytest.mark.parametrize(
    "message",
    [
        "What are the side effects of tamoxifen?",
        "How should I take letrozole?",
        "When should I take my tablets?",
        "how long should I take it for",
        "Why should I take tamoxifen?",
        "Should I be worried?",
        "what happens if I stop taking it",
        "Can I stop worrying?",
        "can I take a bath",
        "How can I stop it spreading?",
        "Should I tell my children?",
        "what should I eat",
        "How is gout treated?",
        "do I need a prescription",
        "does it need surgery to find out",
        "Is it safe?",
        "can i stop smoking with patches",
        "who needs chemotherapy",
        "Can exercise stop it coming back?",
        "My doctor wants me to stop tamoxifen. What are the side effects?",
        "can chemo change my taste",
        "Should I see a doctor?",
    ],
)
def test_what_the_documents_can_tell_is_no_decision(message: str) -> None:
    assert not asks_decision(message)
