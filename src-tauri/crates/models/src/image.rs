//! Still pictures: portraits, set sheets and frames.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use story::{Character, Look, Place, Seed, Shot, Size};

use crate::{Failure, Job, ModelIdentity, Price};

/// The side a portrait is drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PortraitView {
    /// Facing the viewer.
    Front,
    /// In profile.
    Side,
    /// From behind.
    Back,
}

/// What the picture is of, as data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum Purpose {
    /// One character alone on a plain ground.
    Portrait {
        /// Who.
        character: Character,
        /// From which side.
        view: PortraitView,
    },
    /// A place with nobody in it.
    SetSheet {
        /// Where.
        place: Place,
    },
    /// The first still of a shot.
    Frame {
        /// The shot.
        shot: Shot,
        /// The characters in the shot, in the order of its subjects.
        cast: Vec<Character>,
        /// Where it is.
        place: Place,
    },
}

/// A picture that a new one must agree with. Its hash stands for its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What it shows, in words ("character sheet of Mara, front").
    pub role: String,
    /// The hash of its bytes.
    pub hash: String,
}

/// An order for a picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImageRequest {
    /// What it is of.
    pub purpose: Purpose,
    /// The same in words, for models that read.
    pub prompt: String,
    /// How it looks.
    pub look: Look,
    /// Its size.
    pub size: Size,
    /// The chance in it. Frames of one film share the film's seed, so that places and people stay themselves.
    pub seed: Seed,
    /// Which take it is, for a model that draws people and places from the seed: another take of the same picture keeps
    /// them and takes another chance in the rest. 0 is the first.
    #[serde(default, skip_serializing_if = "is_first")]
    pub take: u32,
    /// What it must agree with, most important first. A request without any has the same stored form as before there
    /// were references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// The references' bytes, PNG, in the same order; not part of the stored form. Filled just before the call, and only
    /// for a model that [sees](ImageModel::sees).
    #[serde(skip)]
    pub pictures: Vec<Vec<u8>>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde wants")]
fn is_first(take: &u32) -> bool {
    *take == 0
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageReply {
    /// The picture, PNG, 8 bits, of the size asked for.
    pub png: Vec<u8>,
    /// The layered scene behind it, for an animator of the same provider; `None` when there is only the picture.
    pub companion: Option<Vec<u8>>,
}

/// Draws pictures.
#[async_trait]
pub trait ImageModel: Send + Sync {
    /// Which model this is.
    fn identity(&self) -> ModelIdentity;
    /// What its calls cost.
    fn price(&self) -> Price {
        Price::Free
    }
    /// How many references it looks at; 0 when it draws from data or words alone.
    fn sees(&self) -> usize {
        0
    }
    /// Draws one picture.
    async fn draw(&self, request: ImageRequest, job: Job) -> Result<ImageReply, Failure>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::{Minter, PlaceKind, TimeOfDay, Weather};

    /// What is stored of a request is part of the key of every picture there is.
    #[test]
    fn a_request_without_references_is_stored_as_before_there_were_any() {
        let place = Place {
            id: Minter::new(Seed::new(1)).place(),
            variant_of: None,
            name: "the pier".into(),
            kind: PlaceKind::Beach,
            time: TimeOfDay::default(),
            weather: Weather::default(),
            props: Vec::new(),
        };
        let mut request = ImageRequest {
            purpose: Purpose::SetSheet { place },
            prompt: "a pier".into(),
            look: Look::default(),
            size: Size { width: 640, height: 360 },
            seed: Seed::new(7),
            take: 0,
            references: Vec::new(),
            pictures: vec![vec![1, 2, 3]],
        };
        let stored = serde_json::to_value(&request).unwrap();
        let names: Vec<&String> = stored.as_object().unwrap().keys().collect();
        assert_eq!(names, ["look", "prompt", "purpose", "seed", "size"]);
        request.references.push(Reference { role: "sheet of the pier".into(), hash: "ab12".into() });
        let stored = serde_json::to_value(&request).unwrap();
        assert_eq!(stored["references"][0]["hash"], "ab12");
        let back: ImageRequest = serde_json::from_value(stored).unwrap();
        assert_eq!((back.references, back.pictures), (request.references, Vec::<Vec<u8>>::new()));
    }
}
