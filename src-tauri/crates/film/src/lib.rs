//! The cut: timeline, conform, captions, mix, encode, probe.
