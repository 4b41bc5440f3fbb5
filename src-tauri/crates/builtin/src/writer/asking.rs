//! Takes away the words that only ask for a film ("make me a short film about ...") and reads pictures as words.
//!
//! What is left is the theme itself; nothing is added to it.

use story::clean_text;

use super::being::is_lead;
use super::lexicon;

const OPENINGS: &[&str] = &[
    "please",
    "can you",
    "could you",
    "i want",
    "i would like",
    "i'd like",
    "make me",
    "make",
    "create",
    "generate",
    "produce",
    "give me",
    "tell me",
    "promote",
    "advertise",
    "explain to me",
    "explain",
    "launch video for",
    "launch film for",
    "promo video for",
    "promo for",
    "portrait video of",
    "film about",
    "video about",
    "story about",
    "movie about",
    "something about",
    "about",
    "a how-to",
    "how-to",
    "the story of",
    "the journey of",
    "the adventures of",
    "a day in the life of",
    "montage of",
    "portrait of",
    "once upon a time there was",
    "once upon a time there lived",
    "once there was",
    "once there were",
    "there once was",
    "there lived",
    "happy birthday video for",
    "birthday video for",
    "meet",
    "introducing",
    "we sell",
    "i sell",
    "we make and sell",
    "the life and times of",
    "the life of",
    "once upon a time",
    "there is",
    "there was",
];

/// What stands before a colon, or a comma, and only says what sort of text follows.
const HEADINGS: &[&str] = &[
    "breaking",
    "explainer",
    "list",
    "news",
    "news report",
    "breaking news",
    "local news",
    "product film",
    "product video",
    "promo",
    "ad",
    "commercial",
    "portrait",
    "story",
    "tale",
];

/// What a film may be called, with the words it is joined to its subject by.
const FORMS: &[(&str, &[&str])] = &[
    ("film", &["about", "of", "for", "on"]),
    ("video", &["about", "of", "for", "on"]),
    ("movie", &["about", "of"]),
    ("clip", &["about", "of", "for"]),
    ("animation", &["about", "of"]),
    ("story", &["about", "of"]),
    ("tale", &["about", "of"]),
    ("fairytale", &["about", "of"]),
    ("fable", &["about", "of"]),
    ("legend", &["about", "of"]),
    ("myth", &["about", "of"]),
    ("poem", &["about", "on"]),
    ("ballad", &["about", "of"]),
    ("song", &["about"]),
    ("lullaby", &["about", "for"]),
    ("meditation", &["about", "on"]),
    ("cartoon", &["about", "of"]),
    ("journey", &["of"]),
    ("adventure", &["of"]),
    ("piece", &["about", "on"]),
    ("portrait", &["of"]),
    ("report", &["about", "on"]),
    ("montage", &["of", "about"]),
    ("documentary", &["about", "on"]),
    ("explainer", &["about", "on"]),
    ("tutorial", &["about", "on"]),
    ("ad", &["for", "about"]),
    ("commercial", &["for", "about"]),
    ("promo", &["for", "about"]),
    ("teaser", &["for", "about"]),
    ("trailer", &["for", "about"]),
];

/// Behind "a film about", "a noir portrait of", "a short animated ad for": where the subject begins.
fn subject_of_form(text: &str) -> Option<&str> {
    /// More words than these between the article and the form are a subject of their own.
    const BETWEEN: usize = 3;
    let mut at = 0;
    let mut before = "";
    for (number, word) in text.split(' ').enumerate().take(BETWEEN + 3) {
        let lower = word.to_lowercase();
        if number == 0 && !matches!(lower.as_str(), "a" | "an") {
            return None;
        }
        at += word.len() + 1;
        let joined = FORMS.iter().any(|(form, joins)| *form == before && joins.contains(&lower.as_str()));
        if joined {
            return text.get(at..).filter(|rest| !rest.is_empty());
        }
        // "a dog in a film about": what stands before a preposition is no way of filming.
        if super::tokens::is_preposition(&lower) {
            return None;
        }
        before = FORMS.iter().map(|(form, _)| *form).find(|form| *form == lower).unwrap_or_default();
    }
    None
}

