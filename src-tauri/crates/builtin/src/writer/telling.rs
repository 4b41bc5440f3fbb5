//! Chooses phrases while a film is told, so that nothing is said twice and no two sentences in a row begin alike.
//!
//! It keeps what was said; what happens in which order is the outline's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use story::{PlaceKind, Rng, Seed, TimeOfDay, Weather};

use super::budget::{LINE_WORDS, spoken_words};
use super::phrasebook::{Book, Slots, Variant, sentence};
use super::vocabulary::scene_tags;

static STORY: LazyLock<Book> =
    LazyLock::new(|| Book::parse(&[include_str!("data/en/tale.txt"), include_str!("data/en/frames.txt")]));
static DETAILS: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/en/details.txt")]));
static OPENINGS: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/en/openings.txt")]));
static DOINGS: LazyLock<Book> = LazyLock::new(|| Book::parse(&[include_str!("data/en/doings.txt")]));

/// Small ends that make a sentence of a very long film its own.
const TAILS: &[&str] = &[
    "once more",
    "as before",
    "almost unseen",
    "and nobody minds",
    "without hurry",
    "like every time",
    "and then again",
    "a little differently",
];

/// A season of the year in a film long enough to have them.
pub(super) const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// Where and when a scene is, as far as the choice of phrases needs it.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) kind: PlaceKind,
    pub(super) time: TimeOfDay,
    pub(super) weather: Weather,
    pub(super) season: Option<&'static str>,
    /// True when the hero is seen, so that small doings may be told.
    pub(super) hero: bool,
}

/// What is fixed by the person's words and must not be told otherwise.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Fixed {
    pub(super) time: Option<TimeOfDay>,
    pub(super) weather: Option<Weather>,
}

/// A beat, told: its sentences and what it says of its scene.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) lines: Vec<String>,
    pub(super) set: &'static BTreeMap<&'static str, &'static str>,
}

/// A film while it is told.
#[derive(Debug)]
pub(super) struct Telling {
    pub(super) slots: Slots,
    pub(super) rng: Rng,
    /// The most words a sentence may have.
    pub(super) limit: usize,
    /// How many words a scene has on the average.
    share: usize,
    said: BTreeSet<String>,
    phrases: BTreeSet<&'static str>,
    beats: BTreeSet<(&'static str, usize)>,
    heads: Vec<String>,
    /// The theme's own deed was told.
    deed_told: bool,
    /// The other whom the hero comes to know was spoken of.
    other_told: bool,
}

impl Telling {
    pub(super) fn new(slots: Slots, seed: Seed, limit: usize) -> Self {
        Self {
            slots,
            rng: seed.rng(),
            limit: limit.clamp(if limit < 7 { 6 } else { 8 }, LINE_WORDS),
            share: limit,
            said: BTreeSet::new(),
            phrases: BTreeSet::new(),
            beats: BTreeSet::new(),
            heads: Vec::new(),
            deed_told: false,
            other_told: false,
        }
    }

    /// Keeps a sentence, if it was not said before and is not too long.
    pub(super) fn keep(&mut self, line: &str) -> bool {
        let words = spoken_words(line);
        if words == 0 || words > LINE_WORDS || !self.said.insert(line.to_lowercase()) {
            return false;
        }
        self.heads.push(head(line));
        true
    }

    /// True when the theme's own deed was told.
    pub(super) fn deed_told(&self) -> bool {
        self.deed_told
    }

    fn fits(&self, line: &str, limit: usize) -> bool {
        (1..=limit).contains(&spoken_words(line)) && !self.said.contains(&line.to_lowercase())
    }

