//! Series: several films about one thing, with the same cast. Each episode is a film of its own.

use serde::{Deserialize, Serialize};
use story::{Brief, MAX_DURATION_S, MIN_DURATION_S, Mood, Said};

/// One film of a series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Episode {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub theme: String,
    /// Its length in seconds.
    pub seconds: u32,
    /// How it feels; `None` as the series does.
    #[serde(default)]
    pub mood: Option<Mood>,
}

/// Several films about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// What they are about.
    pub theme: String,
    /// Who is in all of them, in the person's words.
    pub cast: Vec<String>,
    /// The films, in order; never empty.
    pub episodes: Vec<Episode>,
    /// Which of them the brief is of, from 0.
    pub chosen: usize,
}

/// The most episodes of a series.
pub(crate) const MOST_EPISODES: u32 = 24;

/// What the parts of a series are about, one after the other; a longer series begins again with "more".
const ARCS: [(&str, &str); 6] = [
    ("Beginnings", "how it began"),
    ("Breakthrough", "the great turn"),
    ("What comes next", "what comes next"),
    ("The people", "the people behind it"),
    ("The hard part", "what went wrong and what was learned"),
    ("A day in it", "one day in it, seen closely"),
];

impl Series {
    /// So many films of a brief that asks for a series.
    pub(crate) fn of(brief: &Brief, count: u32, cast: Vec<String>) -> Self {
        let count = count.clamp(2, MOST_EPISODES) as usize;
        // The last of the first three is always the outlook.
        let order = |at: usize| match (count, at) {
            (2, 1) => 2,
            (n, at) if at + 1 == n && n > 3 => 2,
            (n, at) if n > 3 && at >= 2 => at + 1,
            (_, at) => at,
        };
        let episode = |at: usize| {
            let (title, about) = ARCS[order(at) % ARCS.len()];
            let (title, about) = match brief.scenes.get(at).filter(|_| brief.scenes.len() == count) {
                Some(told) => (story::sentence_case(told), told.as_str()),
                None => (title.to_owned(), about),
            };
            Episode { title, theme: format!("{}: {about}", brief.theme), seconds: brief.duration_s.value, mood: None }
        };
        Self { theme: brief.theme.clone(), cast, episodes: (0..count).map(episode).collect(), chosen: 0 }
    }

    /// The brief of one episode, from that of another one.
    pub(crate) fn brief_of(&self, at: usize, brief: &Brief) -> Brief {
        let Some(episode) = self.episodes.get(at) else { return brief.clone() };
        let mut new = brief.clone();
        new.theme.clone_from(&episode.theme);
        new.told.clear();
        new.message.clone_from(&episode.theme);
        new.characters.clone_from(&self.cast);
        new.scenes.clear();
        new.duration_s = Said { value: episode.seconds, from: brief.duration_s.from };
        if let Some(mood) = episode.mood {
            new.mood = Said::said(mood);
            mood.as_str().clone_into(&mut new.mood_words);
        }
        new
    }

    /// With another length of one episode, in seconds.
    pub(crate) fn retime(&mut self, at: usize, seconds: u32) {
        if let Some(episode) = self.episodes.get_mut(at) {
            episode.seconds = seconds.clamp(MIN_DURATION_S, MAX_DURATION_S);
        }
    }

    /// With another feeling of one episode.
    pub(crate) fn feel(&mut self, at: usize, mood: Mood) {
        if let Some(episode) = self.episodes.get_mut(at) {
            episode.mood = Some(mood);
        }
    }
}
