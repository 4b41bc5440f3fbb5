//! English grammar as far as rules go: articles, verb forms, plurals and pronouns.
//!
//! Pure functions over words; they know nothing of stories.

use story::Gender;

/// "a" or "an", by the sound the next word starts with.
pub(super) fn article(next: &str) -> &'static str {
    let word: String = next.chars().take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let starts = |list: &[&str]| list.iter().any(|s| word.starts_with(s));
    if word.starts_with("11") && word.len() == 2 || word.starts_with('8') || word == "18" {
        return "an";
    }
    if starts(&["hour", "honest", "heir", "honour", "honor"]) {
        return "an";
    }
    if starts(&["uni", "use", "usu", "euro", "one", "once", "ufo", "ute", "ewe"])
        && !starts(&["unim", "unin", "unid", "unint"])
    {
        return "a";
    }
    if matches!(word.chars().next(), Some('a' | 'e' | 'i' | 'o' | 'u')) { "an" } else { "a" }
}

fn ends_consonant_y(word: &str) -> bool {
    let mut back = word.chars().rev();
    back.next() == Some('y') && back.next().is_some_and(|c| !"aeiou".contains(c))
}

// One syllable ending consonant-vowel-consonant doubles its last letter ("stop", "stopped").
fn doubles(word: &str) -> bool {
    let chars: Vec<char> = word.chars().collect();
    let vowels = chars.iter().filter(|c| "aeiou".contains(**c)).count();
    chars.len() >= 3
        && vowels == 1
        && !"aeiouwxy".contains(chars[chars.len() - 1])
        && "aeiou".contains(chars[chars.len() - 2])
        && !"aeiou".contains(chars[chars.len() - 3])
}

/// The regular past of a base form.
pub(super) fn regular_past(base: &str) -> String {
    if base.ends_with('e') {
        format!("{base}d")
    } else if ends_consonant_y(base) {
        format!("{}ied", &base[..base.len() - 1])
    } else if doubles(base) {
        format!("{base}{}ed", base.chars().last().unwrap_or_default())
    } else {
        format!("{base}ed")
    }
}

/// True for a verb that stands before another one and has no other forms.
pub(super) fn is_modal(word: &str) -> bool {
    matches!(word, "can" | "cannot" | "could" | "must" | "will" | "would") || negated(word).is_some()
}

/// The past of a short form that says no ("doesn't").
fn negated(word: &str) -> Option<&'static str> {
    Some(match word {
        "can't" | "couldn't" => "could not",
        "won't" | "wouldn't" => "would not",
        "doesn't" | "don't" | "didn't" => "did not",
        "hasn't" | "haven't" | "hadn't" => "had not",
        "isn't" | "wasn't" => "was not",
        "aren't" | "weren't" => "were not",
        _ => return None,
    })
}

/// The past of a verb in its base form.
pub(super) fn past(base: &str) -> String {
    match base {
        "can" | "could" => return "could".to_owned(),
        "cannot" => return "could not".to_owned(),
        "must" => return "had to".to_owned(),
        "is" => return "was".to_owned(),
        "are" => return "were".to_owned(),
        "will" | "would" => return "would".to_owned(),
        _ => {}
    }
    if let Some(negated) = negated(base) {
        return negated.to_owned();
    }
    match super::lexicon::verb(base) {
        Some(verb) if verb.base == base => verb.past.map_or_else(|| regular_past(base), str::to_owned),
        _ => regular_past(base),
    }
}

