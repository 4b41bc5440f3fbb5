//! The words of an English theme, ready for the phrasebook: names, pronouns, verb forms, and what is true of them.

use story::{Age, Kind, Nature, PlaceKind, TimeOfDay, Weather};

use super::being::{Being, Lead};
use super::grammar;
use super::lexicon::{self, VerbClass};
use super::phrasebook::Slots;
use super::theme::Theme;
use super::tokens::{head, is_preposition};

/// The slots and tags of a theme.
pub(super) fn slots(theme: &Theme, kind: Kind) -> Slots {
    let mut slots = Slots { past: matches!(kind, Kind::Tale | Kind::Journey), ..Slots::default() };
    if let Some(hero) = &theme.hero {
        being(&mut slots, hero, ["a hero", "hero", "he", "him", "his", "himself", "was", "a short hero"]);
        let nature = match hero.nature {
            Nature::Human => "human",
            Nature::Animal => "animal",
            Nature::SeaAnimal => "marine",
            Nature::Bird => "bird",
            Nature::Robot => "robot",
            Nature::Creature => "creature",
            Nature::Thing => "thing",
        };
        slots.tag(nature, true);
        slots.tag(if hero.plural { "plural" } else { "one" }, true);
        slots.tag(
            "child",
            hero.noun.is_some_and(|n| n.age == Age::Child)
                || hero.long.contains("little")
                || hero.long.contains("young"),
        );
        slots.set("whole hero", hero.whole());
        slots.set("new hero", hero.introduced());
        if let Some(work) = hero.noun.and_then(|n| n.work.as_ref()).filter(|_| !hero.plural) {
            let (verb, rest) = work.habit.split_once(' ').unwrap_or((work.habit, ""));
            slots.set("habit.past", format!("{} {rest}", grammar::past(verb)));
            slots.set("habit.third", format!("{} {rest}", grammar::third(verb)));
            slots.set("tool", work.tool);
            slots.tag("prof", true);
        }
        slots.tag("owned", theme.owned);
        slots.tag(if hero.name.is_empty() { "unnamed" } else { "named.hero" }, true);
        slots.tag("we", hero.tells() && hero.plural);
    }
    if let Some(other) = theme.friend() {
        being(&mut slots, other, ["a other", "other", "o.he", "o.him", "o.his", "o.himself", "o.was", "a short other"]);
        slots.tag("other", true);
        slots.tag("o.sea", other.nature == Nature::SeaAnimal);
        slots.tag("o.human", other.nature == Nature::Human);
        slots.tag("o.animal", other.nature == Nature::Animal);
    }
    if !theme.state.is_empty() && theme.state.split(' ').count() <= 6 {
        slots.set("state", theme.state.as_str());
        slots.tag("state", true);
        let fear = theme.state.split_once(" of ").map_or("", |(_, what)| what);
        slots.set("fear", fear);
        slots.tag("fear", !fear.is_empty() && theme.deed.as_ref().is_some_and(|d| d.class == VerbClass::Fear));
        slots.tag("fear.dark", fear.contains("dark"));
    }
    if let Some(deed) = theme.deed.as_ref().filter(|d| d.rest.split(' ').count() <= 7) {
        slots.set("deed.base", deed.base());
        slots.set("deed.past", deed.past());
        slots.set("deed.now", deed.now(theme.hero.as_ref().is_some_and(|hero| hero.plural)));
        slots.tag("deed", true);
        // What is said to be an accident is not said so twice.
        slots.tag("chance", !deed.rest.contains("by accident"));
        slots.tag(if deed.done.is_some() { "told" } else { "habit" }, true);
        wishes(&mut slots, theme, &deed.rest);
        // "who cannot remember anything": no day on which it happens.
        let always = matches!(deed.adverb.as_str(), "never" | "always" | "only" | "secretly")
            || matches!(
                deed.verb.as_str(),
                "can" | "cannot" | "could" | "refuse" | "have" | "love" | "know" | "live" | "keep"
            );
        slots.tag("always", always);
        slots.tag("does", deed.class != VerbClass::Seek && !always && !implied(theme, &slots));
    }
    const TRAVEL: &[&str] = &["journey", "trip", "ride", "train", "drive", "voyage", "flight", "cruise"];
    slots.tag("travel", story::words(&theme.text).iter().any(|word| TRAVEL.contains(&word.as_str())));
    topic(&mut slots, theme, kind);
    slots
}

