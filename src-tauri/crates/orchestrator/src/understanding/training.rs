//! Training of the built-in classifier from the corpus. The same corpus and seed give the same file, bit for bit.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::classifier::{CLASSES, Model, norm, softmax};
use super::cues::Said;
use super::features::features;
use super::{Context, Intent};

/// A labelled message.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    /// Names it in the corpus; ids of neighbours differ in their last digits.
    pub id: String,
    /// The message.
    pub text: String,
    /// Its language.
    #[serde(default)]
    pub lang: String,
    /// The state it is said in.
    #[serde(default)]
    pub context: Context,
    /// What it wants.
    pub intent: Intent,
    /// Readings that count as right as well.
    #[serde(default)]
    pub intent_accept: Vec<Intent>,
}

impl Example {
    /// True for the part that is kept for testing and never trained on: the messages that were written blind (`b-…`), and
    /// of the others every fifth block of ten neighbours, so that variants of one another fall on the same side.
    pub fn is_held_out(&self) -> bool {
        let number = self.id.rsplit('-').next().and_then(|n| n.parse::<u32>().ok()).unwrap_or_default();
        self.id.starts_with("b-") || number / 10 % 5 == 3
    }
}

/// The corpus files of a folder, in the order of their names.
pub fn corpus_files(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder)?.filter_map(|e| e.ok().map(|e| e.path())).collect();
    names.retain(|n| n.extension().is_some_and(|e| e == "jsonl"));
    names.sort();
    names.iter().map(std::fs::read_to_string).collect()
}

/// Reads the labelled messages of corpus files.
pub fn read_corpus(files: &[String]) -> Result<Vec<Example>, serde_json::Error> {
    files.iter().flat_map(|f| f.lines()).filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect()
}

/// The hash of corpus files, which their model keeps.
pub fn corpus_hash(files: &[String]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(file.as_bytes());
        hasher.update(&[0]);
    }
    *hasher.finalize().as_bytes()
}

/// What steers a training.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Orders the examples.
    pub seed: u64,
    /// How often each example is seen.
    pub rounds: u32,
    /// The first step along a slope.
    pub rate: f32,
    /// How strongly weights are held at 0.
    pub decay: f32,
    /// The share of its features that a message does without each time it is seen, so that no word decides alone.
    pub dropped: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 7, rounds: 20, rate: 0.05, decay: 2e-6, dropped: 0.5 }
    }
}

const COUNT: usize = CLASSES.len();

/// A message as numbers.
struct Row {
    features: Vec<u32>,
    norm: f32,
    class: usize,
}

/// Trains a model on the examples that are not held out.
pub fn train(examples: &[Example], corpus: [u8; 32], settings: Settings) -> Model {
    let learned: Vec<&Example> = examples.iter().filter(|e| !e.is_held_out()).collect();
    let mut index: Vec<u32> = Vec::new();
    let raw: Vec<(Vec<u32>, usize)> = learned
        .iter()
        .map(|e| {
            let class = CLASSES.iter().position(|c| *c == e.intent).unwrap_or_default();
            (features(&Said::of(&e.text, &e.context)), class)
        })
        .collect();
    for (list, _) in &raw {
        index.extend(list);
    }
    index.sort_unstable();
    let index = repeated(&index);
    let rows: Vec<Row> = raw
        .iter()
        .map(|(list, class)| Row {
            features: list.iter().filter_map(|f| index.binary_search(f).ok().map(|i| i as u32)).collect(),
            norm: norm(list.len()),
            class: *class,
        })
        .collect();
    let temperature = calibrated(&rows, index.len(), settings);
    let weights = fit(&rows.iter().collect::<Vec<_>>(), index.len(), settings);
    quantised(&index, &weights, corpus, temperature)
}

/// The features that more than one message has.
fn repeated(sorted: &[u32]) -> Vec<u32> {
    let mut kept = Vec::new();
    for group in sorted.chunk_by(|a, b| a == b) {
        if group.len() > 1 {
            kept.push(group[0]);
        }
    }
    kept
}

