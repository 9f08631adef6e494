"""Asking a large language model: any OpenAI-compatible endpoint, within a budget, each question once."""