    /// Tells a beat in the best way its words allow. The sections are tried from the most particular on; each variant
    /// is used once in a film. `setting_of` says where a variant's `place` word puts the scene.
    pub(super) fn beat(
        &mut self,
        sections: &[String],
        fixed: Fixed,
        setting_of: &dyn Fn(Option<&str>) -> Setting,
    ) -> Option<Told> {
        let mut best: Option<(f32, usize, usize, Vec<String>, &'static Variant)> = None;
        for (rank, section) in sections.iter().enumerate() {
            for (index, variant) in STORY.section(section).iter().enumerate() {
                if self.beats.contains(&(section_key(section), index)) || !allowed(variant, fixed) {
                    continue;
                }
                // What the film is about is told once, and as early as it can be.
                let deed = tells_deed(variant);
                if deed && self.deed_told {
                    continue;
                }
                let setting = setting_of(variant.set.get("place").copied());
                let time = variant.set.get("time").and_then(|w| time_named(w)).unwrap_or(setting.time);
                let weather = variant.set.get("weather").and_then(|w| weather_named(w)).unwrap_or(setting.weather);
                let here = scene_tags(setting.kind, time, weather);
                if !variant.tags.iter().all(|t| self.slots.tags.contains(*t) || here.iter().any(|h| h == t)) {
                    continue;
                }
                let lines = self.lines_of(variant);
                if lines.is_empty() {
                    continue;
                }
                let alike = f32::from(u8::from(self.heads.contains(&head(&lines[0]))));
                // In a short film a beat is best told when its first sentences fill its share and no more.
                let words: usize = lines.iter().take(2).map(|l| spoken_words(l)).sum();
                let share = self.share;
                let misfit = if share < 16 { words.abs_diff(share) as f32 * 0.35 } else { 0.0 };
                let score =
                    variant.tags.len() as f32 * 0.8 + (sections.len() - rank) as f32 * 7.0 + self.rng.unit() * 4.5
                        - alike * 4.0
                        - misfit
                        + if deed || tells_other(variant) && !self.other_told { 5.0 } else { 0.0 };
                if best.as_ref().is_none_or(|(b, ..)| score > *b) {
                    best = Some((score, rank, index, lines, variant));
                }
            }
        }
        let (_, rank, index, lines, variant) = best?;
        self.beats.insert((section_key(&sections[rank]), index));
        self.deed_told |= tells_deed(variant);
        self.other_told |= tells_other(variant);
        let lines: Vec<String> = lines.into_iter().filter(|l| self.keep(l)).collect();
        Some(Told { lines, set: &variant.set })
    }

    // The sentences of a variant up to the first that cannot be said; nothing when that is the first one.
    fn lines_of(&self, variant: &'static Variant) -> Vec<String> {
        let mut lines = Vec::new();
        for phrase in &variant.lines {
            let Some(line) = self.slots.fill(phrase).map(|l| sentence(&l)) else { break };
            if !self.fits(&line, self.limit) {
                break;
            }
            lines.push(line);
        }
        lines
    }

    /// One more sentence for a scene: something seen, heard or done there that was not said yet, of at most `limit`
    /// words. `None` when nothing is left to say.
    pub(super) fn detail(&mut self, setting: &Setting, limit: usize) -> Option<String> {
        let mut pool: Vec<&'static str> = Vec::new();
        for section in detail_sections(setting) {
            pool.extend(DETAILS.phrases(section));
        }
        if setting.hero && self.slots.past {
            let tags = &self.slots.tags;
            pool.extend(DOINGS.phrases(if tags.contains("marine") {
                "sea"
            } else if tags.contains("plural") {
                "plural"
            } else {
                "one"
            }));
        }
        let openings = self.openings(setting);
        for attempt in 0..160 {
            let phrase = *self.rng.pick(&pool)?;
            if attempt < 50 && self.phrases.contains(phrase) {
                continue;
            }
            let with_opening = attempt >= 50 || self.rng.chance(0.35);
            let mut text = if with_opening && !phrase.contains(" or no ") {
                format!("{}, {phrase}", self.rng.pick(&openings).copied().unwrap_or("now and then"))
            } else {
                phrase.to_owned()
            };
            if attempt >= 110 {
                text = format!("{text}, {}", self.rng.pick(TAILS).copied().unwrap_or_default());
            }
            let Some(line) = self.slots.fill(&text).map(|l| sentence(&l)) else { continue };
            let recent = self.heads.iter().rev().take(3).any(|h| *h == head(&line));
            if !self.fits(&line, limit.min(LINE_WORDS)) || (recent && attempt < 100) {
                continue;
            }
            self.phrases.insert(phrase);
            self.keep(&line);
            return Some(line);
        }
        None
    }

    fn openings(&self, setting: &Setting) -> Vec<&'static str> {
        let mut openings: Vec<&'static str> = Vec::new();
        if !matches!(setting.kind, PlaceKind::Space | PlaceKind::Studio) {
            openings.extend(OPENINGS.phrases(setting.time.as_str()));
        }
        if self.slots.past {
            openings.extend(OPENINGS.phrases("any"));
            openings.extend(setting.season.into_iter().flat_map(|s| OPENINGS.phrases(s)));
        } else {
            openings.extend(OPENINGS.phrases("present"));
            openings.retain(|o| {
                !matches!(
                    *o,
                    "that same day"
                        | "as the light went"
                        | "when the lamps came on"
                        | "while everything slept"
                        | "before anyone was awake"
                        | "while the sky was still pale"
                        | "while the shadows grew long"
                        | "as the sun went lower"
                )
            });
        }
        openings
    }
}

/// True for a way of telling that brings in the other.
fn tells_other(variant: &Variant) -> bool {
    variant.lines.first().is_some_and(|line| line.contains("{a other}"))
}

/// True for a way of telling whose first sentence says what the hero of the theme does or is.
fn tells_deed(variant: &Variant) -> bool {
    variant.lines.first().is_some_and(|line| line.contains("{deed.") || line.contains("{state}"))
}

fn section_key(section: &str) -> &'static str {
    // Sections are few and come from the books, so the book's own string can stand for them.
    STORY.name_of(section)
}

fn head(line: &str) -> String {
    line.split(' ').take(2).collect::<Vec<_>>().join(" ").to_lowercase()
}

fn allowed(variant: &Variant, fixed: Fixed) -> bool {
    let time = variant.set.get("time").and_then(|w| time_named(w));
    let weather = variant.set.get("weather").and_then(|w| weather_named(w));
    let time_ok = fixed.time.is_none() || time.is_none() || time == fixed.time;
    let weather_ok =
        fixed.weather.is_none() || weather.is_none() || weather == fixed.weather || weather == Some(Weather::Clear);
    time_ok && weather_ok
}

/// The part of the day with a stored word.
pub(super) fn time_named(word: &str) -> Option<TimeOfDay> {
    TimeOfDay::ALL.iter().copied().find(|t| t.as_str() == word)
}

/// The weather with a stored word.
pub(super) fn weather_named(word: &str) -> Option<Weather> {
    Weather::ALL.iter().copied().find(|w| w.as_str() == word)
}

fn detail_sections(setting: &Setting) -> Vec<&'static str> {
    let kind = setting.kind.as_str();
    // What belongs to the place is heard more often than what is true anywhere.
    let mut sections = vec![kind, kind, kind, kind, "any"];
    let open = !matches!(
        setting.kind,
        PlaceKind::Space | PlaceKind::Underwater | PlaceKind::Planet | PlaceKind::Studio | PlaceKind::Cave
    );
    if setting.kind.is_indoors() {
        if open {
            sections.push("indoors");
        }
    } else if open {
        sections.extend(["outdoors", setting.time.as_str(), setting.weather.as_str(), setting.weather.as_str()]);
    }
    sections
}
