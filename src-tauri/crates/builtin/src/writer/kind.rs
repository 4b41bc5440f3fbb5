//! What sort of film a brief asks for, by its words.
//!
//! Only names the kind; the beats of each kind are in `outline`.

use story::{Brief, Kind, Language, words};

use super::lexicon::VerbClass;
use super::theme::Theme;

const PRODUCT: &[&str] = &[
    "product",
    "app",
    "launch",
    "brand",
    "ad",
    "advert",
    "advertisement",
    "commercial",
    "promo",
    "promotional",
    "startup",
    "introducing",
    "software",
    "subscription",
    "website",
];
/// What somebody runs.
const BUSINESSES: &[&str] = &[
    "shop",
    "store",
    "bakery",
    "business",
    "restaurant",
    "company",
    "studio",
    "agency",
    "salon",
    "van",
    "truck",
    "stall",
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "spring",
    "autumn",
];
/// Who is reported of.
const REPORTED: &[&str] = &["scientists", "researchers", "archaeologists", "police", "astronomers"];
/// What makes news before it is said to.
const PUBLIC: &[&str] = &["local", "city", "town", "council", "government", "parliament"];
/// Goods, which may also be what a tale is about.
const GOODS: &[&str] = &[
    "gadget",
    "device",
    "machine",
    "phone",
    "smartphone",
    "headphones",
    "sneakers",
    "toothbrush",
    "vacuum",
    "perfume",
    "mattress",
    "blender",
    "backpack",
    "smartwatch",
    "toaster",
    "laptop",
    "e-bike",
    "shampoo",
    "speaker",
    "earbuds",
];
const LISTS: &[&str] = &[
    "reasons",
    "tips",
    "ways",
    "things",
    "facts",
    "rules",
    "mistakes",
    "places",
    "lessons",
    "habits",
    "signs",
    "secrets",
    "questions",
    "wonders",
    "inventions",
    "myths",
    "animals",
    "foods",
    "books",
];

/// Words of the message that name the kind of film themselves, whatever it is about.
const ASKED: &[(&str, Kind)] = &[
    ("ad for", Kind::Product),
    ("advert for", Kind::Product),
    ("advertisement for", Kind::Product),
    ("commercial for", Kind::Product),
    ("promo for", Kind::Product),
    ("teaser for", Kind::Product),
    ("promote our", Kind::Product),
    ("promote my", Kind::Product),
    ("advertise our", Kind::Product),
    ("advertise my", Kind::Product),
    ("launch video", Kind::Product),
    ("launch film", Kind::Product),
    ("promo video", Kind::Product),
    ("product film", Kind::Product),
    ("product video", Kind::Product),
    ("how to film", Kind::HowTo),
    ("tutorial", Kind::HowTo),
    ("teach me to", Kind::HowTo),
    ("teach me how", Kind::HowTo),
    ("show me how to", Kind::HowTo),
    ("explainer", Kind::Explainer),
    ("news report", Kind::News),
    ("news film", Kind::News),
    ("breaking news", Kind::News),
    ("local news", Kind::News),
    ("portrait of", Kind::Portrait),
    ("the life of", Kind::Portrait),
    ("the life and times of", Kind::Portrait),
];

/// The kind that a message asks for by its name.
pub(super) fn asked(message: &str) -> Option<Kind> {
    let words = words(message);
    let head = message.trim_start().to_lowercase();
    if head.starts_with("news:") || head.starts_with("breaking:") || head.starts_with("breaking,") {
        return Some(Kind::News);
    }
    if head.contains("step by step") {
        return Some(Kind::HowTo);
    }
    let begins = |said: &str| words.join(" ").starts_with(said);
    if begins("explain ") {
        return Some(Kind::Explainer);
    }
    if begins("we sell ") || begins("i sell ") {
        return Some(Kind::Product);
    }
    if begins("who was ") || begins("who is ") || begins("who were ") {
        return Some(Kind::Portrait);
    }
    if message.trim_start().split([':', ',']).next().is_some_and(|head| head.to_lowercase().ends_with("how-to")) {
        return Some(Kind::HowTo);
    }
    let text = format!(" {} ", words.join(" "));
    if ["class", "grade", "pupils", "students"].iter().any(|who| text.contains(&format!(" {who} ")))
        && text.contains(" for my ")
    {
        return Some(Kind::Explainer);
    }
    ASKED.iter().find(|(said, _)| text.contains(&format!(" {said} "))).map(|(_, kind)| *kind)
}

