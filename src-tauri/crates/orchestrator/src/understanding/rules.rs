//! The first layer: patterns that are nearly always right, from one table.

use std::sync::LazyLock;

use regex::Regex;
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

/// A rule of the table.
struct Rule {
    gives: Match,
    states: String,
    pattern: Regex,
    /// What must not match beside it.
    unless: Option<Regex>,
}

static TABLE: LazyLock<Option<Vec<Rule>>> = LazyLock::new(|| {
    let mut lists: Vec<(String, String)> = Vec::new();
    let mut rules = Vec::new();
    for line in &lines(include_str!("data/rules.txt")) {
        if let Some((name, list)) = line.strip_prefix('@').and_then(|l| l.split_once(" = ")) {
            lists.push((format!("@{name}"), list.to_owned()));
            continue;
        }
        let mut parts = line.splitn(5, " | ");
        let (name, intent, states) = (parts.next()?, parts.next()?, parts.next()?);
        let (confidence, pattern) = (parts.next()?.trim().parse().ok()?, parts.next()?);
        let pattern = lists.iter().fold(pattern.to_owned(), |p, (name, list)| p.replace(name.as_str(), list));
        // The text is in bare letters: plain word ends do, and keep the search fast on every script.
        let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(r"[\w", "[a-z0-9_").replace(r"\w", "[a-z0-9_]");
        let (pattern, except) = pattern.split_once(" !! ").map_or((pattern.as_str(), None), |(p, e)| (p, Some(e)));
        let intent =
            Intent::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(intent.trim()))
                .ok()?;
        rules.push(Rule {
            gives: Match { name: name.trim().to_owned().leak(), intent, confidence },
            states: states.trim().to_owned(),
            pattern: Regex::new(pattern).ok()?,
            unless: except.map(Regex::new).transpose().ok()?,
        });
    }
    Some(rules)
});

/// The entries of the table: a line that begins with spaces goes on with the one before it.
fn lines(table: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()) {
        match (line.strip_prefix("    "), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// The rules that match a message: those of its state, in the order of the table, and whether it agrees to a plan.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Matches {
    pub(super) here: Vec<Match>,
    pub(super) agrees: bool,
}

/// Every rule that matches a message in its state.
pub(super) fn matches(text: &str, state: ContextState) -> Matches {
    let Some(table) = TABLE.as_ref() else { return Matches::default() };
    let plain = Plain::folded(&Words::of(text)).text.replace('’', "'");
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let letter = match state {
        ContextState::None => 'n',
        ContextState::DraftPlanReady => 'p',
        ContextState::VideoReady => 'f',
    };
    let trimmed = plain.trim_start_matches(['¿', '¡', '"', '-', ' ']);
    let mut found = Matches::default();
    for rule in table {
        if !rule.pattern.is_match(trimmed) || rule.unless.as_ref().is_some_and(|re| re.is_match(trimmed)) {
            continue;
        }
        found.agrees |= matches!(rule.gives.name, "go_ahead" | "go_ahead_zh_ja" | "render_plan");
        if rule.states.contains('*') || rule.states.contains(letter) {
            found.here.push(rule.gives);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let table = lines(include_str!("data/rules.txt"));
        let rules = table.iter().filter(|l| l.splitn(5, " | ").count() == 5 && !l.starts_with('@')).count();
        assert_eq!(rules, table.iter().filter(|l| !l.starts_with('@')).count());
        assert_eq!(TABLE.as_ref().map(Vec::len), Some(rules));
    }
}