/// "What's the difference" as "What is the difference".
fn open_out(text: &str) -> String {
    const SHORT: [&str; 5] = ["What's ", "what's ", "Who's ", "who's ", "Where's "];
    match SHORT.iter().find(|short| text.starts_with(**short)) {
        Some(short) => format!("{} is {}", short.trim_end_matches("'s "), &text[short.len()..]),
        None => text.to_owned(),
    }
}

/// The theme without the words that only ask for a film.
pub(super) fn bare(text: &str) -> (String, Option<u32>) {
    let said = open_out(&super::proper::written(&clean_text(&emoji_words(text), 6000).replace('’', "'")));
    let said = story_where(&said).unwrap_or(said);
    let unasked = unasked(&said);
    let mut text = task(unasked).map_or_else(|| unasked.to_owned(), |task| format!("how to {}", done_to(task)));
    // "How-to: brewing coffee".
    if ["how-to", "a how-to"].iter().any(|how| behind(&said, how).is_some()) && behind(&text, "how to ").is_none() {
        text = format!("how to {}", done_to(&text));
    }
    let mut count = None;
    let words: Vec<&str> = text.split(' ').collect();
    if let [head @ .., a, n, s] = words.as_slice()
        && a.eq_ignore_ascii_case("in")
        && s.trim_end_matches('.').trim_end_matches('s').eq_ignore_ascii_case("scene")
        && !head.is_empty()
        && let Some(said) = super::being::number(&n.to_lowercase())
    {
        count = Some(said as u32);
        text = head.join(" ");
    }
    for closing in
        [", a how-to", ", a tutorial", ", an explainer", " explainer class?", " explainer class", " explainer"]
    {
        text.truncate(text.strip_suffix(closing).map_or(text.len(), str::len));
    }
    (text.trim_matches([' ', '"', '“', '”', ',', ';', ':']).trim_end_matches('.').to_owned(), count)
}

/// "my daughter Ella is 6, make a story where she shrinks" as "my daughter Ella shrinks".
fn story_where(text: &str) -> Option<String> {
    let (before, behind) = [" where ", " in which "].iter().find_map(|join| text.split_once(join))?;
    let told = ["story", "tale", "film", "movie", "video", "cartoon"].iter().any(|form| before.ends_with(form));
    let (pronoun, deed) = behind.split_once(' ')?;
    let ends = [",", ".", ";", " is ", " are ", " who ", " loves ", " has "];
    let end = ends.iter().filter_map(|end| before.find(end)).min()?;
    let who = before[..end].trim();
    let he = matches!(pronoun.to_lowercase().as_str(), "he" | "she" | "it" | "they");
    (told && he && !who.is_empty()).then(|| format!("{who} {deed}"))
}

/// Of whom is asked: "who was Rosa Parks?" is about Rosa Parks.
fn asked_of(text: &str) -> Option<&str> {
    let who = ["who was ", "who is ", "who were "].into_iter().find_map(|lead| behind(text, lead))?;
    let named = who.split(' ').count() <= 4 && super::tokens::is_large(who);
    named.then(|| who.trim_end_matches('?'))
}

/// What is left behind the words that ask.
fn unasked(mut text: &str) -> &str {
    loop {
        let opening = OPENINGS.iter().find_map(|opening| {
            let rest = behind(text, opening)?;
            let parted = rest.starts_with([' ', ':', ',']) && rest.len() > 1;
            parted.then(|| rest.trim_start_matches([' ', ':', ',']))
        });
        let heading = text.split_once([':', ',']).filter(|(before, _)| is_heading(&before.to_lowercase()));
        let rest = subject_of_form(text)
            .or_else(|| asked_of(text))
            .or(opening)
            .or_else(|| day_when(text))
            .or_else(|| heading.map(|(_, after)| after.trim_start()));
        match rest {
            Some(rest) => text = rest,
            None => return text,
        }
    }
}

