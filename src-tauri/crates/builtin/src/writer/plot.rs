//! What a theme tells, as sentences in order: who it is, what came first, what they do, what comes of it, and what was said
//! besides.
//!
//! Words it, and says who is seen meanwhile; which scene tells it is `english`'s.

use story::{Kind, Rng};

use super::being::{Lead, is_lead};
use super::deed::Deed;
use super::grammar;
use super::lexicon::{self, VerbClass};
use super::phrasebook::Slots;
use super::sequel::{Joined, Sequel};
use super::theme::Theme;
use super::tokens;

/// Something that a theme tells.
#[derive(Debug)]
pub(super) struct Told {
    /// One sentence, or some that belong together.
    pub(super) lines: Vec<String>,
    /// Who else is seen when it is told.
    pub(super) seen: Vec<String>,
    /// The words that may lead elsewhere ("an island full of turtles").
    pub(super) about: String,
}

/// All that a theme tells.
#[derive(Debug, Default)]
pub(super) struct Plot {
    /// What a film begins with.
    pub(super) beginning: Vec<Told>,
    /// What happens then.
    pub(super) then: Vec<Told>,
}

impl Told {
    fn line(line: String) -> Self {
        Self { lines: vec![line], seen: Vec::new(), about: String::new() }
    }
}

/// The plot of a tale, told in the past of a hero who is `he` after the first sentence.
pub(super) fn of_tale(theme: &Theme, slots: &Slots, rng: &mut Rng) -> Plot {
    let he = slots.get("he");
    let mut plot = Plot::default();
    let Some(hero) = theme.hero.as_ref().filter(|_| !he.is_empty()) else { return plot };
    if !hero.tells() {
        let line = match &theme.before {
            Some(before) if hero.lead == Lead::The => {
                format!("This is the story of {} {}.", hero.introduced(), before.clause(hero))
            }
            Some(before) => format!("Once there {} {} {}.", hero.was(), hero.introduced(), before.clause(hero)),
            None if !hero.name.is_empty() || hero.lead == Lead::The || theme.is_known() || rng.chance(0.5) => {
                format!("This is the story of {}.", hero.introduced())
            }
            None => format!("Once there {} {}.", hero.was(), hero.introduced()),
        };
        plot.beginning.push(Told::line(line));
    }
    if !theme.names.is_empty() {
        plot.beginning.push(Told::line(format!("Their names were {}.", theme.names)));
    }
    // What has to be done when something happens is done after it.
    let must = theme.deed.as_ref().is_some_and(|deed| deed.past().starts_with("had to "));
    let first = |sequel: &&Sequel| sequel.joined == Joined::After || must && sequel.joined == Joined::When;
    let (earlier, later): (Vec<&Sequel>, Vec<&Sequel>) = theme.following.sequels.iter().partition(first);
    let because_of_it = theme.event.is_some() || !earlier.is_empty();
    let event = theme.event.as_ref().map(|event| format!("One day {event}."));
    plot.beginning.extend(event.into_iter().chain(earlier.iter().map(|sequel| sequel.line(he))).map(Told::line));
    let mut besides = theme.following.besides.iter().peekable();
    if let Some(deed) = &theme.deed {
        let past = deed.past();
        let opening = match deed.class {
            _ if because_of_it => "So",
            _ if slots.tags.contains("always") || theme.travels || grammar::is_modal(&deed.verb) => "",
            _ => rng.pick(&["Then, one day,", "One day", "And one day"]).copied().unwrap_or_default(),
        };
        let mut line = format!("{opening} {he} {past}");
        if let Some(how) = besides.next_if(|said| begins_with_gerund(said)) {
            line = format!("{line}: {how}");
        }
        let seen = if deed.class == VerbClass::Seek { Vec::new() } else { theme.seen_in(&deed.rest) };
        plot.then.push(Told { lines: vec![format!("{}.", line.trim_start())], seen, about: deed.rest.clone() });
    }
    for (at, sequel) in later.iter().enumerate() {
        let ends = at + 1 == later.len() && sequel.ends() && besides.peek().is_none();
        let line = if ends { format!("In the end {he} {}.", sequel.deed.past()) } else { sequel.line(he) };
        let seen: Vec<String> = theme.seen_in(&sequel.deed.rest).into_iter().chain(sequel.seen()).collect();
        // Why something is done, and what would happen otherwise, is said with it.
        let joined = matches!(sequel.joined, Joined::Because | Joined::Or);
        if let Some(told) = plot.then.last_mut().filter(|_| joined) {
            told.lines.push(line);
            told.seen.extend(seen);
        } else {
            plot.then.push(Told { lines: vec![line], seen, about: sequel.deed.rest.clone() });
        }
    }
    plot.then.extend(besides.map(|said| Told::line(retold(said, he))));
    plot
}

