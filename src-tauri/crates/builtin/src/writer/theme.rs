//! Takes an English theme apart: who, what they do, with whom, where, when.
//!
//! What it does not understand it leaves out; it never adds a word that was not there.

use story::{Brief, Kind, Seed, TimeOfDay, Weather, clean_text};

use super::asking::bare;
use super::before::{Before, first_event};
use super::being::{Being, Lead, gathers, head_noun, is_lead};
use super::deed::Deed;
use super::grammar;
use super::hero::{begins_with_name, named_alone, read_hero, told_about};
use super::lexicon::{self, VerbClass};
use super::reader::Reader;
use super::said_place::{PlaceSaid, place_said};
use super::sequel::Following;
use super::setting::{time_in, weather_in};
use super::tokens::{is_preposition, tokens};
use super::travels::told_by_them;

/// A theme, understood as far as rules can.
#[derive(Debug, Clone, Default)]
pub(super) struct Theme {
    /// The theme without "a film about" and without the number of scenes.
    pub(super) text: String,
    pub(super) hero: Option<Being>,
    pub(super) other: Option<Being>,
    pub(super) deed: Option<Deed>,
    /// What is told of the hero before that ("a penguin who hates the cold moves to the desert").
    pub(super) before: Option<Before>,
    /// What came first, as a sentence ("When the power goes out, …").
    pub(super) event: Option<String>,
    /// What is told behind the deed ("… and finds an island full of turtles").
    pub(super) following: Following,
    /// What is said of a theme that nobody acts in, behind its first words.
    pub(super) besides: Vec<String>,
    /// What somebody with a name is besides ("a coal miner").
    pub(super) is: String,
    /// What is done is told in a clause that hangs on the hero ("who drove a bus").
    pub(super) described: bool,
    /// What several are called ("Nell and Prue"); empty for most.
    pub(super) names: String,
    /// What the hero is ("afraid of the dark").
    pub(super) state: String,
    pub(super) place: Option<PlaceSaid>,
    pub(super) time: Option<TimeOfDay>,
    pub(super) weather: Option<Weather>,
    /// The hero is only named as the owner of the subject ("my grandmother's garden").
    pub(super) owned: bool,
    /// The person tells of a journey of their own.
    pub(super) travels: bool,
    /// "in five scenes".
    pub(super) scene_count: Option<u32>,
}

impl Theme {
    /// The other, when it is somebody whom the hero comes to know: not its own family, and not what it makes or looks for.
    pub(super) fn friend(&self) -> Option<&Being> {
        let met = self.deed.as_ref().is_none_or(|deed| matches!(deed.class, VerbClass::Friend | VerbClass::Find));
        let own = self.other.as_ref().is_some_and(|other| other.lead == Lead::Own);
        self.other.as_ref().filter(|_| met && !own)
    }

    /// It tells of somebody whom the person knows, of whom nothing is made up.
    pub(super) fn is_known(&self) -> bool {
        let first = self.text.split(' ').next().unwrap_or_default().to_lowercase();
        let human = self.hero.as_ref().is_some_and(|hero| hero.nature == story::Nature::Human);
        matches!(first.as_str(), "my" | "our") && human && !self.owned
    }

    /// The theme tells more than that somebody does something.
    pub(super) fn has_plot(&self) -> bool {
        let follows = !self.following.sequels.is_empty() || !self.following.besides.is_empty();
        let long = self.deed.as_ref().is_some_and(|deed| deed.rest.split(' ').count() > 7);
        follows || long || self.is_known() || self.before.is_some() || self.event.is_some() || !self.names.is_empty()
    }

    /// Where something ends or leads to is not where it begins: "… and follows it to an island in the lake".
    fn goes_there(&self) -> bool {
        let Some(place) = &self.place else { return false };
        let ends = self.following.sequels.iter().any(|sequel| sequel.deed.rest.contains(&place.words));
        let leads = self.deed.as_ref().is_some_and(|deed| {
            let rest = format!(" {}", deed.rest);
            ["to", "into"].iter().any(|to| rest.contains(&format!(" {to} {}", place.words)))
        });
        ends || leads
    }

