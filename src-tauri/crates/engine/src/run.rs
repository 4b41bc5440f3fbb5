//! A run: to be written by the engine's founder.
