//! Requests about the episodes of a series: "make episode 2 longer and more dramatic".

use super::super::heard::number;
use super::super::words;
use super::{Reader, Request};
use crate::Change;
use crate::parameters::duration;
use crate::replies::{Reply, Thing};

impl Reader<'_> {
    /// Reads a request about an episode.
    pub(super) fn series(&mut self, request: &Request<'_>) -> bool {
        let Some(series) = &self.edition.series else { return false };
        let named = episode(request);
        let Some(at) = named.map(|n| n as usize - 1).or(self.episode) else { return false };
        let count = series.episodes.len();
        let Some(episode) = series.episodes.get(at) else {
            return self.trouble(Reply::NoSuch { thing: Thing::Episode(at as u32 + 1), count: count as u32 });
        };
        let seconds = duration(request.text).or(match request.operation.as_str() {
            "lengthen" => Some(episode.seconds * 3 / 2),
            "shorten" => Some(episode.seconds * 2 / 3),
            _ => None,
        });
        let mood = super::feeling(request.text);
        if seconds.is_none() && mood.is_none() {
            return false;
        }
        self.episode = Some(at);
        // Two requests about the same episode are one change.
        if let Some(Change::Episode { episode, seconds: known, mood: felt }) = self.read.changes.last_mut()
            && *episode == at
        {
            *known = seconds.or(*known);
            *felt = mood.or(*felt);
            return true;
        }
        self.change(Change::Episode { episode: at, seconds, mood })
    }
}

fn episode(request: &Request<'_>) -> Option<u32> {
    episode_in(request.text)
}

/// The number of the episode that is named, from 1.
pub(in super::super) fn episode_in(text: &str) -> Option<u32> {
    let words = story::words(text);
    let spaced = words.windows(2).find_map(|pair| match pair {
        [word, n] if words::list("episode").contains(&word.as_str()) => number(n),
        [n, word] if words::list("episode").contains(&word.as_str()) => number(n),
        _ => None,
    });
    let unspaced = || {
        let rest = text.split_once('第')?.1;
        let digits: String =
            rest.chars().take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(*c)).collect();
        rest[digits.len()..].starts_with(['集', '部', '話']).then(|| number(&digits)).flatten()
    };
    spaced.or_else(unspaced).filter(|n| *n > 0)
}