/// True when the beats tell the deed in words of their own: a friend who is met, a fear, a wish.
pub(super) fn implied(theme: &Theme, slots: &Slots) -> bool {
    match theme.deed.as_ref().map(|deed| deed.class) {
        Some(VerbClass::Friend) => theme.friend().is_some(),
        Some(VerbClass::Fear) => true,
        Some(VerbClass::Learn) => slots.tags.contains("wish"),
        _ => false,
    }
}

fn being(slots: &mut Slots, being: &Being, names: [&'static str; 8]) {
    let pronouns = being.pronouns();
    let short = match being.lead {
        Lead::A | Lead::Bare if being.name.is_empty() && !being.plural => {
            format!("{} {}", grammar::article(&being.short), being.short)
        }
        Lead::Count => format!("{} {}", being.lead_word, being.short),
        _ => being.again(),
    };
    let words = [
        being.first(),
        being.again(),
        pronouns.he.to_owned(),
        pronouns.him.to_owned(),
        pronouns.his.to_owned(),
        pronouns.himself.to_owned(),
        being.was().to_owned(),
        short,
    ];
    for (name, word) in names.into_iter().zip(words) {
        slots.set(name, word);
    }
}

// "learns to paint", "dreams of flying", "crossing the desert to find water".
fn wishes(slots: &mut Slots, theme: &Theme, rest: &str) {
    let class = theme.deed.as_ref().map_or(VerbClass::Other, |d| d.class);
    let wish = match class {
        VerbClass::Learn => rest.strip_prefix("to ").map(str::to_owned).or_else(|| {
            let gerund = rest.strip_prefix("of ").unwrap_or_default();
            let (first, more) = gerund.split_once(' ').unwrap_or((gerund, ""));
            first
                .ends_with("ing")
                .then(|| format!("{} {more}", grammar::base_of(first).unwrap_or_default()))
                .filter(|w| !w.starts_with(' '))
        }),
        _ => None,
    };
    if let Some(wish) = wish {
        slots.set("wish", wish.trim());
        slots.tag("wish", true);
    }
    let goal = rest
        .split_once(" to ")
        .map(|(_, goal)| goal)
        .filter(|g| g.split(' ').next().is_some_and(|v| lexicon::verb(v).is_some_and(|k| k.base == v)));
    if let Some(goal) = goal {
        slots.set("goal", goal);
        slots.tag("goal", true);
        slots.tag("goal.water", goal.contains("water"));
    }
}

fn topic(slots: &mut Slots, theme: &Theme, kind: Kind) {
    let text = theme.text.trim_end_matches(['?', '!', '.']);
    let explains = matches!(kind, Kind::Explainer | Kind::HowTo);
    let text = if explains { without_audience(text) } else { text }.to_owned();
    let lower = text.to_lowercase();
    let strip = |list: &[&str]| {
        list.iter().find_map(|p| {
            lower.starts_with(&format!("{p} ")).then(|| text.get(p.len() + 1..).unwrap_or_default().to_owned())
        })
    };
    let short = |words: &str, limit: usize| words.split(' ').count() <= limit;
    match kind {
        Kind::Explainer => {
            let history = strip(&["the history of", "history of", "the evolution of", "the story behind"]);
            slots.tag("history", history.is_some());
            let mut subject = history
                .or_else(|| strip(&["the science of", "understanding", "explaining", "explain", "what is", "what are"]))
                .unwrap_or_else(|| text.clone());
            if let Some(at) = subject.to_lowercase().find(" explained") {
                subject.truncate(at);
            }
            let subject = subject.trim_end_matches(',').to_owned();
            if let Some(question) = question(&text, &subject).filter(|q| short(q, 12)) {
                slots.set("question", question);
                slots.tag("question", true);
            }
            let asks = ["why ", "how ", "when ", "where "].iter().any(|q| lower.starts_with(q));
            slots.tag("asks", asks && short(&text, 8));
            slots.tag("noun", !asks);
            // "black hole explained" speaks of "a black hole".
            let subject =
                slots.get("question").strip_prefix("What is ").map_or(subject, |q| q.trim_end_matches('?').to_owned());
            slots.set(
                "topic",
                if short(if asks { &text } else { &subject }, 8) {
                    if asks { inner(&text) } else { inner(&subject) }
                } else {
                    "this".to_owned()
                },
            );
        }
        Kind::HowTo => {
            let text = before_colon(&text).to_owned();
            let task =
                strip(&["how to", "learn how to", "a guide to", "guide to", "steps to", "a recipe for", "recipe for"])
                    .map_or(String::new(), |task| before_colon(&task).to_owned());
            let verb = task.split(' ').next().unwrap_or_default().to_lowercase();
            let task = if task.is_empty() || verb.ends_with("ing") || lower.contains("recipe for") {
                String::new()
            } else {
                task
            };
            let thing = task
                .split_once(' ')
                .map(|(_, t)| t.to_owned())
                .filter(|t| short(t, 4) && lexicon::verb(&verb).is_some_and(|v| v.class == VerbClass::Make));
            slots.tag("task.thing", thing.is_some());
            slots.set("task.thing", thing.unwrap_or_default());
            slots.set("task", if short(&task, 9) { task } else { String::new() });
            slots.set("topic", if short(&text, 8) { text } else { "this task".to_owned() });
        }
        Kind::Product => {
            let head = head(&text);
            let (product, claim) = [" that ", " which "].iter().find_map(|w| head.split_once(w)).unwrap_or((head, ""));
            // "a mattress so quiet your partner won't know".
            let (product, so) = product.split_once(" so ").unwrap_or((product, ""));
            let so = if so.is_empty() { String::new() } else { format!("is so {so}") };
            let claim = if so.is_empty() { claim } else { so.as_str() };
            let lead = product.split(' ').next().unwrap_or_default().to_lowercase();
            // "headphones for people who work in open offices": for whom is told apart.
            let whom =
                product.split_once(" for ").filter(|(head, _)| !head.ends_with("video") && !head.ends_with("film"));
            let (product, whom) = whom.unwrap_or((product, ""));
            let claim = if whom.is_empty() || text.contains(" called ") {
                claim.to_owned()
            } else {
                format!("is for {}", head.split_once(" for ").map_or(whom, |(_, all)| all))
            };
            let claim = claim.as_str();
            let product = super::tokens::head(product).trim_end();
            let named = [" called ", " named "].iter().find_map(|w| product.split_once(w));
            let named = named.map(|(what, name)| {
                (what, [" in ", " from ", " at "].iter().fold(name, |n, at| n.split(at).next().unwrap_or(n)))
            });
            let product = match (named, lead.as_str()) {
                (Some((_, name)), _) if short(name, 3) => name.to_owned(),
                (_, "a" | "an") => format!("the {}", product.split_once(' ').map_or("", |(_, p)| p)),
                (_, "the" | "our" | "my") => product.to_owned(),
                _ if super::tokens::is_large(product) || product.contains("'s ") => product.to_owned(),
                // "noise cancelling headphones", "handmade leather dog collars".
                _ if product.ends_with('s') && !product.ends_with("ss") => product.to_owned(),
                _ => format!("the {product}"),
            };
            let claim = match named {
                Some((what, name)) if short(name, 3) && claim.is_empty() => format!("is {what}"),
                _ => claim.to_owned(),
            };
            let claim = claim.as_str();
            let several = product.ends_with('s') && !product.ends_with("ss") && !product.contains("'s ");
            let claim =
                if several && claim.starts_with("is ") { claim.replacen("is ", "are ", 1) } else { claim.to_owned() };
            slots.set("product", if short(&product, 8) { product } else { "this new thing".to_owned() });
            slots.tag("single", !several);
            slots.set("it", if several { "they" } else { "it" });
            slots.set("claim", claim);
            slots.tag(super::kind::offered(&text), true);
            slots.set("topic", slots.get("product").to_owned());
        }
        Kind::News => {
            let head = text.split(':').map(str::trim).max_by_key(|p| p.len()).unwrap_or(&text);
            let news = announced(head);
            let news = if short(&news, 9) { Some(news) } else { shortened(&news) };
            slots.set("news", news.unwrap_or_else(|| "there is news".to_owned()));
        }
        Kind::Montage if short(head(&text), 13) => {
            slots.set("topic", inner(head(&text)));
            let says = ["when ", "why ", "how ", "what ", "where "].iter().any(|word| lower.starts_with(word));
            slots.tag("noun", theme.deed.is_none() && !says && !text.split(' ').any(grammar::is_third));
        }
        Kind::List if short(&text, 10) => slots.set("topic", inner(&text.replacen("Top ", "top ", 1))),
        _ => slots.set("topic", shortened(&text).map_or_else(|| "this story".to_owned(), |topic| inner(&topic))),
    }
}

/// "a dog that was elected mayor" as news has it: "a dog was elected mayor".
fn announced(head: &str) -> String {
    const LONGEST: usize = 5;
    let words: Vec<&str> = head.split(' ').collect();
    let relative = words.iter().take(LONGEST).position(|word| matches!(*word, "who" | "that" | "which"));
    let led = super::being::is_lead(&words[0].to_lowercase());
    match relative.filter(|at| led && *at > 1 && at + 1 < words.len()) {
        Some(at) => [&words[..at], &words[at + 1..]].concat().join(" "),
        None => head.to_owned(),
    }
}

/// A subject without whom it is told to: "how vaccines work for a ten year old".
pub(super) fn without_audience(text: &str) -> &str {
    const AUDIENCE: &[&str] = &[
        "kid",
        "kids",
        "child",
        "children",
        "toddlers",
        "teenagers",
        "teens",
        "adults",
        "beginners",
        "students",
        "pupils",
        "everyone",
        "everybody",
        "class",
        "classroom",
        "school",
        "family",
        "friends",
        "old",
        "olds",
        "year",
        "years",
        "grade",
        "graders",
        "audience",
        "dummies",
        "newcomers",
        "seniors",
        "preschoolers",
    ];
    let lower = text.to_lowercase();
    let said = [" for ", " to "].iter().filter_map(|join| Some((*join, lower.rfind(join)?))).max_by_key(|(_, at)| *at);
    let Some((join, at)) = said.filter(|_| lower.len() == text.len()) else { return text };
    let behind: Vec<&str> = lower[at + join.len()..].split([' ', '-']).collect();
    let whom = behind.last().is_some_and(|word| AUDIENCE.contains(word)) && behind.len() <= 5;
    // "how to talk to children" is told to grown-ups.
    if whom && (join == " for " || behind.contains(&"year")) { text[..at].trim_end_matches([',', ' ']) } else { text }
}

/// A subject without the points behind its colon.
fn before_colon(text: &str) -> &str {
    text.split_once(": ").map_or(text, |(head, _)| head)
}

/// A subject as it stands inside a sentence: a leading article is small there.
pub(super) fn inner(subject: &str) -> String {
    match subject.split_once(' ') {
        Some((first, rest))
            if super::being::is_lead(&first.to_lowercase())
                || matches!(first, "How" | "Why" | "What" | "When" | "Where") =>
        {
            format!("{} {rest}", first.to_lowercase())
        }
        _ => subject.to_owned(),
    }
}

/// A subject in few words: what comes after a comma is left out first, then what hangs on it by a small word, from the end.
pub(super) fn shortened(text: &str) -> Option<String> {
    let fits = |words: &str| words.split(' ').count() <= 7 && words.chars().count() <= 60;
    let mut rest = text;
    if !fits(rest) {
        rest = head(rest).split(['—', '–']).next().unwrap_or(rest).trim_end();
    }
    while !fits(rest) {
        let hangs =
            |word: &str| is_preposition(word) || matches!(word, "who" | "that" | "which" | "where" | "when" | "and");
        let mut cut = rest
            .match_indices(' ')
            .filter(|(at, _)| rest[at + 1..].split(' ').next().is_some_and(|word| hangs(&word.to_lowercase())));
        let at = cut.next_back()?.0;
        // "from morning to night" is one thing.
        let from = rest[..at].rfind(" from ").filter(|_| rest[at..].starts_with(" to "));
        rest = &rest[..from.unwrap_or(at)];
    }
    (rest.split(' ').count() > 1 || !super::being::is_lead(&rest.to_lowercase())).then(|| rest.to_owned())
}

// "why the sky is blue" → "Why is the sky blue?"; "how bees make honey" → "How do bees make honey?".
fn question(text: &str, subject: &str) -> Option<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let first = words.first()?.to_lowercase();
    let explained = text.to_lowercase().contains(" explained");
    if matches!(first.as_str(), "what" | "when" | "who" | "where") && !explained
        || text.to_lowercase().starts_with("how do ")
        || text.to_lowercase().starts_with("why do")
    {
        return Some(format!("{text}?"));
    }
    // "what is inflation explained simply".
    if first == "what" && explained {
        return Some(format!("What is {subject}?"));
    }
    if !matches!(first.as_str(), "why" | "how") {
        let lower = text.to_lowercase();
        if !lower.contains("explained") || subject.split(' ').count() > 4 {
            return None;
        }
        let head = subject.split(' ').next_back().unwrap_or_default().to_lowercase();
        let plural = head.ends_with('s') && !["ss", "ics", "sis", "us", "ness"].iter().any(|e| head.ends_with(e));
        let led = super::being::is_lead(&subject.split(' ').next().unwrap_or_default().to_lowercase());
        let mass = head.ends_with("ity")
            || head.ends_with("ics")
            || head.ends_with("ion")
            || head.ends_with("ism")
            || head.ends_with("ing")
            || head.ends_with("sis")
            || head.ends_with("ness");
        return Some(match (plural, led || mass) {
            (true, _) => format!("What are {subject}?"),
            (_, true) => format!("What is {subject}?"),
            _ => format!("What is {} {subject}?", grammar::article(subject)),
        });
    }
    if words.get(1).is_some_and(|w| matches!(*w, "is" | "are" | "does" | "do" | "did" | "was" | "were" | "can")) {
        return Some(format!("{text}?"));
    }
    let be = words.iter().position(|w| matches!(*w, "is" | "are" | "was" | "were" | "can"))?;
    if be > 1 && be <= 6 {
        let subject = words[1..be].join(" ");
        return Some(format!("{first} {} {subject} {}?", words[be], words[be + 1..].join(" ")).replace(" ?", "?"));
    }
    None
}

