//! The crew: one file an agent.
