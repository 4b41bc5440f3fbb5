//! What follows the deed of a theme: what is done next, by whom, why, and what is said besides.
//!
//! Reads and words it; where in the film it is told is not decided here.

use super::being::{Being, is_lead};
use super::clauses::{clause, deed_of, first_of_two, goes_on, subject};
use super::deed::Deed;
use super::grammar;
use super::lexicon;
use super::reader::Reader;

/// What a theme tells besides who does what.
#[derive(Debug, Clone, Default)]
pub(super) struct Following {
    /// What else is done, in order.
    pub(super) sequels: Vec<Sequel>,
    /// What is said behind that and is no sentence that could be turned, in the person's own words.
    pub(super) besides: Vec<String>,
}

/// What follows the deed.
#[derive(Debug, Clone)]
pub(super) struct Sequel {
    pub(super) deed: Deed,
    pub(super) joined: Joined,
    /// Who does it, when it is not the hero.
    pub(super) who: Option<Subject>,
}

/// How what follows is joined to the deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joined {
    /// It comes next ("and finds an island").
    And,
    /// It goes against what was wanted ("but burns everything").
    But,
    /// It ends what went on ("until a fox finds him").
    Until,
    /// It comes in between ("when a whale appears").
    When,
    /// It came first ("after the bridge collapses").
    After,
    /// It is why ("because she misses her brother").
    Because,
    /// It would happen otherwise ("or spring will never come").
    Or,
    /// It comes of it ("so she burns the chairs").
    So,
    /// It goes on at the same time ("while the town sleeps").
    While,
}

/// Somebody or something else in a theme that does something.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// As it was said ("a street musician", "nobody").
    pub(super) words: String,
    /// The same, when it is somebody who can be seen.
    pub(super) being: Option<Being>,
    /// They are several.
    pub(super) many: bool,
}

impl Sequel {
    /// The sentence that tells it, of a hero who is `he` by then.
    pub(super) fn line(&self, he: &str) -> String {
        let who = self.who.as_ref().map_or(he, |who| who.words.as_str());
        let join = match self.joined {
            Joined::And => "Then",
            Joined::But => "But",
            Joined::Until => "Until, one day,",
            Joined::When => "Then, one day,",
            Joined::After => "One day",
            Joined::Because => "It was because",
            Joined::Or => "Or",
            Joined::So => "So",
            Joined::While => "Meanwhile,",
        };
        format!("{join} {who} {}.", self.deed.past())
    }

    /// The same in the present, of somebody who is `he`.
    pub(super) fn now(&self, he: &str) -> String {
        let (who, many) = self.who.as_ref().map_or((he, he == "they"), |who| (who.words.as_str(), who.many));
        let join = match self.joined {
            Joined::But => "But ",
            Joined::Because => "It is because ",
            Joined::While => "Meanwhile, ",
            Joined::So => "So ",
            _ => "",
        };
        format!("{join}{who} {}.", self.deed.now(many))
    }

    /// True when it is the same hero's, and ends what went on.
    pub(super) fn ends(&self) -> bool {
        const ENDS: [&str; 14] = [
            "find", "win", "become", "return", "save", "marry", "reach", "set", "discover", "rescue", "learn",
            "forgive", "free", "reunite",
        ];
        self.who.is_none() && self.joined == Joined::And && ENDS.contains(&self.deed.verb.as_str())
    }

    /// Who else is seen when it is told.
    pub(super) fn seen(&self) -> Vec<String> {
        self.who.iter().filter_map(|who| who.being.as_ref()).flat_map(Being::seen).collect()
    }
}

/// What is done, of a deed whose words begin at `from`, and what follows it.
pub(super) fn told(reader: &Reader, from: usize, plural: bool) -> (String, Following) {
    let mut rest = first_of_two(reader, from, plural);
    let mut at = from + length_of(&rest);
    if let Some(end) = list_end(reader, at) {
        rest = format!("{rest}{}", reader.tokens[at..end].join(" ").replace(" ,", ","));
        at = end;
    }
    (rest, following(reader, at, plural))
}

/// What is told from `from` on, where a deed has ended.
pub(super) fn following(reader: &Reader, from: usize, plural: bool) -> Following {
    let (mut at, mut sequels) = (from, Vec::new());
    while let Some((sequel, end)) = sequel(reader, at, plural) {
        sequels.push(sequel);
        at = end;
    }
    Following { sequels, besides: besides(&reader.tokens[at.min(reader.tokens.len())..]) }
}

/// "… a tailor, a baker and a thief for help": where a list ends that goes on behind a comma; it has no verb of its own.
fn list_end(reader: &Reader, comma: usize) -> Option<usize> {
    let mut at = comma;
    let mut last = false;
    while !last {
        let joined = reader.lower(at) == "," || at > comma && reader.lower(at) == "and";
        last = reader.lower(at) == "and" || reader.lower(at + 1) == "and";
        let start = at + 1 + usize::from(reader.lower(at) == "," && reader.lower(at + 1) == "and");
        let led = is_lead(&reader.lower(start));
        let (_, end) = reader.phrase(start).filter(|_| joined && led && reader.lower(comma) == ",")?;
        if subject(reader, start).is_some() {
            return None;
        }
        at = end;
    }
    Some(at + length_of(&clause(&reader.tokens[at..])))
}

fn length_of(words: &str) -> usize {
    words.split(' ').filter(|word| !word.is_empty()).count()
}

/// The parts of what is left, as they were said.
fn besides(tokens: &[String]) -> Vec<String> {
    let parts = tokens.split(|token| matches!(token.as_str(), "," | "-" | "–" | "—"));
    parts.filter(|part| part.len() > 1).map(|part| part.join(" ")).collect()
}

/// What the same hero does next ("and finds an island", ", but burns everything"), or somebody else ("and a fox helps him"),
/// and where it ends.
fn sequel(reader: &Reader, from: usize, plural: bool) -> Option<(Sequel, usize)> {
    let mut at = from + usize::from(reader.lower(from) == ",");
    let joined = match reader.lower(at).as_str() {
        "but" => Joined::But,
        "until" => Joined::Until,
        "when" => Joined::When,
        "after" => Joined::After,
        "because" => Joined::Because,
        "or" => Joined::Or,
        "while" => Joined::While,
        "so" => Joined::So,
        _ => Joined::And,
    };
    at += usize::from(joined != Joined::And || reader.lower(at) == "and");
    let passed = |word: &str| {
        matches!(word, "then" | "finally" | "suddenly" | "soon" | "now" | "later" | "eventually")
            || word.ends_with("ly") && lexicon::verb(word).is_none()
    };
    while passed(&reader.lower(at)) {
        at += 1;
    }
    if at == from {
        return None;
    }
    let word = reader.lower(at);
    let may = matches!(joined, Joined::And | Joined::But | Joined::Or);
    let same = may && (goes_on(&word, plural) || grammar::is_modal(&word));
    let (who, verb_at) = if same {
        (None, at)
    } else {
        let (who, verb_at) = subject(reader, at)?;
        (Some(who), verb_at)
    };
    let many = who.as_ref().map_or(plural, |who| who.many);
    let rest = first_of_two(reader, verb_at + 1, many);
    let end = verb_at + 1 + length_of(&rest);
    Some((Sequel { deed: deed_of(&reader.lower(verb_at), rest), joined, who }, end))
}