    /// Those of the other whom some words of the theme name, as they are seen.
    pub(super) fn seen_in(&self, words: &str) -> Vec<String> {
        self.other.iter().filter(|other| words.contains(other.short.as_str())).flat_map(Being::seen).collect()
    }
}

/// Reads the theme of a brief.
pub(super) fn read(brief: &Brief) -> Theme {
    let (text, scene_count) = bare(brief.story());
    let seed = brief.seed.fork("theme");
    let travels = told_by_them(&text);
    let said = tokens(travels.as_deref().unwrap_or(&text));
    let mut reader = Reader { tokens: turned(scattered(plainly(said))), seed };
    let first = first_event(&reader);
    if let Some((_, behind)) = &first {
        reader.tokens.drain(..behind);
    }
    let mut theme = Theme {
        scene_count,
        travels: travels.is_some(),
        event: first.map(|(event, _)| event),
        time: time_in(brief.story()),
        // "just before the snow starts": it does not snow yet.
        weather: weather_in(brief.story()).filter(|_| !brief.story().contains("before the ")),
        ..Theme::default()
    };
    theme.place = place_said(&reader.tokens);
    read_hero(&reader, &mut theme);
    if theme.hero.is_none() && theme.place.is_none() && super::kind::asked(&brief.message) == Some(Kind::Portrait) {
        theme.hero = named_alone(&reader);
    }
    if theme.hero.is_none() {
        theme.hero = told_about(&reader);
    }
    if theme.goes_there() {
        theme.place = None;
    }
    let told = |said: &&String| !story::words(said).last().is_some_and(|word| gathers(word));
    for said in brief.characters.iter().filter(told) {
        if let Some(being) = being_of(said, seed) {
            let same = |b: &Option<Being>| {
                b.as_ref().is_some_and(|b| {
                    b.short.eq_ignore_ascii_case(&being.short)
                        || b.noun.is_some_and(|n| being.noun.is_some_and(|m| m.word == n.word))
                })
            };
            if theme.hero.is_none()
                || theme.hero.as_ref().is_some_and(|h| h.nature == story::Nature::Thing) && theme.deed.is_none()
            {
                theme.hero = Some(being);
            } else if theme.other.is_none() && !same(&theme.hero) {
                theme.other = Some(being);
            }
        }
    }
    // Two beings are easier to tell apart when the words for them differ.
    if let (Some(hero), Some(other)) = (&theme.hero, &mut theme.other)
        && !hero.plural
        && !other.plural
        && hero.gender == other.gender
        && other.noun.is_none_or(|n| n.gender.is_none())
        && other.name.is_empty()
    {
        other.gender = match hero.gender {
            story::Gender::Male => story::Gender::Female,
            story::Gender::Female if other.nature == story::Nature::Human => story::Gender::Male,
            _ => story::Gender::Neutral,
        };
    }
    theme.besides = behind_head(&text);
    let asks = ["why ", "how ", "what "].iter().any(|ask| text.to_lowercase().starts_with(ask));
    theme.text = text;
    // "compound interest using a snowball": what helps to think of it.
    if let Some((head, with)) = theme.text.clone().split_once(" using ").filter(|_| theme.hero.is_none()) {
        theme.besides.insert(0, format!("think of {with}"));
        head.clone_into(&mut theme.text);
    }
    // "How does a bridge stay up? The cables carry it."
    if let Some((question, answer)) = theme.text.clone().split_once("? ").filter(|_| asks) {
        theme.besides.insert(0, answer.to_owned());
        question.clone_into(&mut theme.text);
    }
    // "why the sky is red because blue light is scattered": the question and its answer.
    if let Some((question, answer)) = theme.text.clone().split_once(" because ").filter(|_| asks) {
        theme.besides.insert(0, format!("because {}", answer.split(", ").next().unwrap_or(answer)));
        question.clone_into(&mut theme.text);
    }
    theme
}

