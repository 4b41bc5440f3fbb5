//! Who a noun phrase speaks of: "an old lighthouse keeper" taken apart into article, describing words and noun.
//!
//! Reads one phrase; it does not know the rest of the theme.

use story::{Gender, Nature, Seed};

use super::grammar::{self, Pronouns};
use super::lexicon::{self, Noun};

/// How a noun phrase begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// "a", "an" or "some": not known yet.
    A,
    /// "the".
    The,
    /// "my", "our", "her": belongs to somebody; stays as it is.
    Own,
    /// A number.
    Count,
    /// Nothing ("children", "Anna").
    Bare,
}

/// Somebody or something in a theme.
#[derive(Debug, Clone)]
pub(super) struct Being {
    pub(super) lead: Lead,
    /// The first word when it is "my", "our" or a number.
    pub(super) lead_word: String,
    /// Describing words and noun without the article ("old lighthouse keeper").
    pub(super) long: String,
    /// The noun alone ("keeper"), as it is said the second time.
    pub(super) short: String,
    /// What comes after the noun ("with a red hat"); may be empty.
    pub(super) after: String,
    /// A name ("Anna"); empty for most.
    pub(super) name: String,
    pub(super) noun: Option<&'static Noun>,
    pub(super) plural: bool,
    /// How many, when plural: 2 unless more were said.
    pub(super) count: usize,
    pub(super) gender: Gender,
    pub(super) nature: Nature,
    /// What somebody with a name is ("my grandfather"), in the person's words; empty for most.
    pub(super) kin: String,
    /// Two who act together ("Anna and her dog"), as they are seen; empty for most.
    pub(super) group: Vec<String>,
}

/// The number a word says, two to ten.
pub(super) fn number(word: &str) -> Option<usize> {
    const NUMBERS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    NUMBERS.iter().position(|n| *n == word).or_else(|| word.parse().ok()).filter(|n| *n <= 100)
}

/// True when a word begins a noun phrase.
pub(super) fn is_lead(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "my"
            | "our"
            | "your"
            | "his"
            | "her"
            | "their"
            | "its"
            | "some"
            | "this"
            | "that"
            | "these"
            | "those"
            | "one"
            | "another"
    ) || number(word).is_some_and(|n| n > 1)
}

/// True for a word that only gathers what "of" tells behind it: a caravan of camels is camels.
pub(super) fn gathers(word: &str) -> bool {
    matches!(
        word,
        "caravan"
            | "herd"
            | "flock"
            | "pack"
            | "pod"
            | "swarm"
            | "pride"
            | "colony"
            | "group"
            | "crowd"
            | "band"
            | "gang"
            | "troop"
            | "bunch"
            | "pair"
            | "couple"
            | "family"
    )
}

/// The noun that the last words of a phrase name ("lighthouse keeper" before "keeper").
pub(super) fn head_noun(words: &[String]) -> Option<(&'static Noun, usize)> {
    for take in (1..=2.min(words.len())).rev() {
        let tail = words[words.len() - take..].join(" ").to_lowercase();
        if let Some(noun) = lexicon::noun(&tail) {
            return Some((noun, take));
        }
    }
    None
}

/// The words before the name that a phrase ends with: "my cat" of "my cat Mr Biscuit".
pub(super) fn before_name(words: &[String]) -> &[String] {
    let large = |word: &&String| super::tokens::is_large(word);
    &words[..words.len() - words.iter().rev().take_while(large).count()]
}

/// The gender that a noun or a describing word tells.
pub(super) fn gender_said(noun: Option<&Noun>, words: &[String]) -> Option<Gender> {
    for word in words {
        match word.to_lowercase().as_str() {
            "female" | "she" | "lady" | "herself" => return Some(Gender::Female),
            "male" | "he" | "himself" => return Some(Gender::Male),
            _ => {}
        }
    }
    noun.and_then(|n| n.gender)
}

/// What somebody of the family is called as if it were a name.
const CALLED: [&str; 10] =
    ["grandpa", "grandma", "granny", "grandfather", "grandmother", "mom", "mum", "dad", "mama", "papa"];

