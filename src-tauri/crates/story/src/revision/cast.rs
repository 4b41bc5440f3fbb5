//! Changes to the cast.

use serde::{Deserialize, Serialize};

use super::{Change, Revisable, Target};
use crate::{Age, Cast, CastId, Features, Gender, Nature, RevisionId};

/// A change to a member of the cast.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CastChange {
    /// Is called otherwise. No picture hangs on a name.
    Rename {
        /// Who.
        cast: CastId,
        /// The new name.
        name: String,
    },
    /// Looks otherwise in one respect.
    Appear {
        /// Who.
        cast: CastId,
        /// How.
        with: Trait,
    },
    /// Somebody else takes the part, wherever the script has it.
    Replace {
        /// Whose part.
        cast: CastId,
        /// Who.
        with: NewCharacter,
    },
}

/// One thing that is always true of how somebody looks; as in [`Features`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// Age.
    Age(Age),
    /// Gender.
    Gender(Gender),
    /// Skin tone, 0 to 4.
    Skin(u8),
    /// Hair or fur in words.
    Hair(String),
    /// Clothes in words.
    Clothes(String),
    /// A colour as `#rrggbb`.
    Colour(String),
    /// What they do.
    Profession(String),
}

/// Somebody who takes a part. The fields are those of [`crate::Character`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NewCharacter {
    /// The name.
    pub name: String,
    /// The one noun a picture is looked up by.
    pub noun: String,
    /// What they are.
    pub nature: Nature,
    /// How they look.
    pub features: Features,
}

impl CastChange {
    fn who(&self) -> &CastId {
        match self {
            Self::Rename { cast, .. } | Self::Appear { cast, .. } | Self::Replace { cast, .. } => cast,
        }
    }
}

impl Revisable for Cast {
    fn target(&self, change: &Change) -> Target {
        let Change::Cast(change) = change else { return Target::Elsewhere };
        let member = self.get(change.who());
        match change {
            CastChange::Rename { .. } => Target::part(member.map(|m| &m.name)),
            CastChange::Replace { .. } => Target::part(member.map(|m| (&m.noun, m.nature))),
            CastChange::Appear { with, .. } => {
                let features = member.map(|m| &m.features);
                match with {
                    Trait::Age(_) => Target::part(features.map(|f| f.age)),
                    Trait::Gender(_) => Target::part(features.map(|f| f.gender)),
                    Trait::Skin(_) => Target::part(features.map(|f| f.skin)),
                    Trait::Hair(_) => Target::part(features.map(|f| &f.hair)),
                    Trait::Clothes(_) => Target::part(features.map(|f| &f.clothes)),
                    Trait::Colour(_) => Target::part(features.map(|f| &f.colour)),
                    Trait::Profession(_) => Target::part(features.map(|f| &f.profession)),
                }
            }
        }
    }

    fn make(&mut self, _: &RevisionId, change: &Change) {
        let Change::Cast(change) = change else { return };
        let Some(member) = self.members.iter_mut().find(|m| &m.id == change.who()) else { return };
        match change {
            CastChange::Rename { name, .. } => {
                let before = std::mem::replace(&mut member.name, name.clone());
                let drawn_as = member.drawn_as.take().unwrap_or(before);
                member.drawn_as = (drawn_as != member.name).then_some(drawn_as);
            }
            CastChange::Replace { with, .. } => {
                // The script goes on calling it what it was called.
                let before = std::mem::replace(&mut member.name, with.name.clone());
                let called = member.drawn_as.take().unwrap_or(before);
                if !member.aliases.contains(&called) && called != member.name {
                    member.aliases.push(called);
                }
                member.noun.clone_from(&with.noun);
                member.nature = with.nature;
                member.features.clone_from(&with.features);
            }
            CastChange::Appear { with, .. } => {
                let features = &mut member.features;
                match with.clone() {
                    Trait::Age(age) => features.age = age,
                    Trait::Gender(gender) => features.gender = gender,
                    Trait::Skin(skin) => features.skin = skin.min(4),
                    Trait::Hair(hair) => features.hair = hair,
                    Trait::Clothes(clothes) => features.clothes = clothes,
                    Trait::Colour(colour) => features.colour = colour,
                    Trait::Profession(profession) => features.profession = profession,
                }
            }
        }
    }
}
