//! Journeys that a person made, told as theirs: "our road trip through Scotland" as "we travel through Scotland".
//!
//! Reads how a theme names a journey; who "we" are and what is told of it is not decided here.

use super::grammar;
use super::lexicon;
use super::tokens::is_preposition;

const JOURNEYS: [&str; 12] = [
    "trip",
    "journey",
    "voyage",
    "tour",
    "trek",
    "hike",
    "drive",
    "ride",
    "cruise",
    "expedition",
    "roadtrip",
    "pilgrimage",
];
const WAYS: [&str; 24] = [
    "hitchhiking",
    "backpacking",
    "biking",
    "kayaking",
    "canoeing",
    "wandering",
    "crossing",
    "walking",
    "sailing",
    "cycling",
    "driving",
    "hiking",
    "travelling",
    "traveling",
    "climbing",
    "riding",
    "exploring",
    "paddling",
    "trekking",
    "flying",
    "skiing",
    "leaving",
    "swimming",
    "running",
];
const TIMES: [&str; 14] = [
    "week",
    "weekend",
    "day",
    "days",
    "weeks",
    "month",
    "months",
    "summer",
    "winter",
    "night",
    "year",
    "holiday",
    "honeymoon",
    "vacation",
];

/// The journey as what those do who made it; `None` for what is no journey, or that of somebody else.
pub(super) fn told_by_them(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let says = |list: &[&str]| lower.iter().any(|word| list.contains(&word.trim_end_matches(',')));
    let ours = says(&["our", "we", "us"]);
    let mine = says(&["my", "i", "me"]);
    let who = if mine && !ours { "I" } else { "we" };
    let first = lower.first()?.as_str();
    // "me and my three best friends drove to Berlin".
    if first == "me" && lower.get(1).is_some_and(|word| word == "and") {
        let verb = (3..lower.len().min(9)).find(|at| lexicon::verb(&lower[*at]).is_some())?;
        return Some(format!("we {}", words[verb..].join(" ")));
    }
    // "by night train from Vienna to Venice".
    let from_to = lower.iter().any(|word| word == "from") && lower.iter().any(|word| word == "to");
    if first == "by" && from_to {
        return Some(format!("{who} travel by {}", words[1..].join(" ")));
    }
    let goes = lower.get(1).is_some_and(|word| is_preposition(word));
    if WAYS.contains(&first) && (ours || mine || goes) {
        let base = lexicon::verb(first).map(|verb| verb.base).filter(|base| grammar::gerund(base) == first);
        let base = base.unwrap_or("travel");
        return Some(format!("{who} {base} {}", words[1..].join(" ")));
    }
    // "journey down the Amazon by canoe".
    if JOURNEYS.contains(&first)
        && lower.get(1).is_some_and(|word| is_preposition(word) || word == "down" || word == "up")
    {
        return Some(format!("{who} travel {}", words[1..].join(" ")));
    }
    let led = matches!(first, "our" | "my" | "a" | "the" | "one" | "two" | "three" | "four");
    let journey = lower.iter().take(5).position(|word| JOURNEYS.contains(&word.as_str())).filter(|_| led);
    if let Some(at) = journey {
        let rest = &lower[at + 1..];
        // "a salmon's journey from the sea back to the river".
        if at > 1 && lower[at - 1].ends_with("'s") && rest.first().is_some_and(|word| is_preposition(word)) {
            let who = words[..at].join(" ");
            return Some(format!("{} travels {}", who.trim_end_matches("'s"), words[at + 1..].join(" ")));
        }
        let from_to = rest.iter().any(|word| word == "from") && rest.iter().any(|word| word == "to");
        let leads = |word: &String| is_preposition(word) && word != "of" || matches!(word.as_str(), "down" | "up");
        let somewhere = rest.first().is_some_and(leads) && rest.len() > 1;
        let own = matches!(first, "our" | "my");
        return (somewhere && (own || from_to)).then(|| format!("{who} travel {}", words[at + 1..].join(" ")));
    }
    let time = lower.iter().take(3).position(|word| TIMES.contains(&word.as_str())).filter(|_| led)?;
    let stays = lower.get(time + 1).is_some_and(|word| matches!(word.as_str(), "in" | "at" | "on"));
    // "a day in the life of a baker" is somebody else's.
    let life = lower.iter().any(|word| word == "life");
    (time > 0 && stays && !life && lower.len() > time + 2).then(|| format!("{who} spend {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_is_told_by_those_who_made_it() {
        let check = |text: &str, told: &str| assert_eq!(told_by_them(text).unwrap_or_default(), told, "{text:?}");
        check("our road trip through Scotland in an old van", "we travel through Scotland in an old van");
        check("My first hike across the Alps", "I travel across the Alps");
        check("walking the Camino alone after my divorce", "I walk the Camino alone after my divorce");
        check("a train journey from Lisbon to Istanbul", "we travel from Lisbon to Istanbul");
        check("a week in Kyoto during cherry blossom season", "we spend a week in Kyoto during cherry blossom season");
        check("our honeymoon in Iceland", "we spend our honeymoon in Iceland");
        check("me and my best friends drove to Berlin", "we drove to Berlin");
        check("Journey down the Amazon by canoe", "we travel down the Amazon by canoe");
        check("a salmon's journey from the sea to the river", "a salmon travels from the sea to the river");
        check("a journey through Switzerland", "");
        check("a day in the life of a baker", "");
        check("crossing the desert", "");
        check("a summer evening in the village", "");
        check("two friends on a trip to the moon", "");
    }
}
