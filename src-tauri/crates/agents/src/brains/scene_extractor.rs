//! Script → places, by a language model. When scenes happen and in what weather is in the script already.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use story::{Minter, Place, PlaceKind, Places, Script, Seed};

use super::{short, shorts};
use crate::schema::Schema;
use crate::thinking::Mind;

pub(crate) struct PlaceMind;

/// Every place of the film.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PlacesDraft {
    places: Vec<PlaceDraft>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlaceDraft {
    name: String,
    #[schemars(with = "String")]
    kind: PlaceKind,
    props: Vec<String>,
    scenes: Vec<String>,
}

impl Mind for PlaceMind {
    const NAME: &'static str = "places";
    const PROMPT: &'static str = include_str!("../prompts/scene_extractor.md");
    const VERSION: u32 = 1;
    type View = Script;
    type Draft = PlacesDraft;
    type Document = Places;

    fn data(script: &Script) -> Value {
        let scenes = script.scenes.iter().map(|s| {
            json!({ "id": s.id, "title": s.title, "summary": s.summary, "place": s.place, "props": s.props })
        });
        json!({ "scenes": scenes.collect::<Vec<_>>() })
    }

    fn narrow(script: &Script, schema: &mut Schema) {
        let count = script.scenes.len();
        schema.items("places", usize::from(count > 0), count.max(1));
        schema.items("places.[].scenes", 1, count.max(1));
        schema.words("places.[].scenes.[]", script.scenes.iter().map(|s| s.id.to_string()));
        schema.words("places.[].kind", PlaceKind::ALL.iter().map(|k| k.as_str()));
        schema.items("places.[].props", 0, 4);
        schema.at_most("places.[].name", 120);
        schema.at_most("places.[].props.[]", 60);
    }

    fn longest(script: &Script) -> u32 {
        500 + 150 * script.scenes.len() as u32
    }

    fn read(script: &Script, draft: PlacesDraft) -> Result<Places, String> {
        let first = script.scenes.first().map_or_else(String::new, |s| s.id.to_string());
        let mut minter = Minter::new(Seed::new(1).fork(&first).fork("places"));
        let strange = draft.places.iter().flat_map(|p| &p.scenes).find(|id| {
            !script.scenes.iter().any(|s| s.id.as_str() == id.as_str())
        });
        if let Some(strange) = strange {
            return Err(format!("the script has no scene {strange:?}"));
        }
        let mut places = Places::default();
        for scene in &script.scenes {
            let mut of = draft.places.iter().filter(|p| p.scenes.iter().any(|id| id == scene.id.as_str()));
            let (Some(place), None) = (of.next(), of.next()) else {
                return Err(format!("scene {:?} must be in exactly one place", scene.id.as_str()));
            };
            let name = short(&place.name);
            let name = if name.is_empty() { scene.place.clone() } else { name };
            let same = |p: &&Place| {
                p.name == name && p.kind == place.kind && p.time == scene.time && p.weather == scene.weather
            };
            let id = match places.all.iter().find(same) {
                Some(known) => known.id.clone(),
                None => {
                    let id = minter.place();
                    places.all.push(Place {
                        id: id.clone(),
                        variant_of: None,
                        name: name.clone(),
                        kind: place.kind,
                        time: scene.time,
                        weather: scene.weather,
                        props: shorts(&place.props),
                    });
                    id
                }
            };
            places.of_scene.insert(scene.id.clone(), id);
        }
        Ok(places)
    }
}
