//! How long things take to say, and how the length of a film is shared out.
//!
//! Numbers only: it sees texts as so many words.

use story::{Language, Rng};

/// Silence around every line, so that one does not run into the next, in milliseconds.
pub(super) const AROUND_MS: u32 = 500;
/// Silence before the first line, for the title.
pub(super) const LEAD_MS: u32 = 1200;
/// Silence after the last line, for the end card.
pub(super) const TAIL_MS: u32 = 2000;
/// The longest line that is written, in words: it has to fit a caption and a shot.
pub(super) const LINE_WORDS: usize = 13;
/// The same for languages without spaces, in characters.
pub(super) const LINE_CHARS: usize = 22;

/// How long a narrator needs for a text, in milliseconds: 2.35 words a second, or 4 characters a second where words
/// are not parted by spaces.
pub fn speech_ms(text: &str, language: Language) -> u32 {
    let ms = if language.is_unspaced() {
        let (mut unspaced, mut other) = (0, String::new());
        for c in text.chars() {
            if super::lexicon::is_unspaced(c) {
                unspaced += 1;
                other.push(' ');
            } else {
                other.push(c);
            }
        }
        f64::from(unspaced) * 250.0 + spoken_words(&other) as f64 * 1000.0 / 2.35
    } else {
        spoken_words(text) as f64 * 1000.0 / 2.35
    };
    ms.round() as u32
}

/// How many words are spoken in a text.
pub(super) fn spoken_words(text: &str) -> usize {
    text.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).count()
}

/// How much of a film is speech, in milliseconds: the aim and the most.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpeechBudget {
    pub(super) aim: u32,
    pub(super) most: u32,
}

/// The budget of a film; a very short one has less room beside its title and end.
pub(super) fn speech_budget(film_ms: u32) -> SpeechBudget {
    let free = film_ms.saturating_sub(LEAD_MS + TAIL_MS);
    let share = |percent: u64| (u64::from(film_ms) * percent / 100) as u32;
    SpeechBudget { aim: share(66).min(free), most: share(71).min(free) }
}

/// How many scenes a film of that length has.
pub(super) fn scene_count(seconds: u32) -> usize {
    const STEPS: &[(u32, u32)] =
        &[(6, 1), (12, 2), (20, 3), (30, 4), (60, 6), (120, 10), (300, 20), (600, 36), (3600, 180)];
    let mut last = STEPS[0];
    for step in STEPS {
        if seconds <= step.0 {
            let span = (step.0 - last.0).max(1);
            return (last.1 + (step.1 - last.1) * (seconds.max(last.0) - last.0) / span).max(1) as usize;
        }
        last = *step;
    }
    last.1 as usize
}

/// How long a scene must be for its lines.
pub(super) fn scene_need(lines: &[String], language: Language, first: bool, last: bool) -> u32 {
    let speech: u32 = lines.iter().map(|l| speech_ms(l, language) + AROUND_MS).sum();
    speech + if first { LEAD_MS } else { 0 } + if last { TAIL_MS } else { 0 }
}

/// Shares `total` milliseconds among parts that need at least `needs` each; what is left is spread with a little
/// chance. When the needs are larger than the total, every part is shortened alike. The parts add up exactly.
pub(super) fn share(total: u32, needs: &[u32], rng: &mut Rng) -> Vec<u32> {
    if needs.is_empty() {
        return Vec::new();
    }
    let sum: u64 = needs.iter().map(|n| u64::from(*n)).sum();
    let mut parts: Vec<u32> = if sum > u64::from(total) {
        needs.iter().map(|n| (u64::from(*n) * u64::from(total) / sum) as u32).collect()
    } else {
        let weights: Vec<f32> = needs.iter().map(|_| rng.between(0.8, 1.2)).collect();
        let all: f32 = weights.iter().sum();
        let rest = (u64::from(total) - sum) as f32;
        needs.iter().zip(weights).map(|(n, w)| n + (rest * w / all) as u32 / 10 * 10).collect()
    };
    let given: u32 = parts.iter().sum();
    // Rounding leaves a few milliseconds; the last part takes or gives them.
    if let Some(last) = parts.last_mut() {
        *last = (*last + total).saturating_sub(given);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_estimated_by_language() {
        assert_eq!(speech_ms("an old lighthouse keeper", Language::En), 1702);
        assert_eq!(speech_ms("一只怕黑的刺猬。", Language::Zh), 1750);
        assert_eq!(speech_ms("— 🐋 —", Language::En), 0);
    }

    #[test]
    fn longer_films_have_more_scenes() {
        for (seconds, want) in [(6, 1), (15, 2), (30, 4), (60, 6), (300, 20), (3600, 180)] {
            assert_eq!(scene_count(seconds), want, "{seconds} s");
        }
    }

    #[test]
    fn shares_add_up() {
        let mut rng = story::Seed::new(1).rng();
        for (total, needs) in [(30_000, vec![4000, 5000, 2000]), (1000, vec![4000, 5000]), (7, vec![1, 1, 1])] {
            assert_eq!(share(total, &needs, &mut rng).iter().sum::<u32>(), total);
        }
    }
}
