//! The one source of chance: a seed that forks by name, and a small generator over it.

use serde::{Deserialize, Serialize};

/// Decides everything that is left to chance. Two parts of a film fork their own seed by name, so that a change in one
/// never moves the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(u32);

impl Seed {
    /// A seed from a number the person sees ("take 2" is another seed).
    pub fn new(value: u32) -> Self {
        Self(value)
    }

    /// The 64 bits that the number stands for.
    pub fn value(self) -> u64 {
        let hash = blake3::hash(&self.0.to_le_bytes());
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&hash.as_bytes()[..8]);
        u64::from_le_bytes(bytes)
    }

    /// The seed of a named part.
    #[must_use]
    pub fn fork(self, name: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&self.0.to_le_bytes());
        hasher.update(name.as_bytes());
        let mut bytes = [0; 4];
        bytes.copy_from_slice(&hasher.finalize().as_bytes()[..4]);
        Self(u32::from_le_bytes(bytes))
    }

    /// A generator that starts from this seed.
    pub fn rng(self) -> Rng {
        Rng(self.value() | 1)
    }
}

/// A xorshift64* generator (Vigna 2016): small, fast, the same on every machine.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// The next 32 bits.
    pub fn bits(&mut self) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 32) as u32
    }

    /// A number in 0..1.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 8) as f32 / 16_777_216.0
    }

    /// A number between two bounds.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// An index below `len`; 0 when there is nothing to choose from.
    pub fn below(&mut self, len: usize) -> usize {
        if len == 0 { 0 } else { self.bits() as usize % len }
    }

    /// One of the given things, `None` when there are none.
    pub fn pick<'a, T>(&mut self, things: &'a [T]) -> Option<&'a T> {
        things.get(self.below(things.len()))
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forks_differ_by_name_and_repeat_by_seed() {
        let seed = Seed::new(1);
        assert_eq!(seed.fork("sky"), seed.fork("sky"));
        assert_ne!(seed.fork("sky"), seed.fork("sea"));
        assert_ne!(seed.fork("sky"), Seed::new(2).fork("sky"));
    }

    #[test]
    fn numbers_stay_in_their_bounds_and_spread() {
        let mut rng = Seed::new(3).rng();
        let all: Vec<f32> = (0..4000).map(|_| rng.unit()).collect();
        assert!(all.iter().all(|x| (0.0..1.0).contains(x)));
        let mean = all.iter().sum::<f32>() / 4000.0;
        assert!((0.47..0.53).contains(&mean), "mean {mean}");
        assert_eq!(rng.pick::<u8>(&[]), None);
    }
}