/// The third person of a base form.
pub(super) fn third(base: &str) -> String {
    match base {
        "be" => return "is".to_owned(),
        "have" => return "has".to_owned(),
        "do" | "go" => return format!("{base}es"),
        _ => {}
    }
    if ends_consonant_y(base) {
        format!("{}ies", &base[..base.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|e| base.ends_with(e)) {
        format!("{base}es")
    } else {
        format!("{base}s")
    }
}

/// True for the third person of a known verb.
pub(super) fn is_third(word: &str) -> bool {
    super::lexicon::verb(word).is_some_and(|verb| word == third(verb.base))
}

/// True for the past of a known verb, where it is not its base as well.
pub(super) fn is_past(word: &str) -> bool {
    super::lexicon::verb(word).is_some_and(|verb| word != verb.base && word == past(verb.base))
}

/// True for a present form of a known verb that goes with one, or with several.
pub(super) fn agrees(word: &str, plural: bool) -> bool {
    if plural { super::lexicon::verb(word).is_some_and(|verb| word == verb.base) } else { is_third(word) }
}

/// True for "is" and its forms.
pub(super) fn is_copula(word: &str) -> bool {
    matches!(word, "is" | "are" | "was" | "were")
}

/// The -ing form of a base form.
pub(super) fn gerund(base: &str) -> String {
    if base == "be" {
        return "being".to_owned();
    }
    if let Some(stem) = base.strip_suffix("ie") {
        format!("{stem}ying")
    } else if base.ends_with('e') && !base.ends_with("ee") {
        format!("{}ing", &base[..base.len() - 1])
    } else if doubles(base) || base.ends_with("sit") || base == "begin" || base == "forget" {
        format!("{base}{}ing", base.chars().last().unwrap_or_default())
    } else {
        format!("{base}ing")
    }
}

/// The base form of a verb seen as "-s", "-ing", "-ed" or base; known verbs first, then by spelling.
pub(super) fn base_of(form: &str) -> Option<String> {
    if let Some(verb) = super::lexicon::verb(form) {
        return Some(verb.base.to_owned());
    }
    if let Some(stem) = form.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    for end in ["ches", "shes", "sses", "xes", "zes"] {
        if form.ends_with(end) {
            return Some(form[..form.len() - 2].to_owned());
        }
    }
    if form.ends_with('s') && !form.ends_with("ss") && form.len() > 3 {
        return Some(form[..form.len() - 1].to_owned());
    }
    None
}

/// True for a noun that is the same for one and many ("sheep", "jellyfish").
pub(super) fn is_its_plural(noun: &str) -> bool {
    noun.ends_with("fish") || matches!(noun, "sheep" | "deer")
}

/// What a plural may be the plural of, the likeliest first; empty when the word does not look like one.
pub(super) fn singulars(word: &str) -> Vec<String> {
    let irregular = match word {
        "men" => "man",
        "women" => "woman",
        "children" => "child",
        "people" => "person",
        "mice" => "mouse",
        "geese" => "goose",
        "wolves" => "wolf",
        "elves" => "elf",
        "wives" => "wife",
        "thieves" => "thief",
        "fishermen" => "fisherman",
        _ => "",
    };
    if !irregular.is_empty() {
        return vec![irregular.to_owned()];
    }
    let mut forms = Vec::new();
    if let Some(stem) = word.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix('s')
        && !word.ends_with("ss")
        && stem.len() > 1
    {
        forms.push(stem.to_owned());
        if let Some(shorter) = stem.strip_suffix('e') {
            forms.push(shorter.to_owned());
        }
    }
    forms
}

/// Several as one: "a", "a and b", "a, b and c".
pub(super) fn and_joined(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// The pronouns of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pronouns {
    pub(super) he: &'static str,
    pub(super) him: &'static str,
    pub(super) his: &'static str,
    pub(super) himself: &'static str,
}

/// The pronouns of one or several beings.
pub(super) fn pronouns(gender: Gender, plural: bool) -> Pronouns {
    match (plural, gender) {
        (true, _) => Pronouns { he: "they", him: "them", his: "their", himself: "themselves" },
        (_, Gender::Male) => Pronouns { he: "he", him: "him", his: "his", himself: "himself" },
        (_, Gender::Female) => Pronouns { he: "she", him: "her", his: "her", himself: "herself" },
        (_, Gender::Neutral) => Pronouns { he: "it", him: "it", his: "its", himself: "itself" },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_their_forms() {
        for (next, want) in [
            ("old", "an"),
            ("new", "a"),
            ("hour", "an"),
            ("unicorn", "a"),
            ("unimportant", "an"),
            ("8-bit", "an"),
            ("one-eyed", "a"),
            ("owl", "an"),
        ] {
            assert_eq!(article(next), want, "{next}");
        }
        for (base, want) in [
            ("befriend", "befriended"),
            ("love", "loved"),
            ("carry", "carried"),
            ("stop", "stopped"),
            ("find", "found"),
            ("cross", "crossed"),
            ("learn", "learned"),
        ] {
            assert_eq!(past(base), want);
        }
        for (form, want) in [
            ("crosses", "cross"),
            ("tries", "try"),
            ("befriends", "befriend"),
            ("crossing", "cross"),
            ("zorps", "zorp"),
        ] {
            assert_eq!(base_of(form).as_deref(), Some(want), "{form}");
        }
        assert_eq!(base_of("glass"), None);
        assert_eq!(gerund("lie"), "lying");
        assert_eq!(singulars("wolves"), ["wolf"]);
    }
}