/// A question with "do": "how bees make honey".
pub(super) fn do_question(text: &str) -> Option<String> {
    let words: Vec<&str> = text.trim_end_matches('?').split(' ').collect();
    let first = words.first()?.to_lowercase();
    if !matches!(first.as_str(), "why" | "how") || words.get(1).is_some_and(|w| *w == "to") {
        return None;
    }
    let at = (2..words.len().min(7)).find(|i| {
        let lower = words[*i].to_lowercase();
        lexicon::verb(&lower).is_some_and(|v| lower == v.base || lower == grammar::third(v.base))
            || *i + 1 == words.len()
    })?;
    let lower = words[at].to_lowercase();
    let base = grammar::base_of(&lower).unwrap_or(lower.clone());
    let does = if lower == base { "do" } else { "does" };
    Some(format!("{first} {does} {} {base} {}?", words[1..at].join(" "), words[at + 1..].join(" ")).replace(" ?", "?"))
}

/// Tags of where and when a scene is, for the phrases that need them.
pub(super) fn scene_tags(kind: PlaceKind, time: TimeOfDay, weather: Weather) -> Vec<String> {
    let mut tags = vec![kind.as_str().to_owned(), time.as_str().to_owned(), weather.as_str().to_owned()];
    if kind.is_indoors() {
        tags.push("indoors".to_owned());
    } else if !matches!(kind, PlaceKind::Space | PlaceKind::Planet | PlaceKind::Underwater) {
        tags.push("outdoors".to_owned());
    }
    if is_water(kind) {
        tags.push("water".to_owned());
    }
    tags
}

