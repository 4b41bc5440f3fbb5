//! Script → cast, by a language model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Age, Cast, Character, Features, Gender, Minter, Nature, Script};

use super::{colour, short};
use crate::character_extractor::CastView;
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct CharacterMind;

/// Everybody in the film, the most important first.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CastDraft {
    members: Vec<MemberDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MemberDraft {
    name: String,
    called: Vec<String>,
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
        schema.items("members", usize::from(!words.is_empty()), words.len().clamp(1, 24));
        schema.items("members.[].called", 1, words.len().max(1));
        schema.words("members.[].called.[]", words);
        schema.words("members.[].nature", NATURES);
        schema.words("members.[].age", AGES);
        schema.words("members.[].gender", GENDERS);
        schema.between("members.[].skin", 0, 4);
        for text in ["name", "noun", "hair", "clothes", "profession"] {
            schema.at_most(&format!("members.[].{text}"), 120);
        }
        schema.at_most("members.[].colour", 7);
    }

    fn longest(view: &CastView) -> u32 {
        800 + 300 * called(&view.script).len() as u32
    }

    fn read(view: &CastView, draft: CastDraft) -> Result<Cast, String> {
        let words = called(&view.script);
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        for word in &words {
            let meant = draft.members.iter().filter(|m| m.called.iter().any(|c| same(c, word))).count();
            if meant != 1 {
                return Err(format!("{word:?} must mean exactly one member; it means {meant}"));
            }
        }
        let mut minter = Minter::new(view.brief.seed.fork("cast"));
        let mut members = Vec::new();
        for member in draft.members {
            let strange = member.called.iter().find(|c| !words.iter().any(|w| same(w, c)));
            if let Some(strange) = strange {
                return Err(format!("the script calls nobody {strange:?}"));
            }
            let (name, noun) = (short(&member.name), short(&member.noun).to_lowercase());
            if name.is_empty() || noun.is_empty() {
                return Err("every member needs a name and a noun".to_owned());
            }
            // Somebody who speaks has an id already.
            let speaks = view.script.speaking.iter().find(|s| member.called.iter().any(|c| same(c, &s.name)));
            members.push(Character {
                id: speaks.map_or_else(|| minter.cast(), |s| s.id.clone()),
                drawn_as: None,
                aliases: member.called.iter().filter(|c| !same(c, &name)).cloned().collect(),
                name,
                noun,
                nature: member.nature,
                visible: member.visible,
                features: Features {
                    age: member.age,
                    gender: member.gender,
                    skin: member.skin.min(4),
                    hair: short(&member.hair),
                    clothes: short(&member.clothes),
                    colour: colour(&member.colour)?,
                    profession: short(&member.profession),
                },
            });
        }
        Ok(Cast { members })
    }
}
