//! Script → cast, by a language model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Age, Cast, Character, Features, Gender, Minter, Nature, Script};

use super::{COLOUR, colour, short};
use crate::character_extractor::CastView;
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct CharacterMind;

/// Who is in the film.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CastDraft {
    /// One entry for each word of "called", in that order.
    people: Vec<MemberDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MemberDraft {
    /// The word itself, or another word that means the same member.
    same_as: String,
    name: String,
    noun: String,
    #[schemars(with = "String")]
    nature: Nature,
    visible: bool,
    #[schemars(with = "String")]
    age: Age,
    #[schemars(with = "String")]
    gender: Gender,
    skin: u8,
    hair: String,
    clothes: String,
    colour: String,
    profession: String,
}

const NATURES: [&str; 7] = ["human", "animal", "sea_animal", "bird", "robot", "creature", "thing"];
const AGES: [&str; 4] = ["child", "young", "adult", "old"];
const GENDERS: [&str; 3] = ["female", "male", "neutral"];

/// The words by which the script calls people, each once.
pub(crate) fn called(script: &Script) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let all = script.scenes.iter().flat_map(|s| &s.who).chain(script.speaking.iter().map(|s| &s.name));
    for word in all {
        if !word.trim().is_empty() && !words.iter().any(|w| w.to_lowercase() == word.to_lowercase()) {
            words.push(word.clone());
        }
    }
    words
}

impl Mind for CharacterMind {
    const NAME: &'static str = "cast";
    const PROMPT: &'static str = include_str!("../prompts/character_extractor.md");
    const VERSION: u32 = 1;
    type View = CastView;
    type Draft = CastDraft;
    type Document = Cast;

    fn data(view: &CastView) -> Value {
        let scenes = view.script.scenes.iter().map(|scene| {
            let lines: Vec<&str> = scene.lines.iter().map(|l| l.text.as_str()).collect();
            json!({ "title": scene.title, "summary": scene.summary, "who": scene.who, "lines": lines })
        });
        json!({
            "about": view.brief.theme,
            "characters": view.brief.characters,
            "special": view.brief.special,
            "language": view.brief.language.value.code(),
            "called": called(&view.script),
            "scenes": scenes.collect::<Vec<_>>(),
        })
    }

    fn narrow(view: &CastView, schema: &mut Schema) {
        let words = called(&view.script);
        schema.items("people", words.len(), words.len());
        schema.words("people.[].same_as", words);
        schema.words("people.[].nature", NATURES);
        schema.words("people.[].age", AGES);
        schema.words("people.[].gender", GENDERS);
        schema.between("people.[].skin", 0, 4);
        for text in ["name", "noun", "hair", "clothes", "profession"] {
            schema.at_most(&format!("people.[].{text}"), 120);
        }
        schema.pattern("people.[].colour", COLOUR);
    }

    fn longest(view: &CastView) -> u32 {
        800 + 300 * called(&view.script).len() as u32
    }

    fn read(view: &CastView, draft: CastDraft) -> Result<Cast, String> {
        let words = called(&view.script);
        if draft.people.len() != words.len() {
            let (given, wanted) = (draft.people.len(), words.len());
            return Err(format!("there must be one entry for each of the {wanted} words; there are {given}"));
        }
        let mut same_as = Vec::new();
        for person in &draft.people {
            let at = words.iter().position(|w| same(w, &person.same_as));
            same_as.push(at.ok_or_else(|| format!("the script calls nobody {:?}", person.same_as))?);
        }
        let heads = heads(&same_as);
        // The most important first: whom the script names in most scenes.
        let scenes = |head: usize| {
            let means = |word: &String| words.iter().position(|w| same(w, word)).is_some_and(|at| heads[at] == head);
            view.script.scenes.iter().filter(|s| s.who.iter().any(means)).count()
        };
        let mut order: Vec<usize> = (0..words.len()).filter(|n| heads[*n] == *n).collect();
        order.sort_by_key(|n| std::cmp::Reverse(scenes(*n)));
        let mut minter = Minter::new(view.brief.seed.fork("cast"));
        let mut members = Vec::new();
        for head in order {
            let called: Vec<&String> = (0..words.len()).filter(|n| heads[*n] == head).map(|n| &words[n]).collect();
            members.push(member(&draft.people[head], &called, view, &mut minter)?);
        }
        Ok(Cast { members })
    }
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// For each word the first of all words that mean the same, however it was said.
fn heads(same_as: &[usize]) -> Vec<usize> {
    let mut heads: Vec<usize> = (0..same_as.len()).collect();
    for (a, b) in same_as.iter().enumerate() {
        let (one, other) = (heads[a].min(heads[*b]), heads[a].max(heads[*b]));
        for head in &mut heads {
            if *head == other {
                *head = one;
            }
        }
    }
    heads
}

fn member(draft: &MemberDraft, called: &[&String], view: &CastView, minter: &mut Minter) -> Result<Character, String> {
    let (name, noun) = (short(&draft.name), short(&draft.noun).to_lowercase());
    if name.is_empty() || noun.is_empty() {
        return Err("every member needs a name and a noun".to_owned());
    }
    // Somebody who speaks has an id already.
    let speaks = view.script.speaking.iter().find(|s| called.iter().any(|c| same(c, &s.name)));
    Ok(Character {
        id: speaks.map_or_else(|| minter.cast(), |s| s.id.clone()),
        drawn_as: None,
        aliases: called.iter().filter(|c| !same(c, &name)).map(|c| (*c).clone()).collect(),
        name,
        noun,
        nature: draft.nature,
        visible: draft.visible,
        features: Features {
            age: draft.age,
            gender: draft.gender,
            skin: draft.skin.min(4),
            hair: short(&draft.hair),
            clothes: short(&draft.clothes),
            colour: colour(&draft.colour)?,
            profession: short(&draft.profession),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_mean_the_same_come_together_however_it_is_said() {
        assert_eq!(heads(&[0, 1, 2]), [0, 1, 2]);
        assert_eq!(heads(&[0, 0, 1]), [0, 0, 0]);
        assert_eq!(heads(&[2, 1, 0, 3]), [0, 1, 0, 3]);
        assert_eq!(heads(&[1, 2, 0]), [0, 0, 0]);
    }
}
