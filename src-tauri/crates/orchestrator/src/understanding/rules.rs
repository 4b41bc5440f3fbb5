//! The first layer: patterns that are nearly always right, from one table.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

use super::{ContextState, Intent};
use crate::parameters::Plain;
use crate::wording::Words;

/// A rule that matched.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub(super) name: &'static str,
    pub(super) intent: Intent,
    pub(super) confidence: f32,
}

struct Table {
    rules: Vec<(Match, String)>,
    set: RegexSet,
    /// What must not match beside a rule, by its number.
    unless: Vec<Option<Regex>>,
}

static TABLE: LazyLock<Option<Table>> = LazyLock::new(|| {
    let mut lists: Vec<(String, &str)> = Vec::new();
    let (mut rules, mut patterns, mut unless) = (Vec::new(), Vec::new(), Vec::new());
    for line in include_str!("data/rules.txt").lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        if let Some((name, list)) = line.strip_prefix('@').and_then(|l| l.split_once(" = ")) {
            lists.push((format!("@{name}"), list));
            continue;
        }
        let mut parts = line.splitn(5, " | ");
        let (name, intent, states) = (parts.next()?, parts.next()?, parts.next()?);
        let (confidence, pattern) = (parts.next()?.trim().parse().ok()?, parts.next()?);
        let pattern = lists.iter().fold(pattern.to_owned(), |p, (name, list)| p.replace(name.as_str(), list));
        let (pattern, except) = pattern.split_once(" !! ").map_or((pattern.as_str(), None), |(p, e)| (p, Some(e)));
        let intent =
            Intent::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(intent.trim()))
                .ok()?;
        rules.push((Match { name: name.trim(), intent, confidence }, states.trim().to_owned()));
        unless.push(match except {
            Some(except) => Some(Regex::new(except).ok()?),
            None => None,
        });
        patterns.push(pattern.to_owned());
    }
    let set = RegexSet::new(&patterns).ok()?;
    Some(Table { rules, set, unless })
});

/// Every rule that matches a message in its state, in the order of the table.
pub(super) fn matches(text: &str, state: ContextState) -> Vec<Match> {
    let Some(table) = TABLE.as_ref() else { return Vec::new() };
    static SPACES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\s+").ok());
    let plain = Plain::folded(&Words::of(text)).text.replace('’', "'");
    let plain = SPACES.as_ref().map_or(plain.clone(), |re| re.replace_all(&plain, " ").into_owned());
    let letter = match state {
        ContextState::None => 'n',
        ContextState::DraftPlanReady => 'p',
        ContextState::VideoReady => 'f',
    };
    let trimmed = plain.trim().trim_start_matches(['¿', '¡', '"', '-', ' ']);
    let found = table.set.matches(trimmed);
    found
        .into_iter()
        .filter(|i| !table.unless.get(*i).and_then(Option::as_ref).is_some_and(|re| re.is_match(trimmed)))
        .filter_map(|i| table.rules.get(i))
        .filter(|(_, states)| states.contains('*') || states.contains(letter))
        .map(|(rule, _)| *rule)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let rules = include_str!("data/rules.txt")
            .lines()
            .filter(|l| !l.starts_with('#') && l.splitn(5, " | ").count() == 5 && !l.starts_with('@'))
            .count();
        assert_eq!(TABLE.as_ref().map(|t| t.rules.len()), Some(rules));
    }
}
