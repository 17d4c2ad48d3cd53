"""Many pages at once: read by processes of their own, within limits, and kept by one writer."""
