//! The details of a change: what is done, to what, where, and what it becomes.

use std::ops::Range;
use std::sync::LazyLock;

use super::operation::{operation, settled};
use super::places::{Places, places};
use super::target::target;
use super::{ModificationDetails, Numbers, TARGETS, value};
use crate::parameters::has_being;
use crate::understanding::{Context, cues};
use crate::wording::{Clause, Hit, Lexicon, Word, Words, clauses, fold};

pub(super) static OPERATIONS: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::read(&[include_str!("../data/operations.txt")]));

/// A clause of a change with what is known of its words.
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    words: Words<'a>,
    pub(super) operations: Vec<Hit<'static>>,
    pub(super) targets: Vec<Hit<'static>>,
    pub(super) places: Places,
    /// Where the project's characters are named.
    names: Vec<Range<usize>>,
}

impl<'a> Part<'a> {
    fn of(text: &'a str, context: &Context) -> Self {
        let words = Words::of(text);
        let names = names(&words, context);
        let free = |h: &Hit<'_>| {
            !names.iter().any(|n| n.start <= h.range.start && h.range.end <= n.end) && !in_quotes(text, h.range.start)
        };
        Self {
            operations: OPERATIONS.find(&words.list).into_iter().filter(|h| free(h)).collect(),
            targets: TARGETS.find(&words.list).into_iter().filter(|h| free(h)).collect(),
            places: places(text, context),
            text,
            words,
            names,
        }
    }

    pub(super) fn says(&self, operation: &str) -> Option<&Hit<'static>> {
        self.operations.iter().find(|h| h.class == operation)
    }

    pub(super) fn list(&self) -> &[Word] {
        &self.words.list
    }
}

/// Where the project's characters are named.
fn names(words: &Words<'_>, context: &Context) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for name in cues::characters(context) {
        for own in Words::of(&fold(&name)).list.iter().filter(|p| !p.unspaced && p.norm.len() > 2 && p.norm != "the") {
            let said =
                words.list.iter().filter(|w| w.norm == own.norm || w.norm.strip_suffix('s') == Some(own.norm.as_str()));
            found.extend(said.map(|w| w.range.clone()));
        }
    }
    found
}

/// True inside double quotes.
fn in_quotes(text: &str, at: usize) -> bool {
    let before = &text[..at];
    before.matches('"').count() % 2 == 1
        || before.rfind(['“', '「', '《', '«', '„']).is_some_and(|o| {
            !before[o..].contains(['”', '」', '》', '»', '“'])
                || before[o..].starts_with('“') && !before[o + 3..].contains(['”', '“'])
        })
}

/// Reads a change.
pub(in crate::understanding) fn modification(text: &str, context: &Context) -> ModificationDetails {
    let whole = Part::of(text, context);
    let first = first_request(text, context);
    let part = first.as_ref().unwrap_or(&whole);
    let operation = operation(part).or_else(|| operation(&whole));
    let character = character(part, context).or_else(|| character(&whole, context));
    let mut target = target(part, operation, character.is_some());
    if matches!(target, "video" | "object") && part.targets.is_empty() && first.is_some() {
        // "The hook is weak, replace it": the clause before says what "it" is.
        let wider = self::target(&whole, operation, character.is_some());
        if wider != "video" {
            target = wider;
        }
    }
    let operation = settled(part, operation, target);
    let places = if part.places == Places::default() { &whole.places } else { &part.places };
    let value = value::said(part, operation, target).or_else(|| value::quoted(text));
    let (scene, shot) = if adds_a_place(part, operation, target) {
        (Vec::new(), Vec::new())
    } else {
        (places.scenes.clone(), places.shots.clone())
    };
    ModificationDetails {
        target: Some(target.to_owned()),
        scene: Numbers::of(scene),
        shot: Numbers::of(shot),
        character,
        operation: Some(operation.to_owned()),
        value,
    }
}

/// The first clause that asks for something; refused and describing clauses before it count for nothing. `None` when
/// the message is one clause.
fn first_request<'a>(text: &'a str, context: &Context) -> Option<Part<'a>> {
    let said = cues::Said::of(text, context);
    let parts: Vec<Clause<'a>> = clauses(text);
    if parts.len() < 2 {
        return None;
    }
    let describes = |c: &Clause<'_>| {
        let part = Part::of(c.text, context);
        part.operations.iter().all(|h| h.class == "change") && part.places.scenes.is_empty()
    };
    let head = said.head.and_then(|h| said.clauses.get(h)).map(|c| c.range.clone());
    let start = head.or_else(|| parts.iter().find(|c| !describes(c)).map(|c| c.range.clone()))?.start;
    // The request runs to the end of its sentence; a second request after "and" or a comma is another one.
    let sentence = parts.iter().find(|c| c.range.contains(&start))?.sentence;
    let end = parts.iter().filter(|c| c.sentence == sentence).map(|c| c.range.end).max()?;
    // "In scene 4, shot 1, swap…": what stands before the head in its sentence says where.
    let before =
        parts.iter().filter(|c| c.sentence == sentence && c.range.end <= start).all(|c| !said_alone(c, context));
    let from =
        if before { parts.iter().find(|c| c.sentence == sentence).map_or(start, |c| c.range.start) } else { start };
    Some(Part::of(text.get(from..end)?, context))
}

/// A clause before the head that says something of its own.
fn said_alone(clause: &Clause<'_>, context: &Context) -> bool {
    let part = Part::of(clause.text, context);
    part.places == Places::default()
}

/// A character of the project that is named, or the being that is spoken of.
fn character(part: &Part<'_>, context: &Context) -> Option<String> {
    let list = part.list();
    for name in cues::characters(context) {
        let folded = fold(&name);
        let own: Vec<Word> = Words::of(&folded).list.into_iter().filter(|w| w.norm != "the").collect();
        let key = Words::key(&own);
        let whole = Words::key(list).contains(&key) && !key.is_empty();
        let piece = part.names.iter().any(|n| {
            let said = fold(&part.text[n.clone()]);
            own.iter().any(|p| !p.unspaced && p.norm.len() > 2 && said.starts_with(&p.norm))
        });
        if whole || piece {
            return Some(name);
        }
    }
    has_being(list).map(|h| part.text[h.range].to_lowercase())
}

/// The languages that a clause names.
pub(super) fn languages(part: &Part<'_>) -> Vec<String> {
    crate::parameters::languages_in(part.list())
}

/// "Insert a scene between 4 and 5": the numbers say where the new one goes.
fn adds_a_place(part: &Part<'_>, operation: &str, target: &str) -> bool {
    let text = fold(part.text);
    let new = matches!(target, "scene" | "shot" | "camera") && operation == "add";
    let whence = !matches!(target, "scene" | "shot" | "transition") && matches!(operation, "remove" | "move");
    (new || whence)
        && [
            "after", "before", "between", "despues", "antes", "entre", "apres", "avant", "nach", "vor", "zwischen",
            "之后", "之前", "后面", "前面", "之间", "の後", "の前", "の間",
        ]
        .iter()
        .any(|w| text.contains(w))
}
