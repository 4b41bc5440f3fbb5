//! How long to wait before a call is made again: longer each time, a little apart from others, never shorter than the
//! provider asks, and not for ever.

use std::time::Duration;

/// How often a call is made at most.
const ATTEMPTS: u32 = 5;
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(30);
/// How long all waits of one call may be together.
const TOTAL: Duration = Duration::from_mins(10);

/// The waits of one call.
pub(super) struct Backoff {
    seed: blake3::Hash,
    /// How many times the call was made.
    made: u32,
    waited: Duration,
}

impl Backoff {
    /// The same text gives the same waits.
    pub(super) fn new(seed: &str) -> Self {
        Self { seed: blake3::hash(seed.as_bytes()), made: 0, waited: Duration::ZERO }
    }

    /// How many times the call was made.
    pub(super) fn made(&self) -> u32 {
        self.made
    }

    /// The call failed. How long to wait and which attempt comes next; `None` when it is enough.
    pub(super) fn next(&mut self, asked: Option<Duration>) -> Option<(Duration, u32)> {
        self.made += 1;
        if self.made >= ATTEMPTS {
            return None;
        }
        let jitter = |of: Duration| of.mul_f64(f64::from(self.seed.as_bytes()[self.made as usize]) / 255.0);
        let own = (FIRST * 2_u32.pow(self.made - 1)).min(LONGEST);
        // Half of it is left to chance, so that calls that failed together do not come back together.
        let wait = match asked {
            Some(asked) if asked >= own / 2 => asked + jitter(own / 2),
            _ => own / 2 + jitter(own / 2),
        };
        self.waited += wait;
        (self.waited <= TOTAL).then_some((wait, self.made + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_stay_apart_and_end() {
        let waits = |seed: &str| {
            let mut backoff = Backoff::new(seed);
            std::iter::from_fn(|| backoff.next(None)).collect::<Vec<_>>()
        };
        assert_eq!(waits("a"), waits("a"));
        assert_ne!(waits("a"), waits("b"));
        for (number, (wait, attempt)) in waits("a").into_iter().enumerate() {
            let own = FIRST * 2_u32.pow(number as u32);
            assert!(wait >= own / 2 && wait <= own, "{wait:?}");
            assert_eq!(attempt as usize, number + 2);
        }
        assert_eq!(waits("a").len(), 4);
    }

    #[test]
    fn what_the_provider_asks_for_is_kept_to_but_not_for_ever() {
        let asked = Duration::from_secs(7);
        let (wait, attempt) = Backoff::new("a").next(Some(asked)).expect("a second attempt");
        assert!(wait >= asked && wait <= asked + FIRST && attempt == 2);
        assert_eq!(Backoff::new("a").next(Some(TOTAL * 2)), None);
    }
}
