//! Words for persons: age, gender and what they do.
//!
//! Owns the table of such words. Does not know how persons are drawn.

use std::collections::HashMap;
use std::sync::OnceLock;

use story::{Age, Gender};

use crate::art::words::{candidates, singulars, table};

/// What a word says about a person ("old man", "girl", "detective").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Age; `None` when the word does not say.
    pub age: Option<Age>,
    /// Gender; neutral when the word does not say.
    pub gender: Gender,
    /// What they do, as one of a closed set of words (`detective`, `captain`); empty for anybody.
    pub role: &'static str,
    /// The thing that tells the profession, as a noun; empty when none does.
    pub tool: &'static str,
}

fn persons() -> &'static HashMap<&'static str, &'static str> {
    static PERSONS: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    PERSONS.get_or_init(|| table(include_str!("../../art/persons.txt")))
}

/// True when this word (lower case, singular) is a word for a person.
pub(super) fn names_person(word: &str) -> bool {
    entry(word).is_some()
}

/// The row of a word; "policewoman" is found as the "policeman" that she is.
fn entry(word: &str) -> Option<(&'static str, bool)> {
    let stem =
        || word.strip_suffix("woman").filter(|s| !s.is_empty()).and_then(|s| persons().get(format!("{s}man").as_str()));
    persons().get(word).map(|row| (*row, false)).or_else(|| stem().map(|row| (*row, true)))
}

/// What a noun or phrase says about a person; `None` when it does not name one.
pub fn person(noun: &str) -> Option<Person> {
    if super::find::is_made(noun) {
        return None;
    }
    let candidates = candidates(noun);
    // A shin guard is nobody: what is said to have no picture is no person either.
    if super::find::aliases().get(candidates[0].as_str()) == Some(&"!") {
        return None;
    }
    let (row, woman) = candidates.iter().find_map(|c| singulars(c).iter().find_map(|form| entry(form)))?;
    let mut fields = row.split_whitespace();
    let mut age = match fields.next()? {
        "child" => Some(Age::Child),
        "young" => Some(Age::Young),
        "old" => Some(Age::Old),
        _ => None,
    };
    let mut gender = match fields.next()? {
        "f" => Gender::Female,
        "m" => Gender::Male,
        _ => Gender::Neutral,
    };
    let role = fields.next().filter(|r| *r != "-").unwrap_or("");
    let tool = fields.next().unwrap_or("");
    if woman {
        gender = Gender::Female;
    }
    for word in noun.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        match word {
            "old" | "elderly" | "aged" | "ancient" | "viejo" | "vieja" | "vieux" | "vieille" | "alter" | "alte" => {
                age = Some(Age::Old);
            }
            "young" | "joven" | "jeune" | "junge" | "junger" => age = age.or(Some(Age::Young)),
            "woman" | "female" | "lady" | "girl" | "mujer" | "femme" | "frau" => gender = Gender::Female,
            "man" | "male" | "gentleman" | "boy" => gender = Gender::Male,
            _ => {}
        }
    }
    Some(Person { age, gender, role, tool })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(noun: &str, wanted: Option<(Option<Age>, Gender, &str)>) {
        let got = person(noun).map(|p| (p.age, p.gender, p.role));
        assert_eq!(got, wanted, "{noun}");
    }

    #[test]
    fn every_tool_has_a_picture() {
        for (word, row) in persons() {
            let tool = row.split_whitespace().nth(3).unwrap_or("");
            assert!(tool.is_empty() || crate::art::find(tool).is_some(), "{word}: {tool}");
        }
    }

    #[test]
    fn words_say_age_gender_and_role() {
        check("detective", Some((None, Gender::Neutral, "detective")));
        check("woman detective", Some((None, Gender::Female, "detective")));
        check("old fishermen", Some((Some(Age::Old), Gender::Male, "fisherman")));
        check("policewoman", Some((None, Gender::Female, "police-officer")));
        check("the keeper of the lighthouse", Some((Some(Age::Old), Gender::Male, "captain")));
        check("little girl", Some((Some(Age::Child), Gender::Female, "")));
        check("violinist", Some((None, Gender::Neutral, "in-tuxedo")));
        check("abuela", Some((Some(Age::Old), Gender::Female, "")));
        check("侦探", Some((None, Gender::Neutral, "detective")));
        check("lamp", None);
        check("guard dog", None);
    }
}