/// "local news", "training montage": a few words that end with what a film may be called.
fn is_heading(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default();
    let short = (2..=3).contains(&words.split(' ').count()) && !words.starts_with("a ") && !words.starts_with("the ");
    HEADINGS.contains(&words) || short && FORMS.iter().any(|(form, _)| *form == last)
}

/// What happened on a day: "The day my cat became mayor" is a tale of the cat, not of the day.
fn day_when(text: &str) -> Option<&str> {
    const TIMES: &[&str] = &["the day ", "the night ", "the morning ", "the summer ", "the winter ", "the time "];
    let rest = TIMES.iter().find_map(|time| behind(text, time))?;
    let rest = ["when ", "that "].iter().find_map(|join| behind(rest, join)).unwrap_or(rest);
    let mut words = rest.split(' ').map(str::to_lowercase);
    let us = words.next().is_some_and(|who| matches!(who.as_str(), "we" | "i"));
    if us && words.next().is_some_and(|verb| lexicon::verb(&verb).is_some()) {
        return Some(rest);
    }
    let acts = rest.split(' ').skip(2).take(4).any(|word| lexicon::verb(&word.to_lowercase()).is_some());
    (is_lead(&rest.split(' ').next().unwrap_or_default().to_lowercase()) && acts).then_some(rest)
}

/// The text behind some words it begins with.
fn behind<'a>(text: &'a str, lead: &str) -> Option<&'a str> {
    let begins = text.get(..lead.len()).is_some_and(|start| start.eq_ignore_ascii_case(lead));
    begins.then(|| &text[lead.len()..])
}

/// What somebody wants to be taught: "teach me to tie my shoes", or what is left of it, "to tie my shoes".
fn task(text: &str) -> Option<&str> {
    let asked = ["how do i ", "how can i ", "how should i "].into_iter().find_map(|lead| behind(text, lead));
    if let Some(task) = asked {
        return Some(task.trim_end_matches('?'));
    }
    let taught =
        ["teach me how to ", "teach me to ", "show me how to "].into_iter().find_map(|lead| behind(text, lead));
    // "teach my mum how to spot a scam".
    let somebody = ["teach ", "show ", ""].into_iter().find_map(|lead| behind(text, lead)).and_then(|rest| {
        let (whom, task) = rest.split_once(" how to ")?;
        let count = whom.split(' ').count();
        // What a message asks to be taught to whom comes without "teach": "new volunteers how to greet guests".
        let acts = |word: &str| lexicon::verb(&word.to_lowercase()).is_some();
        let learners = whom.ends_with('s') || matches!(whom, "children" | "people" | "kids");
        (count <= 3
            && (!text.starts_with(whom)
                || learners
                    && !whom.split(' ').any(acts)
                    && !is_lead(&whom.split(' ').next().unwrap_or_default().to_lowercase())))
        .then_some(task)
    });
    let learners = ["beginners to ", "kids to ", "children to ", "students to "].into_iter();
    let learners = learners.filter_map(|lead| behind(text, lead)).find(|task| {
        let first = task.split(' ').next().unwrap_or_default();
        lexicon::verb(first).is_some_and(|verb| verb.base == first)
    });
    let taught = taught.or(somebody).or(learners);
    // "to the moon" and "to infinity and beyond" are no tasks: one has a thing that something is done to.
    let bare = behind(text, "to ").filter(|task| {
        let mut words = task.split(' ').map(str::to_lowercase);
        let (verb, object) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        !is_lead(&verb) && is_lead(&object) && lexicon::noun(&verb).is_none()
    });
    taught.or(bare)
}

/// "brewing coffee" as "brew coffee".
fn done_to(task: &str) -> String {
    let (first, rest) = task.split_once(' ').unwrap_or((task, ""));
    let verb = lexicon::verb(first).filter(|verb| super::grammar::gerund(verb.base) == first);
    verb.map_or_else(|| task.to_owned(), |verb| format!("{} {rest}", verb.base).trim_end().to_owned())
}

