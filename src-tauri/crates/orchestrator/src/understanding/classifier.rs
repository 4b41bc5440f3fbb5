//! The small built-in classifier: a linear model over the features of a message, with calibrated confidences.
//!
//! Its weights are one file of the repository, made from the corpus by `make train-understanding`.

use std::sync::LazyLock;

use super::Intent;

/// The intents in the order of the weights.
pub(super) const CLASSES: [Intent; 5] =
    [Intent::Chat, Intent::VideoGeneration, Intent::Modification, Intent::Review, Intent::Export];
/// The number of intents.
const COUNT: usize = CLASSES.len();
/// Begins a file of weights; the last byte is the version of its form.
const MAGIC: &[u8; 8] = b"WPINTENT";
/// Bytes before the first feature: magic, corpus hash, temperature, scale, number of features.
const HEAD: usize = 8 + 32 + 4 + 4 + 4;

static EMBEDDED: LazyLock<Option<Model>> = LazyLock::new(|| Model::read(include_bytes!("data/intent.weights")));

/// The shipped model; `None` only if its file is damaged.
pub(super) fn embedded() -> Option<&'static Model> {
    EMBEDDED.as_ref()
}

/// A linear model.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// The hash of the corpus that it was trained from.
    pub corpus: [u8; 32],
    /// What the sums are divided by before they become probabilities.
    pub temperature: f32,
    /// What one step of a weight is worth.
    pub scale: f32,
    /// The features, in order.
    pub features: Vec<u32>,
    /// The weights of each feature.
    pub weights: Vec<[i8; COUNT]>,
    /// Where the features begin that share their highest bits.
    starts: Vec<u32>,
}

/// The bits by which features are found.
const BITS: u32 = 12;

impl Model {
    /// A model of features in order, with their weights.
    pub fn new(corpus: [u8; 32], temperature: f32, scale: f32, features: Vec<u32>, weights: Vec<[i8; COUNT]>) -> Self {
        let from = |high: u32| features.partition_point(|f| (f >> (32 - BITS)) < high) as u32;
        let starts = (0..=1 << BITS).map(from).collect();
        Self { corpus, temperature, scale, features, weights, starts }
    }

    /// Reads a file of weights; `None` when it is not one.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (head, body) = bytes.split_at_checked(HEAD)?;
        if &head[..8] != MAGIC {
            return None;
        }
        let four = |at: usize| head.get(at..at + 4)?.try_into().ok();
        let count = u32::from_le_bytes(four(48)?) as usize;
        let (hashes, weights) = body.split_at_checked(count.checked_mul(4)?)?;
        if weights.len() != count * COUNT {
            return None;
        }
        let features: Vec<u32> =
            hashes.chunks_exact(4).filter_map(|c| c.try_into().ok().map(u32::from_le_bytes)).collect();
        let weights = weights.chunks_exact(COUNT).filter_map(|c| <[u8; COUNT]>::try_from(c).ok());
        let corpus = head[8..40].try_into().ok()?;
        let (temperature, scale) = (f32::from_le_bytes(four(40)?), f32::from_le_bytes(four(44)?));
        let weights = weights.map(|w| w.map(|b| b as i8)).collect();
        (features.is_sorted() && temperature > 0.0).then(|| Self::new(corpus, temperature, scale, features, weights))
    }

    /// The file of weights.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.features.len() * (4 + COUNT));
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.corpus);
        bytes.extend_from_slice(&self.temperature.to_le_bytes());
        bytes.extend_from_slice(&self.scale.to_le_bytes());
        bytes.extend_from_slice(&(self.features.len() as u32).to_le_bytes());
        self.features.iter().for_each(|f| bytes.extend_from_slice(&f.to_le_bytes()));
        self.weights.iter().for_each(|w| bytes.extend(w.map(|v| v as u8)));
        bytes
    }

    /// How likely each intent is; the sum is 1.
    pub(super) fn probabilities(&self, features: &[u32]) -> [f32; COUNT] {
        let mut sums = [0i32; COUNT];
        for feature in features {
            let high = (feature >> (32 - BITS)) as usize;
            let (from, to) = (self.starts[high] as usize, self.starts[high + 1] as usize);
            if let Ok(at) = self.features[from..to].binary_search(feature) {
                for (sum, weight) in sums.iter_mut().zip(self.weights[from + at]) {
                    *sum += i32::from(weight);
                }
            }
        }
        let norm = norm(features.len());
        softmax(sums.map(|s| s as f32 * self.scale * norm / self.temperature))
    }
}

/// Long messages have more features; each counts less.
pub(super) fn norm(features: usize) -> f32 {
    10.0 / (features.max(1) as f32).sqrt()
}

/// Probabilities from sums.
pub(super) fn softmax(sums: [f32; COUNT]) -> [f32; COUNT] {
    let most = sums.iter().copied().fold(f32::MIN, f32::max);
    let raised = sums.map(|s| exp(s - most));
    let total: f32 = raised.iter().sum();
    raised.map(|r| r / total)
}

/// e to the power of a number of at most 0, the same on every machine.
pub(super) fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let halvings = 10;
    let small = f64::from(x) / f64::from(1u32 << halvings);
    let mut value = 1.0 + small * (1.0 + small / 2.0 * (1.0 + small / 3.0 * (1.0 + small / 4.0)));
    for _ in 0..halvings {
        value *= value;
    }
    value as f32
}