/// Stochastic descent with a step of its own for each weight; the mean of the later rounds is taken.
fn fit(rows: &[&Row], features: usize, settings: Settings) -> Vec<[f32; COUNT]> {
    let mut weights = vec![[0f32; COUNT]; features];
    let mut slopes = vec![[1e-4f32; COUNT]; features];
    let mut mean = vec![[0f32; COUNT]; features];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut seed = settings.seed;
    let averaged = settings.rounds.div_ceil(2);
    let threshold = (f64::from(settings.dropped) * 4_294_967_296.0) as u64;
    let mut kept: Vec<u32> = Vec::new();
    for round in 0..settings.rounds {
        shuffle(&mut order, &mut seed);
        for row in order.iter().map(|i| rows[*i]) {
            kept.clear();
            kept.extend(row.features.iter().copied().filter(|_| next(&mut seed) >> 32 >= threshold));
            let norm = row.norm / (1.0 - settings.dropped);
            let likely = softmax(sums(&kept, &weights).map(|s| s * norm));
            for f in &kept {
                let (w, g) = (&mut weights[*f as usize], &mut slopes[*f as usize]);
                for class in 0..COUNT {
                    let wanted = if class == row.class { 1.0 } else { 0.0 };
                    let slope = (likely[class] - wanted) * norm + settings.decay * w[class];
                    g[class] += slope * slope;
                    w[class] -= settings.rate * slope / g[class].sqrt();
                }
            }
        }
        if round + averaged >= settings.rounds {
            for (all, w) in mean.iter_mut().zip(&weights) {
                all.iter_mut().zip(w).for_each(|(sum, w)| *sum += w / averaged as f32);
            }
        }
    }
    mean
}

/// What the features of a message say for each class together.
fn sums(features: &[u32], weights: &[[f32; COUNT]]) -> [f32; COUNT] {
    let mut sums = [0f32; COUNT];
    for f in features {
        for (sum, w) in sums.iter_mut().zip(weights[*f as usize]) {
            *sum += w;
        }
    }
    sums
}

/// SplitMix64.
fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for i in (1..order.len()).rev() {
        order.swap(i, (next(seed) % (i as u64 + 1)) as usize);
    }
}

/// The temperature that makes confidences true: fitted on messages that the model did not see, fold by fold.
fn calibrated(rows: &[Row], features: usize, settings: Settings) -> f32 {
    let folds = 4;
    let mut unseen: Vec<([f32; COUNT], usize)> = Vec::new();
    for fold in 0..folds {
        let block = |i: usize| i / 30 % folds == fold;
        let seen: Vec<&Row> = rows.iter().enumerate().filter(|(i, _)| !block(*i)).map(|(_, r)| r).collect();
        let weights = fit(&seen, features, settings);
        for row in rows.iter().enumerate().filter(|(i, _)| block(*i)).map(|(_, r)| r) {
            unseen.push((sums(&row.features, &weights).map(|s| s * row.norm), row.class));
        }
    }
    let loss = |temperature: f32| -> f64 {
        let one = |(sums, class): &([f32; COUNT], usize)| {
            -f64::from(softmax(sums.map(|s| s / temperature))[*class].max(1e-6)).ln()
        };
        unseen.iter().map(one).sum()
    };
    let mut best = (f64::MAX, 1.0);
    for step in 0..60 {
        let temperature = 0.4 + step as f32 * 0.05;
        let now = loss(temperature);
        if now < best.0 {
            best = (now, temperature);
        }
    }
    best.1
}

/// Weights as small whole numbers; features that hardly weigh anything are left out.
fn quantised(index: &[u32], weights: &[[f32; COUNT]], corpus: [u8; 32], temperature: f32) -> Model {
    let mut sizes: Vec<f32> = weights.iter().flatten().map(|w| w.abs()).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    // The few heaviest may be cut: one step stays fine for all others.
    let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2000)).copied().unwrap_or(1.0).max(1e-6);
    let scale = top / 127.0;
    let small = |w: &[f32; COUNT]| w.map(|v| (v / scale).round().clamp(-127.0, 127.0) as i8);
    let kept: Vec<(u32, [i8; COUNT])> = index
        .iter()
        .zip(weights)
        .map(|(f, w)| (*f, small(w)))
        .filter(|(_, w)| w.iter().any(|v| v.unsigned_abs() > 2))
        .collect();
    let (features, weights) = kept.into_iter().unzip();
    Model::new(corpus, temperature, scale, features, weights)
}
