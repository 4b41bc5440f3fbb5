//! The widest vectors of the processor that the program runs on.
//!
//! The program is compiled for processors of fifteen years; most have vectors twice as wide. What works on pixels in plain
//! loops is compiled for both, and which it is is asked when it runs. The results are the same.

/// Does work with the widest vectors there are. Only what is inlined into it is compiled for them: inner loops of other
/// functions are marked `#[inline(always)]`.
pub(crate) fn widest<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