impl Being {
    /// Takes a phrase apart; `words` is the phrase up to and with its noun, `after` what follows it.
    pub(super) fn read(words: &[String], after: &str, seed: Seed) -> Option<Self> {
        // "a stubborn goat named Clementine".
        if let Some(at) = words.iter().position(|word| matches!(word.as_str(), "named" | "called")).filter(|at| *at > 1)
        {
            let being = Self::read(&words[..at], after, seed)?;
            let kin = format!("{} {}", being.first(), words[at]);
            return Some(Self { kin, ..being.named(&words[at + 1..].join(" ")) });
        }
        let first = words.first()?.to_lowercase();
        let count = number(&first).filter(|n| *n > 1);
        let (lead, lead_word) = match first.as_str() {
            "a" | "an" | "some" | "one" | "another" => (Lead::A, String::new()),
            "the" | "this" | "that" | "these" | "those" => (Lead::The, String::new()),
            _ if count.is_some() => (Lead::Count, first.clone()),
            _ if is_lead(&first) => (Lead::Own, words[0].to_lowercase()),
            _ => (Lead::Bare, String::new()),
        };
        let rest = if lead == Lead::Bare { words } else { &words[1..] };
        let last = rest.last()?;
        // "my dog Max", "my cat Mr Biscuit".
        let kind = before_name(rest).len();
        if kind > 0 && kind < rest.len() && head_noun(rest).is_none() && head_noun(&rest[..kind]).is_some() {
            let lead = words.len() - rest.len();
            let being = Self::read(&words[..lead + kind], after, seed);
            return being.map(|being| being.named(&rest[kind..].join(" ")));
        }
        let found = head_noun(rest);
        let noun = found.map(|(n, _)| n);
        let lower = last.to_lowercase();
        let known = rest.first().is_some_and(|first| super::names::gender(first).is_some());
        let names = (rest.len() > 1 || known) && before_name(rest).is_empty();
        let looks_plural = !names
            && noun.map_or_else(
                || lower.ends_with('s') && !lower.ends_with("ss") && lead != Lead::A,
                |n| !n.word.ends_with(lower.as_str()) && !grammar::singulars(&lower).is_empty() && lower.is_ascii(),
            );
        let plural = count.is_some()
            || looks_plural
            || lead == Lead::Bare && grammar::is_its_plural(&lower)
            || matches!(lower.as_str(), "people" | "children" | "friends" | "family" | "couple");
        let called = noun.is_none() || CALLED.contains(&lower.as_str());
        let name = if lead == Lead::Bare && called && super::tokens::is_large(last) {
            // "old Mr Pettigrew" is called Mr Pettigrew.
            let small = rest.iter().take_while(|word| word.chars().next().is_some_and(char::is_lowercase)).count();
            rest[small..].join(" ")
        } else {
            String::new()
        };
        let nature = noun.map_or_else(
            || if name.is_empty() && !is_human(&lower) { Nature::Thing } else { Nature::Human },
            |n| n.nature,
        );
        let gender = gender_said(noun, rest)
            .or_else(|| super::names::gender(name.split(' ').next().unwrap_or_default()))
            .unwrap_or_else(|| {
                let choice = seed.fork(&format!("gender {lower}")).value().is_multiple_of(2);
                match nature {
                    Nature::Thing | Nature::Robot => Gender::Neutral,
                    _ if choice => Gender::Female,
                    _ => Gender::Male,
                }
            });
        let long = rest.join(" ");
        let title = ["Mr", "Mrs", "Ms", "Miss", "Dr"].contains(&name.split(' ').next().unwrap_or_default());
        let short = match name.split(' ').next() {
            _ if title => name.clone(),
            Some(first) if !name.is_empty() => first.to_owned(),
            _ => last.clone(),
        };
        Some(Self {
            lead,
            lead_word,
            long,
            short,
            after: after.to_owned(),
            name,
            noun,
            plural,
            count: if plural { count.unwrap_or(2) } else { 1 },
            gender,
            nature,
            kin: String::new(),
            group: Vec::new(),
        })
    }

