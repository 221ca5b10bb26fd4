"""The framework of all handlers: context, states, adapters, authorization, prompts."""
