//! Brief → look, by a language model.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Brief, Light, Look, Mood, Style};

use super::{COLOUR, colour, short};
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct LookMind;

/// How the film looks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookDraft {
    #[schemars(with = "String")]
    style: Style,
    words: String,
    #[schemars(with = "String")]
    mood: Mood,
    #[schemars(with = "String")]
    light: Light,
    palette: Vec<String>,
}

const LIGHTS: [&str; 5] = ["soft", "golden", "contrast", "glowing", "muted"];

impl Mind for LookMind {
    const NAME: &'static str = "look";
    const PROMPT: &'static str = include_str!("../prompts/style_determiner.md");
    const VERSION: u32 = 1;
    type View = Brief;
    type Draft = LookDraft;
    type Document = Look;

    fn data(brief: &Brief) -> Value {
        json!({
            "theme": brief.theme,
            "message": brief.message,
            "style": brief.style_words,
            "mood": brief.mood_words,
            "characters": brief.characters,
            "special": brief.special,
        })
    }

    fn narrow(brief: &Brief, schema: &mut Schema) {
        match &brief.style {
            Some(style) => schema.words("style", [style.value.as_str()]),
            None => schema.words("style", Style::ALL.map(Style::as_str)),
        }
        if brief.mood.is_said() {
            schema.words("mood", [brief.mood.value.as_str()]);
        } else {
            schema.words("mood", Mood::ALL.map(Mood::as_str));
        }
        schema.words("light", LIGHTS);
        schema.at_most("words", 200);
        schema.items("palette", 0, 5);
        schema.pattern("palette.[]", COLOUR);
    }

    fn longest(_: &Brief) -> u32 {
        1_000
    }

    fn read(brief: &Brief, draft: LookDraft) -> Result<Look, String> {
        let palette = draft.palette.iter().map(|c| colour(c)).filter(|c| c.as_deref() != Ok(""));
        let said = brief.style.as_ref().map(|s| s.value);
        if let Some(said) = said.filter(|said| *said != draft.style) {
            return Err(format!("the brief asks for the style {:?}", said.as_str()));
        }
        if brief.mood.is_said() && brief.mood.value != draft.mood {
            return Err(format!("the brief asks for the mood {:?}", brief.mood.value.as_str()));
        }
        let palette = palette.collect::<Result<Vec<_>, _>>()?;
        // The person's own words are kept whole.
        let words = if brief.style_words.is_empty() { short(&draft.words) } else { brief.style_words.clone() };
        Ok(Look { style: draft.style, words, mood: draft.mood, light: draft.light, palette })
    }
}
