//! Where scenes happen, when, and in what weather.

use serde::{Deserialize, Serialize};

use crate::PlaceId;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every one, in the order of the declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The stored word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words!(
    /// The part of the day; light and colours follow it.
    TimeOfDay {
        /// First light.
        Dawn = "dawn",
        /// Full light.
        #[default] Day = "day",
        /// Low warm sun.
        Golden = "golden",
        /// Last light.
        Dusk = "dusk",
        /// Moon and stars.
        Night = "night",
    }
);

words!(
    /// The weather.
    Weather {
        /// Nothing falls.
        #[default] Clear = "clear",
        /// Clouds.
        Cloudy = "cloudy",
        /// Rain.
        Rain = "rain",
        /// Rain, wind and lightning.
        Storm = "storm",
        /// Snow falls.
        Snow = "snow",
        /// Mist.
        Fog = "fog",
    }
);

words!(
    /// A sort of place that can be drawn.
    PlaceKind {
        /// Rolling land under a wide sky: what is drawn when nothing more is known.
        #[default] Meadow = "meadow",
        /// Trees.
        Forest = "forest",
        /// Open water.
        Sea = "sea",
        /// A shore with rocks or a cliff.
        Coast = "coast",
        /// Boats at a quay.
        Harbor = "harbor",
        /// Sand by the water.
        Beach = "beach",
        /// Towers, streets, lights.
        City = "city",
        /// Between houses, at eye level.
        Street = "street",
        /// Small houses.
        Village = "village",
        /// Peaks.
        Mountain = "mountain",
        /// Dunes.
        Desert = "desert",
        /// Snow-covered land.
        Snowfield = "snowfield",
        /// Between the stars.
        Space = "space",
        /// On another world.
        Planet = "planet",
        /// Below the surface.
        Underwater = "underwater",
        /// Under the ground.
        Cave = "cave",
        /// Fields and barns.
        Farm = "farm",
        /// A river and its banks.
        River = "river",
        /// A lake.
        Lake = "lake",
        /// Flowers and hedges.
        Garden = "garden",
        /// A castle and its hill.
        Castle = "castle",
        /// A classroom.
        School = "school",
        /// Desks and windows.
        Office = "office",
        /// A kitchen.
        Kitchen = "kitchen",
        /// A room to live in.
        LivingRoom = "living_room",
        /// A bedroom.
        Bedroom = "bedroom",
        /// A laboratory.
        Laboratory = "laboratory",
        /// A stage with curtains.
        Stage = "stage",
        /// Stalls and awnings.
        Market = "market",
        /// A road into the distance.
        Road = "road",
        /// Shelves of books.
        Library = "library",
        /// A café or a restaurant.
        Cafe = "cafe",
        /// A shop or a bakery.
        Shop = "shop",
        /// A workshop.
        Workshop = "workshop",
        /// Above the clouds.
        Sky = "sky",
        /// A plain backdrop for a product or a chart.
        Studio = "studio",
        /// Jungle.
        Jungle = "jungle",
    }
);

impl PlaceKind {
    /// True inside a building or a cave, where there is no sky above.
    pub fn is_indoors(self) -> bool {
        matches!(
            self,
            Self::Cave
                | Self::School
                | Self::Office
                | Self::Kitchen
                | Self::LivingRoom
                | Self::Bedroom
                | Self::Laboratory
                | Self::Stage
                | Self::Library
                | Self::Cafe
                | Self::Shop
                | Self::Workshop
                | Self::Studio
        )
    }
}

/// A place where scenes happen.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Identity.
    pub id: PlaceId,
    /// The place that it is, at another hour or with other things in it, when a revision set it apart for one scene.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_of: Option<PlaceId>,
    /// The name in the script's words ("the lighthouse on the cliff").
    pub name: String,
    /// The sort of place it is drawn as.
    pub kind: PlaceKind,
    /// When it is seen.
    pub time: TimeOfDay,
    /// The weather.
    pub weather: Weather,
    /// Things that stand in it and belong there ("lighthouse", "boat"), as nouns.
    pub props: Vec<String>,
}

/// Every place of the film; a scene finds its own by [`Places::of_scene`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Places {
    /// The places, in the order they are first seen.
    pub all: Vec<Place>,
    /// Which place each scene happens in.
    pub of_scene: std::collections::BTreeMap<crate::SceneId, PlaceId>,
}

impl Places {
    /// The place with an id.
    pub fn get(&self, id: &PlaceId) -> Option<&Place> {
        self.all.iter().find(|p| &p.id == id)
    }

    /// The place of a scene.
    pub fn of_scene(&self, scene: &crate::SceneId) -> Option<&Place> {
        self.of_scene.get(scene).and_then(|id| self.get(id))
    }
}