    /// Those who tell it themselves: "we", or "I". They are seen as travellers.
    pub(super) fn telling(many: bool) -> Self {
        let word = if many { "we" } else { "I" };
        let seen: &[&str] = if many { &["the first friend", "the second friend"] } else { &["the traveller"] };
        Self {
            lead: Lead::Bare,
            lead_word: String::new(),
            long: word.to_owned(),
            short: word.to_owned(),
            after: String::new(),
            name: word.to_owned(),
            noun: None,
            plural: many,
            count: seen.len(),
            gender: Gender::Neutral,
            nature: Nature::Human,
            kin: String::new(),
            group: seen.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    /// True for "we" and "I".
    pub(super) fn tells(&self) -> bool {
        matches!(self.name.as_str(), "we" | "I")
    }

    /// True when it is known by its noun or has a name.
    pub(super) fn is_somebody(&self) -> bool {
        self.noun.is_some() || !self.name.is_empty()
    }

    /// The same being with a name, which tells its gender where nothing else does.
    pub(super) fn named(self, name: &str) -> Self {
        let told = self.noun.is_some_and(|noun| noun.gender.is_some());
        let titled = match name.split(' ').next().unwrap_or_default() {
            "Mr" => Some(Gender::Male),
            "Mrs" | "Ms" | "Miss" => Some(Gender::Female),
            first => super::names::gender(first),
        };
        let gender = titled.filter(|_| !told).unwrap_or(self.gender);
        let kin = if self.lead == Lead::Own { self.first() } else { String::new() };
        Self { lead: Lead::Bare, short: name.to_owned(), name: name.to_owned(), gender, kin, ..self }
    }

    /// Two beings who act as one.
    pub(super) fn together(&self, other: &Self) -> Self {
        Self::all(&[self.clone(), other.clone()])
    }

    /// Several beings, at least one, who act as one.
    pub(super) fn all(beings: &[Self]) -> Self {
        const COUNT: [&str; 3] = ["two", "three", "four"];
        let said: Vec<String> = beings.iter().map(Self::introduced).collect();
        Self {
            lead: Lead::Bare,
            lead_word: String::new(),
            long: grammar::and_joined(&said),
            short: format!("{} of them", COUNT.get(beings.len().saturating_sub(2)).unwrap_or(&"all")),
            after: String::new(),
            name: String::new(),
            kin: String::new(),
            plural: true,
            count: beings.len(),
            group: beings.iter().map(Self::again).collect(),
            ..beings[0].clone()
        }
    }

    /// "was", or "were" of several.
    pub(super) fn was(&self) -> &'static str {
        if self.plural { "were" } else { "was" }
    }

    /// What a clause about it begins with: "who", or "that" of a thing.
    pub(super) fn who(&self) -> &'static str {
        if self.nature == Nature::Thing { "that" } else { "who" }
    }

    pub(super) fn pronouns(&self) -> Pronouns {
        match self.name.as_str() {
            "we" => Pronouns { he: "we", him: "us", his: "our", himself: "ourselves" },
            "I" => Pronouns { he: "I", him: "me", his: "my", himself: "myself" },
            _ => grammar::pronouns(self.gender, self.plural),
        }
    }

    /// As first named: "an old lighthouse keeper", "two brothers", "Anna", "my grandmother".
    pub(super) fn first(&self) -> String {
        let long = short_enough(&self.long, &self.short);
        match self.lead {
            _ if !self.name.is_empty() => self.name.clone(),
            Lead::A if self.plural && !gathers(&self.short) => format!("some {long}"),
            Lead::The => format!("the {long}"),
            Lead::Own | Lead::Count => format!("{} {long}", self.lead_word),
            Lead::Bare if !self.group.is_empty() => self.long.clone(),
            Lead::Bare if self.plural || self.is_owned() => long,
            Lead::Bare | Lead::A => format!("{} {long}", grammar::article(&long)),
        }
    }

    /// As one who is not known is told who it is: "my grandfather Stanley".
    pub(super) fn introduced(&self) -> String {
        if self.kin.is_empty() || !self.group.is_empty() { self.first() } else { format!("{} {}", self.kin, self.name) }
    }