/// The kind of film, English themes by their grammar, others by a few words.
pub(super) fn classify(brief: &Brief, theme: &Theme) -> Kind {
    if brief.language.value != Language::En {
        return foreign(brief.story());
    }
    let text = format!(" {} ", words(&theme.text).join(" "));
    let has = |list: &[&str]| list.iter().any(|w| text.contains(&format!(" {w} ")));
    let starts = |list: &[&str]| list.iter().any(|w| text.trim_start().starts_with(&format!("{w} ")));
    if starts(&[
        "how to",
        "how do i",
        "how can i",
        "how should i",
        "a guide to",
        "guide to",
        "learn how to",
        "steps to",
    ]) || has(&["tutorial", "recipe", "recipe for"])
    {
        return Kind::HowTo;
    }
    let top = words(&theme.text).get(1).is_some_and(|second| super::being::number(second).is_some());
    if starts(&["top"]) && top {
        return Kind::List;
    }
    let asked = asked(&brief.message);
    if asked == Some(Kind::News) {
        return Kind::News;
    }
    let asks = brief.story().trim_end().ends_with('?');
    if starts(&["when"]) && asks
        || starts(&[
            "why",
            "how",
            "what",
            "where does",
            "where do",
            "who invented",
            "the history of",
            "history of",
            "the science of",
            "the story behind",
            "explain",
            "explaining",
            "the evolution of",
            "understanding",
        ])
        || has(&[
            "explained",
            "explainer",
            "explanation",
            "for beginners",
            "for kids",
            "for children",
            "for students",
            "introduction to",
        ])
    {
        return Kind::Explainer;
    }
    let first_number = words(&theme.text).first().and_then(|w| super::being::number(w)).is_some() || starts(&["top"]);
    if first_number && (has(LISTS) || counted(&theme.text) && theme.hero.is_none()) {
        return Kind::List;
    }
    if let Some(kind) = asked {
        // A portrait is of somebody.
        if kind != Kind::Portrait || theme.hero.is_some() {
            return kind;
        }
    }
    if starts(&["news", "breaking"]) || has(&["announcement", "announces", "press release", "headline", "headlines"]) {
        return Kind::News;
    }
    let acts = theme
        .hero
        .as_ref()
        .is_some_and(|hero| hero.is_somebody() && (hero.noun.is_some() || hero.nature != story::Nature::Thing));
    let presents = words(&brief.message).first().is_some_and(|first| first == "meet" || first == "introducing");
    // "our new cup that folds flat" is shown; "our new puppy" is told of.
    let business = starts(&["our", "my"]) && theme.deed.is_none() && has(BUSINESSES);
    let ours = (starts(&["our new", "our latest", "my new"]) || business) && lifeless(theme);
    // Somebody does something: that is told, whatever it is done with.
    let happens = theme.deed.is_some() && !text.contains(" that ") && !text.contains(" which ");
    let sold = !happens
        && theme.hero.as_ref().is_none_or(|hero| {
            theme
                .deed
                .as_ref()
                .is_none_or(|deed| GOODS.contains(&hero.short.as_str()) && deed.class != VerbClass::Friend)
        });
    let goods = has(GOODS) && (sold || has(&["called", "named"]));
    if (has(PRODUCT) || goods || presents) && !acts || ours {
        return Kind::Product;
    }
    let dated = has(&[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "weekend",
        "today",
        "tomorrow",
    ]);
    let public = starts(&["our"]) || starts(PUBLIC) || dated && starts(&["the", "a"]);
    let nobody = theme.hero.as_ref().is_none_or(|hero| hero.noun.is_none() && hero.name.is_empty());
    if nobody && starts(PUBLIC) && does(&theme.text) {
        return Kind::News;
    }
    // "PeakBottle, a bottle that keeps coffee hot", "a desk for kids who can't sit still": what it is, and what it does.
    let head = super::tokens::head(&theme.text);
    let named = !head.contains(' ') && super::tokens::is_large(head);
    let thing = theme.besides.first().is_some_and(|is| is.starts_with("a ") || is.starts_with("an "))
        && text.contains(" that ");
    let meant = starts(&["a", "an"]) && text.contains(" for ") && text.contains(" who ");
    if nobody && theme.deed.is_none() && (named && thing || meant) {
        return Kind::Product;
    }
    if nobody && theme.deed.is_none() && starts(&["our", "my"]) && !theme.travels {
        return Kind::Montage;
    }
    if theme.hero.is_none() && public && does(&theme.text) {
        return Kind::News;
    }
    if starts(REPORTED) && theme.deed.as_ref().is_some_and(|deed| deed.class == VerbClass::Find) {
        return Kind::News;
    }
    if has(&["montage", "timelapse", "time-lapse"]) || words(&brief.message).iter().any(|w| w == "montage") {
        return Kind::Montage;
    }
    if theme.travels && theme.hero.is_some() {
        return Kind::Journey;
    }
    if let Some(hero) = &theme.hero {
        // Somebody whom the person knows and names, unless a story is asked for.
        let invented =
            words(&brief.message).iter().any(|w| matches!(w.as_str(), "story" | "tale" | "adventure" | "where"));
        let told_of = hero.nature == story::Nature::Human && text.contains(" who ");
        // What somebody did once is a tale; what they are, do every day or have done is a portrait.
        let once = theme.deed.as_ref().is_some_and(|deed| {
            let lasts = matches!(
                deed.verb.as_str(),
                "love" | "like" | "hate" | "live" | "work" | "have" | "know" | "is" | "be" | "collect" | "turn"
            );
            !theme.described && !lasts && !theme.following.sequels.is_empty()
        });
        let known = starts(&["my", "our"]) && !invented && !hero.plural && !once && (!hero.name.is_empty() || told_of);
        let described = theme.described && !hero.name.is_empty() && !invented;
        let portrait = theme.owned
            || known
            || described
            || words(&brief.message).iter().any(|w| w == "portrait")
            || words(&brief.message).join(" ").contains("a day in the life of")
            || theme.deed.is_none()
                && theme.other.is_none()
                && theme.state.is_empty()
                && theme.before.is_none()
                && (hero.lead != super::being::Lead::Count || theme.besides.is_empty())
                && hero.nature == story::Nature::Human;
        if portrait {
            return Kind::Portrait;
        }
        if theme.deed.is_none() && !theme.besides.is_empty() && theme.before.is_none() && theme.event.is_none() {
            return Kind::Montage;
        }
        if theme.deed.as_ref().is_some_and(|d| d.class == VerbClass::Seek) {
            return Kind::Journey;
        }
        return Kind::Tale;
    }
    if words(&brief.message).join(" ").contains("a day in the life of") {
        return Kind::Montage;
    }
    if !super::setting::places_in(&theme.text).is_empty() && theme.place.is_some()
        || theme.time.is_some()
        || theme.weather.is_some()
        || has(&MONTHS)
    {
        return Kind::MoodPiece;
    }
    Kind::Montage
}

