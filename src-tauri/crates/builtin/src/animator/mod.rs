//! The animator.
