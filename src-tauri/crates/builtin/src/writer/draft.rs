//! Scenes while they are written, and fitting their words into the length of the film.
//!
//! It counts and cuts; it never makes up a sentence itself but asks for one more where there is room.

use story::{Language, Mood, Rng, TimeOfDay, Weather};

use super::budget::{AROUND_MS, LEAD_MS, scene_need, share, speech_budget, speech_ms};
use super::spots::Spot;

/// A scene with all the sentences it could have, in order.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) title: String,
    /// What happens when the sentences do not say it; may be empty.
    pub(super) happens: String,
    pub(super) spot: Spot,
    pub(super) time: TimeOfDay,
    pub(super) weather: Weather,
    pub(super) season: Option<&'static str>,
    pub(super) mood: Mood,
    pub(super) who: Vec<String>,
    pub(super) props: Vec<String>,
    /// Sentences that could be said; a prefix of them is.
    pub(super) pool: Vec<String>,
    /// The sentences that are said.
    /// How many of the first sentences are the person's own, and are told before any other.
    pub(super) own: usize,
    pub(super) lines: Vec<String>,
    pub(super) duration_ms: u32,
}

impl Draft {
    /// The next sentence of the pool, in all its parts: one that ends in the middle goes on in the next line.
    fn next(&self) -> Vec<String> {
        let rest = &self.pool[self.lines.len().min(self.pool.len())..];
        let ends = |line: &String| !line.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ';' | ':' | '—'));
        let length = rest.iter().position(ends).map_or(rest.len(), |at| at + 1);
        rest[..length].to_vec()
    }
}

struct Room {
    film_ms: u32,
    language: Language,
}

impl Room {
    fn speech(&self, drafts: &[Draft]) -> u32 {
        drafts.iter().flat_map(|d| &d.lines).map(|l| speech_ms(l, self.language)).sum()
    }

    // True when the film can still hold a line of that length with its silence.
    fn holds(&self, drafts: &[Draft], more: u32, most: u32) -> bool {
        let need: u32 = self.needs(drafts).iter().sum();
        self.speech(drafts) + more <= most && need + more + AROUND_MS <= self.film_ms
    }

    // The same for some lines.
    fn holds_all(&self, drafts: &[Draft], more: &[String], most: u32) -> bool {
        let silences = AROUND_MS * more.len().saturating_sub(1) as u32;
        self.holds(drafts, more.iter().map(|line| speech_ms(line, self.language)).sum::<u32>() + silences, most)
    }

    // How long each scene must be; one in which nobody speaks has a little time as well.
    fn needs(&self, drafts: &[Draft]) -> Vec<u32> {
        let count = drafts.len();
        let silent = 2400.min(self.film_ms / count.max(1) as u32 * 2 / 5);
        drafts
            .iter()
            .enumerate()
            .map(|(i, d)| scene_need(&d.lines, self.language, i == 0, i + 1 == count).max(silent))
            .collect()
    }
}

/// Chooses what is said so that speech fills its share of the film, and gives every scene its length. `more` is asked
/// for another sentence for a scene, of at most so many milliseconds.
pub(super) fn fit(
    drafts: &mut [Draft],
    film_ms: u32,
    language: Language,
    rng: &mut Rng,
    more: &mut dyn FnMut(&Draft, u32) -> Option<String>,
) {
    let room = Room { film_ms, language };
    let budget = speech_budget(film_ms);
    let ms = |line: &str| speech_ms(line, language);
    let count = drafts.len();
    // The end and the beginning are always told, then the scenes between, as far as there is room.
    let order: Vec<usize> =
        (0..count).filter(|i| *i == 0).chain((1..count).rev().take(1)).chain(1..count.saturating_sub(1)).collect();
    for at in order {
        let next = drafts[at].next();
        if !next.is_empty() {
            let alone = drafts.iter().all(|d| d.lines.is_empty());
            let fits = |line: &String| room.holds(drafts, ms(line), budget.most);
            if room.holds_all(drafts, &next, budget.most) {
                drafts[at].lines.extend(next);
            } else if alone && let Some(found) = drafts[at].pool.iter().position(fits) {
                drafts[at].pool.drain(..found);
                let line = drafts[at].pool[0].clone();
                drafts[at].lines.push(line);
            } else if alone && ms(&next[0]) <= film_ms.saturating_sub(LEAD_MS) {
                drafts[at].lines.push(next[0].clone());
            }
        }
    }
    // What the person said comes before what is only well said.
    for at in 0..count {
        while drafts[at].lines.len() < drafts[at].own {
            let next = drafts[at].next();
            if next.is_empty() || !room.holds_all(drafts, &next, budget.most) {
                break;
            }
            drafts[at].lines.extend(next);
        }
    }
    let mut dry = vec![false; count];
    while room.speech(drafts) < budget.aim {
        // The end is told in full first; then the scene with the least to say is given the next sentence.
        let told = |i: usize| {
            if i + 1 == count && drafts[i].lines.len() < 2 {
                0
            } else {
                drafts[i].lines.iter().map(|l| ms(l)).sum::<u32>()
            }
        };
        let Some(at) = (0..count).filter(|i| !dry[*i]).min_by_key(|i| (told(*i) / 1000, count - i)) else { break };
        let said = drafts[at].lines.len();
        let next = drafts[at].next();
        let free = film_ms.saturating_sub(room.needs(drafts).iter().sum::<u32>() + AROUND_MS);
        let left = budget.most.saturating_sub(room.speech(drafts)).min(free);
        match next {
            next if !next.is_empty() && room.holds_all(drafts, &next, budget.most) => drafts[at].lines.extend(next),
            _ if left < 900 || !room.holds(drafts, 900, budget.most) => dry[at] = true,
            _ => {
                // The pool is used up (or what is left in it is too long): something seen fills the time.
                drafts[at].pool.truncate(said);
                match more(&drafts[at], left).filter(|l| room.holds(drafts, ms(l), budget.most)) {
                    Some(line) => {
                        let place = if at + 1 == count && count > 1 { 0 } else { said.min(1 + said / 2) };
                        let place = place.max(drafts[at].own).min(said);
                        drafts[at].pool.insert(place, line.clone());
                        drafts[at].lines.insert(place, line);
                    }
                    None => dry[at] = true,
                }
            }
        }
    }
    let needs = room.needs(drafts);
    for (draft, duration) in drafts.iter_mut().zip(share(film_ms, &needs, rng)) {
        draft.duration_ms = duration;
    }
}
