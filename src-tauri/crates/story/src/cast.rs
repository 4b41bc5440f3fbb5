//! The cast: who is in the film and what never changes about them.

use serde::{Deserialize, Serialize};

use crate::CastId;

/// What a member of the cast is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nature {
    /// A human being.
    #[default]
    Human,
    /// An animal that walks.
    Animal,
    /// An animal that swims.
    SeaAnimal,
    /// An animal that flies.
    Bird,
    /// A robot.
    Robot,
    /// A being of tales (dragon, ghost, fairy).
    Creature,
    /// A thing that acts (a ship, a lamp).
    Thing,
}

/// An age that can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Age {
    /// A child.
    Child,
    /// A young person.
    Young,
    /// Grown up.
    #[default]
    Adult,
    /// Old.
    Old,
}

/// How a member of the cast is addressed and voiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
    /// They or it.
    #[default]
    Neutral,
}

/// What is always true of how somebody looks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Features {
    /// Age.
    pub age: Age,
    /// Gender.
    pub gender: Gender,
    /// Skin tone, 0 (lightest) to 4 (darkest); read only for humans.
    pub skin: u8,
    /// Hair or fur in words ("white beard"); may be empty.
    pub hair: String,
    /// Clothes in words ("blue coat, red scarf"); may be empty.
    pub clothes: String,
    /// The colour of a coat, a hull, fur, as `#rrggbb`; empty lets the illustrator choose by seed.
    pub colour: String,
    /// What they do ("lighthouse keeper", "detective"); may be empty.
    pub profession: String,
}

/// A member of the cast.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Character {
    /// Identity.
    pub id: CastId,
    /// The name as it is shown ("The keeper").
    pub name: String,
    /// The name that pictures were asked for with, when a revision gave another one since: a name changes no picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawn_as: Option<String>,
    /// Other words the script uses for them ("the old man").
    pub aliases: Vec<String>,
    /// The one noun a picture is looked up by ("whale", "fisherman").
    pub noun: String,
    /// What they are.
    pub nature: Nature,
    /// True when they are seen; false for a voice only.
    pub visible: bool,
    /// How they look.
    pub features: Features,
}

impl Character {
    /// The character as pictures are asked for: by the name it was drawn by first.
    #[must_use]
    pub fn as_drawn(&self) -> Self {
        match &self.drawn_as {
            None => self.clone(),
            Some(name) => Self { name: name.clone(), drawn_as: None, ..self.clone() },
        }
    }
}

/// Everybody in the film.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Cast {
    /// The members, the most important first.
    pub members: Vec<Character>,
}

impl Cast {
    /// The member with an id.
    pub fn get(&self, id: &CastId) -> Option<&Character> {
        self.members.iter().find(|c| &c.id == id)
    }

    /// The member that a word of the script means, by name, former name or alias, case ignored.
    pub fn named(&self, name: &str) -> Option<&Character> {
        let name = name.to_lowercase();
        self.members.iter().find(|c| {
            let called = [&c.name].into_iter().chain(&c.drawn_as).chain(&c.aliases);
            called.map(|n| n.to_lowercase()).any(|n| n == name)
        })
    }
}