/// "7 wonders of the ancient world": more than two of something, and nothing is done.
fn counted(text: &str) -> bool {
    let words = words(text);
    const TIMES: [&str; 8] = ["seasons", "days", "years", "months", "weeks", "nights", "hours", "moments"];
    let number = words.first().and_then(|word| super::being::number(word)).is_some_and(|number| number > 2);
    let number = number && !words.iter().take(3).any(|word| TIMES.contains(&word.as_str()));
    let plural = words.iter().skip(1).take(3).any(|word| !super::grammar::singulars(word).is_empty());
    number && plural && !words.iter().any(|word| super::lexicon::verb(word).is_some())
}

/// "our town opens a library": what somebody who is no person does.
fn does(text: &str) -> bool {
    words(text).iter().skip(1).take(4).any(|word| super::grammar::is_third(word) || super::grammar::is_past(word))
}

/// What is presented, as the books of phrases call it: a place to go to, what somebody does for others, or a thing.
pub(super) fn offered(text: &str) -> &'static str {
    const PLACES: [&str; 4] = ["cafe", "café", "gallery", "museum"];
    const SERVICES: [&str; 12] = [
        "business", "company", "agency", "service", "services", "club", "fair", "festival", "concert", "workshop",
        "course", "class",
    ];
    let words = words(text);
    let says = |list: &[&str]| words.iter().take(6).any(|word| list.contains(&word.as_str()));
    if says(&SERVICES) {
        "service"
    } else if says(BUSINESSES) || says(&PLACES) {
        "business"
    } else {
        "goods"
    }
}

fn lifeless(theme: &Theme) -> bool {
    theme.hero.as_ref().is_none_or(|hero| hero.nature == story::Nature::Thing)
}

fn foreign(theme: &str) -> Kind {
    let lower = theme.to_lowercase();
    let has = |list: &[&str]| list.iter().any(|w| lower.contains(w));
    if has(&[
        "cómo hacer",
        "cómo preparar",
        "comment faire",
        "comment préparer",
        "wie man",
        "怎么做",
        "如何",
        "作り方",
        "方法",
        "receta",
        "recette",
        "rezept",
    ]) {
        Kind::HowTo
    } else if has(&[
        "por qué",
        "qué es",
        "historia de",
        "pourquoi",
        "qu'est-ce",
        "histoire de",
        "warum",
        "was ist",
        "geschichte des",
        "geschichte der",
        "为什么",
        "什么是",
        "历史",
        "なぜ",
        "とは",
        "歴史",
    ]) {
        Kind::Explainer
    } else if super::languages::beings(theme).is_empty() {
        Kind::MoodPiece
    } else {
        Kind::Tale
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_may_name_the_kind_of_film_itself() {
        let check = |message: &str, kind: Option<Kind>| assert_eq!(asked(message), kind, "{message:?}");
        check("A 15-second ad for Sunbeam, a lantern", Some(Kind::Product));
        check("Promote our bakery", Some(Kind::Product));
        check("Explain photosynthesis to children", Some(Kind::Explainer));
        check("News: a whale was seen", Some(Kind::News));
        check("Teach me to tie my shoes", Some(Kind::HowTo));
        check("a fox who reads the news", None);
        check("News anchors fall in love", None);
        check("a tale of an advertising man", None);
    }
}