/// True where there is water that something can swim in.
pub(super) fn is_water(kind: PlaceKind) -> bool {
    matches!(
        kind,
        PlaceKind::Coast
            | PlaceKind::Sea
            | PlaceKind::Harbor
            | PlaceKind::Beach
            | PlaceKind::River
            | PlaceKind::Lake
            | PlaceKind::Underwater
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whom_it_is_told_to_is_no_part_of_a_subject() {
        let check = |text: &str, told: &str| assert_eq!(without_audience(text), told, "{text:?}");
        check("how vaccines work for a ten year old", "how vaccines work");
        check("photosynthesis for my class", "photosynthesis");
        check("why we sleep, for kids", "why we sleep");
        check("how to cook for two", "how to cook for two");
        check("how to talk to children", "how to talk to children");
        check("the search for Atlantis", "the search for Atlantis");
    }

    #[test]
    fn a_long_subject_is_told_in_few_words() {
        let check = |text: &str, told: Option<&str>| assert_eq!(shortened(text).as_deref(), told, "{text:?}");
        check("street food around the world", Some("street food around the world"));
        check("A train journey through Switzerland from morning to night", Some("A train journey through Switzerland"));
        check("our bakery Golden Crust, fresh bread every morning and more", Some("our bakery Golden Crust"));
        check("seven eight nine ten eleven twelve thirteen fourteen words", None);
        assert_eq!(inner("The meaning of justice"), "the meaning of justice");
        assert_eq!(inner("Deep under the sea"), "Deep under the sea");
    }
}
