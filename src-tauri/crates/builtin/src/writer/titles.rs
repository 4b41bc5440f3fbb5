//! The title, the logline and the words on the end card of an English film.

use story::{Kind, Rng, clean_text, sentence_case};

use super::being::Being;
use super::lexicon::VerbClass;
use super::phrasebook::Slots;
use super::theme::Theme;
use super::tokens::{head, is_break};
use super::vocabulary;

/// Words with large letters, as titles are written; small words stay small.
pub(super) fn title_case(text: &str) -> String {
    let last = text.split_whitespace().count().saturating_sub(1);
    text.split_whitespace()
        .enumerate()
        .map(|(i, w)| {
            let small = matches!(
                w,
                "a" | "an" | "the" | "of" | "in" | "on" | "at" | "to" | "and" | "or" | "by" | "for" | "with" | "from"
            );
            if small && i > 0 && i < last { w.to_owned() } else { sentence_case(w) }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The title of a film.
pub(super) fn title(theme: &Theme, kind: Kind, slots: &Slots, rng: &mut Rng) -> String {
    let mut choices: Vec<String> = Vec::new();
    // "How to make a cup of matcha tea" is a title as it is.
    let most = if matches!(kind, Kind::HowTo | Kind::List | Kind::Explainer) { 12 } else { 7 };
    let short = |t: &str| t.split_whitespace().count() <= most && !t.is_empty();
    match kind {
        Kind::Tale | Kind::Journey => {
            if theme.travels || theme.hero.as_ref().is_some_and(Being::tells) {
                choices.push(theme.text.clone());
            } else if let Some(hero) = &theme.hero {
                let whole = if hero.group.len() > 2 { hero.those() } else { hero.whole() };
                let friend = theme.friend();
                let deed = theme.deed.as_ref().filter(|_| friend.is_none());
                if let Some(before) = theme.before.as_ref().filter(|_| theme.deed.is_none()) {
                    choices.push(format!("{} {}", hero.again(), before.clause(hero)));
                }
                if let Some(other) = friend {
                    choices.push(format!("{} and {}", hero.again(), other.again()));
                    choices.push(format!("{} and {}", hero.again(), other.whole()));
                }
                if let Some(deed) = deed.filter(|d| d.class != VerbClass::Fear) {
                    choices.push(format!("{} {} {}", hero.again(), hero.who(), deed.past()));
                    choices.push(format!("How {} {}", hero.again(), deed.past()));
                }
                if theme.deed.as_ref().is_some_and(|d| d.class == VerbClass::Fear) {
                    choices.push(format!("{} and {}", hero.again(), slots.get("fear")));
                    choices.push(format!("{} who was {}", hero.again(), theme.state));
                }
                let short_deed = deed.map(super::deed::Deed::past).and_then(|d| {
                    d.match_indices(' ')
                        .filter(|(at, _)| {
                            d[at + 1..].split(' ').next().is_some_and(|word| is_break(word) || word == "out")
                        })
                        .map(|(at, _)| d[..at].trim_end_matches(" so").to_owned())
                        .find(|head| {
                            let words: Vec<&str> = head.split(' ').collect();
                            words.len() > 2 && !head.ends_with(" how") || words.len() == 2 && words[1].ends_with('s')
                        })
                });
                if let Some(deed) = short_deed {
                    choices.push(format!("How {} {deed}", hero.again()));
                    choices.push(format!("{} {} {deed}", hero.again(), hero.who()));
                }
                choices.retain(|c| short(c));
                if choices.is_empty() {
                    choices.push(whole);
                }
            }
        }
        Kind::Product => choices.push(slots.get("product").to_owned()),
        Kind::Explainer => {
            choices.push(slots.get("question").to_owned());
            choices.push(vocabulary::without_audience(&theme.text).to_owned());
        }
        Kind::Portrait if theme.hero.as_ref().is_some_and(|hero| !hero.name.is_empty()) => {
            choices.extend(theme.hero.as_ref().map(Being::introduced));
        }
        Kind::Portrait => {
            let who = [" who ", " that ", ", "].iter().filter_map(|join| theme.text.find(join)).min();
            choices.push(theme.text[..who.unwrap_or(theme.text.len())].to_owned());
        }
        // The first of some things that were named gives the film its name.
        _ => choices.push(head(&theme.text).to_owned()),
    }
    choices.retain(|c| short(c));
    let cased = |text: &str| match kind {
        Kind::Explainer | Kind::HowTo => sentence_case(text),
        _ => title_case(text),
    };
    if let Some(choice) = rng.pick(&choices) {
        return cased(choice);
    }
    let way = if kind == Kind::Journey { way(&theme.text).filter(|way| short(way)) } else { None };
    let head = Some(head(&theme.text)).filter(|head| short(head) && head.contains(' '));
    let cut = way.or_else(|| head.map(str::to_owned)).or_else(|| vocabulary::shortened(&theme.text));
    let cut = cut.unwrap_or_else(|| theme.text.split_whitespace().take(5).collect::<Vec<_>>().join(" "));
    let cut = cut.trim_end_matches([',', ';', ':', '.', '-']);
    let cut = if cut.chars().any(char::is_alphanumeric) { cut } else { "Light and time" };
    clean_text(&cased(cut), 60)
}

/// From where to where: "from Chicago to Santa Monica" of "a road trip from Chicago to Santa Monica on Route 66".
fn way(text: &str) -> Option<String> {
    let (from, to) = text[text.find("from ")?..].split_once(" to ")?;
    let to: Vec<&str> = to.split(' ').collect();
    let end = to.iter().skip(1).position(|word| is_break(word)).map_or(to.len(), |at| at + 1);
    Some(format!("{from} to {}", to[..end].join(" ").trim_end_matches([',', ';', ':'])))
}

/// The film in one sentence: the theme itself.
pub(super) fn logline(theme: &Theme) -> String {
    let text = if theme.text.chars().any(char::is_alphanumeric) {
        theme.text.as_str()
    } else {
        "A small film about light and time"
    };
    super::phrasebook::sentence(&clean_text(&sentence_case(text), 240))
}

/// The words on the end card.
pub(super) fn ending(kind: Kind, slots: &Slots, rng: &mut Rng) -> String {
    let choices: &[&str] = match kind {
        Kind::Tale | Kind::Journey => &["The End", "The end"],
        Kind::Explainer => &["Keep asking", "Stay curious"],
        Kind::HowTo => &["Now it is your turn", "Your turn"],
        Kind::Product => return title_case(slots.get("product")),
        _ => &["", ""],
    };
    rng.pick(choices).copied().unwrap_or_default().to_owned()
}
