"""Many readings to decisions: what is a copy or translation of what, and which events are one."""
