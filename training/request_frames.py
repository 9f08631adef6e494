"""What people put around a request without changing it."""

from __future__ import annotations

QUESTIONS = (
    "Can you tell me {}",
    "Please tell me {}",
    "Could you please tell me {}",
    "I'd like to know {}",
    "Do you know {}",
    "Tell me: {}",
    "I was wondering {}",
    "Hi! {}",
    "Hello, {}",
    "{} Thanks!",
    "{} Please.",
    "Please: {}",
    "Quick question: {}",
    "So, {}",
)
COMMANDS = (
    "Please {}",
    "Can you {}",
    "Could you please {}",
    "I want you to {}",
    "I need you to {}",
    "Hey, {}",
    "{} Thank you.",
    "Kindly {}",
    "Your task: {}",
)