/// The points of a list that a message names behind a colon ("three facts about octopuses: three hearts, blue blood and nine
/// brains"); empty when it names fewer than two.
pub(super) fn points(message: &str) -> Vec<String> {
    const LONGEST: usize = 12;
    let said = message.split_once(": ").map(|(_, said)| said).unwrap_or_default();
    let said = said.split(['.', '\n', '!']).next().unwrap_or_default();
    let mut points: Vec<&str> = said.split([',', ';']).collect();
    if let Some((before, last)) = points.last().and_then(|last| last.split_once(" and ")) {
        points.pop();
        points.extend([before, last]);
    }
    let points: Vec<String> = points
        .into_iter()
        .map(|p| clean_text(p.trim().trim_start_matches("and "), 200))
        .filter(|p| !p.is_empty())
        .collect();
    let each_short = points.iter().all(|p| p.split(' ').count() <= LONGEST);
    if points.len() > 1 && each_short { points } else { Vec::new() }
}

/// Points as steps: what does not begin with something to do belongs to the step before ("mix flour, soda, salt").
pub(super) fn steps(points: Vec<String>) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for point in points {
        let first = point.split(' ').next().unwrap_or_default().to_lowercase();
        let led = point.split(' ').any(|word| is_lead(word) || matches!(word, "it" | "them"));
        let goes_on = !led && lexicon::verb(&first).is_none_or(|verb| verb.base != first);
        match steps.last_mut().filter(|_| goes_on) {
            Some(step) => *step = format!("{step}, {point}"),
            None => steps.push(point),
        }
    }
    steps
}

// Pictures that say a word are read as that word; others are dropped.
fn emoji_words(text: &str) -> String {
    let mut out = String::new();
    let mut said: Vec<&str> = Vec::new();
    for c in text.chars() {
        if let Some(word) = lexicon::emoji(c) {
            if !said.contains(&word) {
                said.push(word);
            }
        } else if !matches!(c as u32, 0x1f000..=0x1faff | 0x2600..=0x27bf | 0xfe00..=0xfe0f) {
            out.push(c);
        }
    }
    // Words already told in letters need no picture.
    if out.chars().any(char::is_alphanumeric) { out } else { said.join(" and ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_asks_for_a_film_is_no_part_of_its_theme() {
        let check = |text: &str, theme: &str| assert_eq!(bare(text).0, theme, "{text:?}");
        check("A portrait of my grandfather, a fisherman", "my grandfather, a fisherman");
        check("a noir portrait of an old jazz saxophonist", "an old jazz saxophonist");
        check("please make a short animated film about a fox", "a fox");
        check("an ad for Sunbeam, a lantern", "Sunbeam, a lantern");
        check("Promote our bakery Golden Crust", "our bakery Golden Crust");
        check("A how-to, how to make a cup of tea", "how to make a cup of tea");
        check("teach me to tie my shoes", "how to tie my shoes");
        check("to tie my shoes", "how to tie my shoes");
        check("news: a whale was seen", "a whale was seen");
        check("news anchors who fall in love", "news anchors who fall in love");
        check("The day my cat became mayor of our town", "my cat became mayor of our town");
        check("the night the stars fell", "the stars fell");
        check("A poem about autumn leaves", "autumn leaves");
        check("the day after tomorrow", "the day after tomorrow");
        check("to the moon and back", "to the moon and back");
        check("to infinity and beyond", "to infinity and beyond");
        // What looks like the name of a form and is the subject.
        check("a film projector and its dog", "a film projector and its dog");
        check("a journey through Switzerland", "a journey through Switzerland");
        check("the portrait of Dorian", "the portrait of Dorian");
        check("a man in a story of his own", "a man in a story of his own");
    }

    #[test]
    fn points_are_those_behind_the_colon() {
        let check = |message: &str, said: &[&str]| assert_eq!(points(message), said, "{message:?}");
        check(
            "Three facts about octopuses: they have three hearts, blue blood and nine brains. 20 seconds.",
            &["they have three hearts", "blue blood", "nine brains"],
        );
        check("Five reasons to ride a bike.", &[]);
        check("Top tips: sleep.", &[]);
        check("At 10:30 we list three things", &[]);
    }
}