/// The parts of a text behind the first, as they were said.
fn behind_head(text: &str) -> Vec<String> {
    let text = text.replace([';', '.', '!'], ",").replace(": ", ", ").replace(" – ", ", ").replace(" - ", ", ");
    text.split(", ").skip(1).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// "ends up babysitting" as "babysits".
fn plainly(mut tokens: Vec<String>) -> Vec<String> {
    let does = |tokens: &[String], at: usize| {
        let lower = |at: usize| tokens.get(at).map(|token| token.to_lowercase()).unwrap_or_default();
        let (ends, doing) = (lower(at), lower(at + 2));
        let verb = lexicon::verb(&doing).filter(|verb| doing == grammar::gerund(verb.base))?;
        let plainly = if ends == "end" { verb.base.to_owned() } else { grammar::third(verb.base) };
        (matches!(ends.as_str(), "end" | "ends") && lower(at + 1) == "up").then_some((at, plainly))
    };
    while let Some((at, plainly)) = (0..tokens.len()).find_map(|at| does(&tokens, at)) {
        tokens.splice(at..at + 3, [plainly]);
    }
    tokens
}

/// "a caravan of camels" as "camels": what is gathered is what acts.
fn scattered(mut tokens: Vec<String>) -> Vec<String> {
    let lower = |t: &[String], i: usize| t.get(i).map(|t| t.to_lowercase()).unwrap_or_default();
    let gathered = |t: &[String], at: usize| {
        let known = lexicon::noun(&lower(t, at + 2)).is_some() && !grammar::singulars(&lower(t, at + 2)).is_empty();
        gathers(&lower(t, at)) && lower(t, at + 1) == "of" && known
    };
    while let Some(at) = (0..tokens.len()).find(|at| gathered(&tokens, *at)) {
        let from = (at.saturating_sub(2)..at).find(|i| is_lead(&lower(&tokens, *i))).unwrap_or(at);
        tokens.drain(from..at + 2);
    }
    tokens
}

/// "Deep under the sea, jellyfish glow" as "jellyfish glow deep under the sea": who is told of comes first.
fn turned(mut tokens: Vec<String>) -> Vec<String> {
    let Some(comma) = tokens.iter().position(|t| t == ",").filter(|at| (1..=8).contains(at)) else { return tokens };
    let word = |at: usize| tokens.get(at).map(|t| t.to_lowercase()).unwrap_or_default();
    let (first, last) = (word(0), word(comma - 1));
    let opens = match first.as_str() {
        "deep" | "high" | "far" | "somewhere" | "out" | "down" | "late" | "early" | "once" => true,
        "one" | "every" | "each" | "this" => time_in(&last).is_some() || OCCASIONS.contains(&last.as_str()),
        "about" | "of" | "with" | "as" | "like" | "for" | "to" | "by" => false,
        _ => is_preposition(&first),
    };
    let behind = Reader { tokens: tokens[comma + 1..].to_vec(), seed: Seed::new(0) };
    let somebody = |words: &[String]| head_noun(words).is_some() || begins_with_name(words);
    if opens && behind.phrase(0).is_some_and(|(words, _)| somebody(&words)) {
        let mut opening: Vec<String> = tokens.drain(..comma).collect();
        opening[0] = first;
        tokens.remove(0);
        tokens.extend(opening);
    }
    tokens
}

/// When something happens that is told of.
const OCCASIONS: [&str; 8] = ["day", "year", "week", "time", "winter", "summer", "spring", "autumn"];

/// The being that a short text names ("Mara, a young detective").
pub(super) fn being_of(text: &str, seed: Seed) -> Option<Being> {
    let reader = Reader { tokens: tokens(&clean_text(text, 200)), seed };
    let (words, _) = reader.phrase(0)?;
    Being::read(&words, "", seed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, hero: &str, deed: &str, other: &str) {
        let theme = read(&Brief::about(text));
        let first = |b: &Option<Being>| b.as_ref().map(Being::first).unwrap_or_default();
        assert_eq!(first(&theme.hero), hero, "hero of {text:?}");
        assert_eq!(theme.deed.as_ref().map(Deed::past).unwrap_or_default(), deed, "deed of {text:?}");
        assert_eq!(first(&theme.other), other, "other of {text:?}");
    }

    #[test]
    fn themes_are_taken_apart() {
        check(
            "an old lighthouse keeper who befriends a white whale",
            "an old lighthouse keeper",
            "befriended a white whale",
            "a white whale",
        );
        check("A film about a robot learns to paint", "a robot", "learned to paint", "");
        check("two brothers crossing the desert to find water", "two brothers", "crossed the desert to find water", "");
        check("a hedgehog who is afraid of the dark", "a hedgehog", "feared the dark", "");
        check("a girl who finds a map and sails to the moon", "a girl", "found a map and sailed to the moon", "");
        check("my grandmother's garden", "my grandmother", "", "");
        check("a girl decorates the tree", "a girl", "decorated the tree", "");
        check(
            "A retired astronaut teaches her granddaughter how to grow tomatoes on the balcony",
            "a retired astronaut",
            "taught her granddaughter how to grow tomatoes on the balcony",
            "her granddaughter",
        );
        check("🐋🌊", "a whale", "", "");
        check("Tokyo at night in the rain", "", "", "");
        check(
            "Anna and her dog look for the end of the rainbow",
            "Anna and her dog",
            "looked for the end of the rainbow",
            "",
        );
        check("a boy and his kite fly over the city", "a boy and his kite", "flew over the city", "");
        check("a detective who has lost her memory", "a detective", "lost her memory", "");
        check("a fox who is afraid of the dark and learns to love the stars", "a fox", "feared the dark", "");
        check("A caravan of camels crosses the desert", "camels", "crossed the desert", "");
        check("A noir portrait of an old jazz saxophonist", "an old jazz saxophonist", "", "");
        check("Amara, a young doctor in a small clinic", "Amara", "", "");
        check("Three facts about octopuses, they have three hearts", "octopuses", "", "");
        check("octopuses in the deep", "octopuses", "", "");
        check("Deep under the sea, jellyfish glow", "jellyfish", "glowed deep under the sea", "");
        check(
            "In a small village, a baker bakes bread for the birds",
            "a baker",
            "baked bread for the birds in a small village",
            "the birds",
        );
        check("One winter, a fox finds a lamp", "a fox", "found a lamp one winter", "");
        check("Anna, a girl with a kite", "Anna", "", "");
        check("space exploration", "", "", "");
        check(
            "the baker's apprentice falls in love with the miller's daughter",
            "the baker's apprentice",
            "fell in love with the miller's daughter",
            "",
        );
        check("Grandpa tells a story", "Grandpa", "told a story", "");
        check("a little cloud cannot rain", "a little cloud", "could not rain", "");
        check("Anna meets a talking fox in the forest", "Anna", "met a talking fox in the forest", "a talking fox");
        check("an old violin maker goes deaf", "an old violin maker", "went deaf", "");
        check("three astronauts on Mars lose contact with Earth", "three astronauts", "lost contact with Earth", "");
        check("grandpa's old truck won't start", "grandpa's old truck", "would not start", "");
        check("two rival chefs are forced to share a kitchen", "two rival chefs", "were forced to share a kitchen", "");
        check("a thief ends up babysitting the baby", "a thief", "babysat the baby", "the baby");
        check("two sisters, Nell and Prue, build a raft", "two sisters", "built a raft", "");
        check(
            "an old clockmaker, his apprentice Tomas and a talking magpie must repair the clock",
            "an old clockmaker, his apprentice Tomas and a talking magpie",
            "had to repair the clock",
            "",
        );
        check("a robot that’s afraid of rain", "a robot", "feared rain", "");
        check(
            "A detective discovers that the thief is her own brother",
            "a detective",
            "discovered that the thief was her own brother",
            "the thief",
        );
        check("kids raise 4,000 pounds for a library", "kids", "raised 4,000 pounds for a library", "");
        check("a fox makes friends with a bat", "a fox", "made friends with a bat", "a bat");
        check("my uncle Joe, a fisherman who never learned to swim", "Joe", "never learned to swim", "");
        check("my cat Mr. Biscuit, who is 19", "Mr Biscuit", "was 19", "");
        check("crossing the Sahara with my brother", "I", "crossed the Sahara with my brother", "my brother");
        check("our road trip through Scotland in a van", "we", "traveled through Scotland in a van", "");
        check(
            "a driver picks up a passenger who doesn't exist",
            "a driver",
            "picked up a passenger who did not exist",
            "a passenger",
        );
    }

    #[test]
    fn what_is_told_of_somebody_comes_before_what_they_do() {
        let check = |text: &str, before: &str, deed: &str| {
            let theme = read(&Brief::about(text));
            let deed_told = theme.deed.as_ref().map(Deed::past).unwrap_or_default();
            let told = theme.before.map(|before| format!("{} {}", before.of, before.deed.past()));
            assert_eq!((told.unwrap_or_default().trim(), deed_told.as_str()), (before, deed), "{text:?}");
        };
        check(
            "a shy dragon who is afraid of fire joins the fire brigade",
            "was afraid of fire",
            "joined the fire brigade",
        );
        check("a penguin who hates the cold moves to the desert", "hated the cold", "moved to the desert");
        check(
            "a knight who would rather bake bread than fight has to face a giant",
            "would rather bake bread than fight",
            "had to face a giant",
        );
        check(
            "twin sisters who haven't spoken in years inherit a bakery",
            "had not spoken in years",
            "inherited a bakery",
        );
        check("an umbrella left behind on a train wants to go home", "was left behind on a train", "wanted to go home");
        check("a chef who can't taste anything wins a contest", "could not taste anything", "won a contest");
        check("a beekeeper whose bees have vanished goes home", "whose bees had vanished", "went home");
        check(
            "a chef whose restaurant is failing enters a contest",
            "whose restaurant was failing",
            "entered a contest",
        );
        check("a boy whose grandfather can’t remember him", "whose grandfather could not remember him", "");
        check("a village where nobody can sleep hires a singer", "where nobody could sleep", "hired a singer");
        // One clause is all there is.
        check("a boy who likes long walks in the rain", "", "liked long walks in the rain");
        check("a girl who thinks the moon follows her", "", "thought the moon follows her");
        check("a fox who finds a map and sails to the moon", "", "found a map and sailed to the moon");
        check("a dog who fetches sticks that float", "", "fetched sticks that float");
    }

    #[test]
    fn what_follows_the_deed_is_read() {
        let check = |text: &str, wanted: &str| {
            let theme = read(&Brief::about(text));
            let told: Vec<String> = theme.following.sequels.iter().map(|sequel| sequel.line("they")).collect();
            assert_eq!(told.join(" "), wanted, "{text:?}");
        };
        check(
            "Three friends build a raft to cross the lake and find an island full of turtles",
            "Then they found an island full of turtles.",
        );
        check("a dragon who wants to bake bread but burns everything", "But they burned everything.");
        check("a robot learns to paint, then opens a gallery", "Then they opened a gallery.");
        check(
            "a little girl loses her red balloon at the market and a street musician helps her find it",
            "Then a street musician helped her find it.",
        );
        check(
            "the moon falls asleep and the stars have to light the night alone",
            "Then the stars had to light the night alone.",
        );
        check("a snail waits for the rain until a frog brings it a leaf", "Until, one day, a frog brought it a leaf.");
        check("a cat wants to cross the river but cannot swim", "But they could not swim.");
        check("a shepherd counts his sheep until one of them talks", "Until, one day, one of them talked.");
        check("a girl and her grandfather build a treehouse and it rains inside", "Then it rained inside.");
        check("a mouse builds a rocket so that it can reach the moon", "");
        check("an old man is fishing when a whale appears", "");
        check("a baker invents a cake but nobody believes her", "But nobody believed her.");
        check("a girl who finds a map and sails to the moon", "");
        check("a fox and a crow who share a tree", "");
        check("a boy builds a boat, but the river is dry", "But the river was dry.");
    }

    #[test]
    fn settings_are_kept_in_the_persons_words() {
        let place = |text: &str| {
            read(&Brief::about(text)).place.map(|p| format!("{} {}", p.preposition, p.words)).unwrap_or_default()
        };
        assert_eq!(place("Tokyo at night in the rain"), "in Tokyo");
        assert_eq!(place("a fox lost in the old forest"), "in the old forest");
        assert_eq!(place("two brothers crossing the desert to find water"), "in the desert");
        assert_eq!(place("a journey by train through the mountains"), "in the mountains");
        assert_eq!(place("a cafe by the sea"), "by the sea");
        assert_eq!(place("an old lighthouse keeper"), "");
        let under = read(&Brief::about("jellyfish glow deep under the sea")).place.map(|p| p.kind);
        assert_eq!(under, Some(story::PlaceKind::Underwater));
        assert_eq!(
            bare("the history of the bicycle in five scenes"),
            ("the history of the bicycle".to_owned(), Some(5))
        );
    }
}
