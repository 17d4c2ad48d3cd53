"""The trained model: a report's words, mentions and the rules' hints to proposals of events. Loads when first asked."""