/// What is said in a film that is no tale, in the present: of somebody or something that is `it` after the first sentence.
pub(super) fn of_facts(theme: &Theme, kind: Kind, slots: &Slots, points: &[String]) -> Vec<Told> {
    let it = match kind {
        Kind::Portrait => slots.get("he"),
        Kind::Product => slots.get("it"),
        _ if tokens::head(&theme.text).contains(" and ") => "they",
        _ => "it",
    };
    let deed = theme.deed.as_ref().filter(|_| kind == Kind::Portrait);
    let mut told: Vec<Told> = Vec::new();
    if kind == Kind::Portrait {
        let done = deed.is_some_and(|deed| deed.done.is_some());
        let says = !["the woman", "the man", "the one", "the person"].contains(&theme.is.as_str());
        if !theme.is.is_empty() && says {
            let led = is_lead(&theme.is.split(' ').next().unwrap_or_default().to_lowercase());
            let is = if led { theme.is.clone() } else { format!("{} {}", grammar::article(&theme.is), theme.is) };
            told.push(Told::line(format!("{it} {} {is}.", if done { "was" } else { "is" })));
        }
        // What came first is told first.
        let (earlier, later): (Vec<&Sequel>, Vec<&Sequel>) =
            theme.following.sequels.iter().partition(|sequel| sequel.joined == Joined::After);
        told.extend(earlier.iter().map(|sequel| Told::line(sequel.now(it))));
        let then = if earlier.is_empty() { "" } else { "Then " };
        let plural = theme.hero.as_ref().is_some_and(|hero| hero.plural);
        let deeds = deed.into_iter().flat_map(|deed| parted(deed, plural));
        told.extend(deeds.map(|now| Told::line(format!("{then}{it} {now}."))));
        told.extend(later.iter().map(|sequel| Told::line(sequel.now(it))));
    }
    if kind == Kind::News {
        told.push(Told::line(ended(tokens::head(&theme.text))));
    }
    let claim = if kind == Kind::Product { slots.get("claim") } else { "" };
    if !claim.is_empty() {
        told.push(Told::line(format!("{it} {claim}.")));
    }
    let said = if deed.is_some() { &theme.following.besides } else { &theme.besides };
    let said = if said.is_empty() && matches!(kind, Kind::Montage | Kind::Product) { points } else { said };
    let new = said.iter().filter(|said| !theme.is.contains(said.as_str()));
    told.extend(new.map(|said| Told::line(stated(said, it, kind == Kind::Product))));
    told
}

/// "grew prize roses and never missed a dance" as two.
fn parted(deed: &Deed, plural: bool) -> Vec<String> {
    let now = deed.now(plural);
    let goes_on = |words: &str| {
        let first = words.split(' ').find(|word| !matches!(*word, "never" | "always" | "still" | "then"));
        first.is_some_and(|word| super::clauses::goes_on(word, plural))
    };
    match now.match_indices(" and ").find(|(at, and)| goes_on(&now[at + and.len()..])) {
        Some((at, and)) => vec![now[..at].to_owned(), now[at + and.len()..].to_owned()],
        None => vec![now],
    }
}

/// A part of what was said, of something that is `it`: "folds flat" as "It folds flat", "an app that helps" as "It is an app
/// that helps".
fn stated(said: &str, it: &str, presents: bool) -> String {
    let told = said.strip_prefix("who ");
    let said = told.or_else(|| said.strip_prefix("and ")).unwrap_or(said);
    let words: Vec<String> = said.split(' ').map(str::to_lowercase).collect();
    let first = words[0].as_str();
    let acts = grammar::is_third(first) || grammar::is_past(first) || grammar::is_copula(first);
    let acts = acts || matches!(first, "has" | "can" | "will");
    // "knitted in the Faroe Islands": what was done to it.
    let be = if it == "they" { "are" } else { "is" };
    if presents
        && told.is_none()
        && grammar::is_past(first)
        && words.get(1).is_some_and(|word| tokens::is_preposition(word))
        && !it.is_empty()
    {
        return format!("{it} {be} {said}.");
    }
    // "a stubborn goat leads the children": a sentence as it stands.
    let whole = words.iter().skip(2).any(|word| grammar::is_third(word));
    match first {
        "a" | "an" | "the" if presents && (words.contains(&"that".to_owned()) || !whole && it == "it") => {
            format!("{it} is {said}.")
        }
        _ if acts && !it.is_empty() => format!("{it} {said}."),
        _ => format!("{said}."),
    }
}

/// The same in a tale.
fn retold(said: &str, he: &str) -> String {
    let first = said.split(' ').next().unwrap_or_default().to_lowercase();
    match lexicon::verb(&first).filter(|verb| first == grammar::third(verb.base)) {
        Some(verb) => {
            let rest = said.split_once(' ').map_or("", |(_, rest)| rest);
            format!("{he} {}.", Deed::new(verb.base, verb.class, rest.to_owned()).past())
        }
        None => format!("{said}."),
    }
}

/// A sentence with its sign.
fn ended(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) { text.to_owned() } else { format!("{text}.") }
}

fn begins_with_gerund(said: &str) -> bool {
    let first = said.split(' ').next().unwrap_or_default().to_lowercase();
    lexicon::verb(&first).is_some_and(|verb| first == grammar::gerund(verb.base))
}
