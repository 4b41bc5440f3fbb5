//! How tall things are beside a standing adult.

/// The natural height of a thing or a being in figure units (a standing adult is 100).
pub fn natural_height(_noun: &str) -> f32 {
    40.0
}
