"""What every handler stands on: context, states, adapters, authorization, prompts."""