    /// "grandpa's old truck".
    fn is_owned(&self) -> bool {
        self.lead == Lead::Bare && self.long.split(' ').next().is_some_and(|word| word.ends_with("'s"))
    }

    /// As named again: "the keeper", "the brothers", "Anna", "my grandmother".
    pub(super) fn again(&self) -> String {
        match self.lead {
            _ if !self.name.is_empty() => self.short.clone(),
            Lead::Own if matches!(self.lead_word.as_str(), "my" | "our" | "your") => {
                format!("{} {}", self.lead_word, self.short)
            }
            _ => format!("the {}", self.short),
        }
    }

    /// As named in full with "the": "the old lighthouse keeper".
    pub(super) fn whole(&self) -> String {
        match self.lead {
            _ if !self.name.is_empty() => self.name.clone(),
            _ if !self.group.is_empty() || self.is_owned() => self.long.clone(),
            Lead::Own => format!("{} {}", self.lead_word, self.long),
            _ => format!("the {}", short_enough(&self.long, &self.short)),
        }
    }

    /// Those who act together, by what they are called again: "the clockmaker, Tomas and the magpie".
    pub(super) fn those(&self) -> String {
        grammar::and_joined(&self.group)
    }

    /// The words the script uses for who is seen: one for each of a small group.
    pub(super) fn seen(&self) -> Vec<String> {
        if !self.group.is_empty() {
            return self.group.clone();
        }
        if !self.plural {
            return vec![self.again()];
        }
        let one = grammar::singulars(&self.short.to_lowercase())
            .into_iter()
            .find(|s| lexicon::noun(s).is_some())
            .unwrap_or_else(|| {
                let lower = self.short.to_lowercase();
                if lexicon::noun(&lower).is_some() {
                    lower
                } else {
                    grammar::singulars(&lower).first().cloned().unwrap_or(lower)
                }
            });
        let order: &[&str] = match one.as_str() {
            "brother" | "sister" | "child" | "son" | "daughter" | "twin" => &["elder", "younger", "youngest"],
            _ => &["first", "second", "third"],
        };
        let one = match one.as_str() {
            "couple" | "family" | "team" | "friends" | "person" => "friend",
            other => other,
        };
        order.iter().take(self.count.clamp(2, 3)).map(|o| format!("the {o} {one}")).collect()
    }
}

// A phrase of more than five words is not said in the middle of a sentence.
fn short_enough(long: &str, short: &str) -> String {
    if long.split(' ').count() > 5 { short.to_owned() } else { long.to_owned() }
}

/// True for a person by the form of the word, if it is no thing that can be drawn ("elevator").
fn is_human(word: &str) -> bool {
    sounds_human(word) && crate::art::find(word).is_none()
}

fn sounds_human(word: &str) -> bool {
    let ends = ["ist", "man", "woman", "smith", "ian", "herd"];
    let things = [
        "computer", "river", "water", "flower", "tower", "letter", "paper", "printer", "mixer", "motor", "corner",
        "summer", "winter", "weather", "number", "camera",
    ];
    (ends.iter().any(|e| word.ends_with(e)) && word.len() > 4)
        || (word.len() > 5 && (word.ends_with("er") || word.ends_with("or")) && !things.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Being {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        Being::read(&words, "", Seed::new(1)).expect("a phrase")
    }

    #[test]
    fn phrases_are_named_first_and_again() {
        for (text, first, again) in [
            ("an old lighthouse keeper", "an old lighthouse keeper", "the keeper"),
            ("two brothers", "two brothers", "the brothers"),
            ("my grandmother", "my grandmother", "my grandmother"),
            ("Anna", "Anna", "Anna"),
            ("owl", "an owl", "the owl"),
        ] {
            let being = read(text);
            assert_eq!((being.first().as_str(), being.again().as_str()), (first, again), "{text}");
        }
        assert_eq!(read("two brothers").seen(), ["the elder brother", "the younger brother"]);
        assert_eq!(read("a white whale").nature, Nature::SeaAnimal);
        assert!(!read("an octopus").plural);
    }
}
