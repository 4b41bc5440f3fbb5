//! What a call costs: US dollars in millionths, by unit.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What a provider counts and bills.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// One call, whatever it gives.
    Calls,
    /// Pictures.
    Images,
    /// Seconds of clip.
    Seconds,
    /// Characters of speech.
    Characters,
    /// Tokens read.
    InputTokens,
    /// Tokens written.
    OutputTokens,
}

impl Unit {
    /// All units.
    pub const ALL: [Self; 6] =
        [Self::Calls, Self::Images, Self::Seconds, Self::Characters, Self::InputTokens, Self::OutputTokens];

    /// Its name in [`crate::Usage`].
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Calls => "calls",
            Self::Images => "images",
            Self::Seconds => "seconds",
            Self::Characters => "characters",
            Self::InputTokens => "input_tokens",
            Self::OutputTokens => "output_tokens",
        }
    }
}

const MILLION: u128 = 1_000_000;

/// What a model's calls cost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Nothing: it runs here, or on a machine of one's own.
    #[default]
    Free,
    /// Nobody said.
    Unknown,
    /// So many millionths of a dollar for a million of a unit, for each unit that is billed. (A single token costs less
    /// than a millionth.)
    PerMillion(BTreeMap<Unit, u64>),
}

impl Price {
    /// A price of so many millionths of a dollar for one `unit`.
    pub fn per(unit: Unit, micros: u64) -> Self {
        Self::PerMillion(BTreeMap::from([(unit, micros.saturating_mul(1_000_000))]))
    }

    /// The most that a call costs which takes at most so much of each unit, in millionths of a dollar; `None` when nobody
    /// said a price. Rounded up.
    pub fn most(&self, units: &[(Unit, u64)]) -> Option<u64> {
        match self {
            Self::Free => Some(0),
            Self::Unknown => None,
            Self::PerMillion(rates) => {
                let parts = units
                    .iter()
                    .map(|(unit, count)| u128::from(*count) * u128::from(rates.get(unit).copied().unwrap_or_default()));
                Some(u64::try_from(parts.sum::<u128>().div_ceil(MILLION)).unwrap_or(u64::MAX))
            }
        }
    }

    /// What units that were taken cost, in millionths of a dollar; 0 when nobody said a price.
    pub fn cost(&self, units: &BTreeMap<String, u64>) -> u64 {
        let taken: Vec<(Unit, u64)> =
            Unit::ALL.into_iter().filter_map(|u| units.get(u.as_str()).map(|count| (u, *count))).collect();
        self.most(&taken).unwrap_or_default()
    }
}

/// About how many tokens a text is: four bytes each.
pub fn tokens_about(text: &str) -> u64 {
    (text.len() as u64).div_ceil(4)
}

/// More tokens than a text is: two bytes each, which holds for every script and for JSON.
pub fn tokens_at_most(text: &str) -> u64 {
    (text.len() as u64).div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_rounded_up_and_knows_free_from_unknown() {
        let tokens = Price::PerMillion(BTreeMap::from([(Unit::InputTokens, 150_000), (Unit::OutputTokens, 600_000)]));
        assert_eq!(tokens.most(&[(Unit::InputTokens, 10), (Unit::OutputTokens, 5)]), Some(5));
        assert_eq!(Price::per(Unit::Images, 40_000).most(&[(Unit::Calls, 1), (Unit::Images, 3)]), Some(120_000));
        assert_eq!((Price::Free.most(&[(Unit::Calls, 9)]), Price::Unknown.most(&[(Unit::Calls, 9)])), (Some(0), None));
        assert_eq!(Price::per(Unit::Seconds, u64::MAX).most(&[(Unit::Seconds, u64::MAX)]), Some(u64::MAX));
        let taken = BTreeMap::from([("seconds".to_owned(), 8), ("reasoning_tokens".to_owned(), 4)]);
        assert_eq!(Price::per(Unit::Seconds, 100_000).cost(&taken), 800_000);
        assert_eq!(Price::Unknown.cost(&taken), 0);
    }
}
