"""What do people say? One module per errand; handlers parse, call one verb, say one view."""
