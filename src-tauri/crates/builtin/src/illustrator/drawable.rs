//! What a layer of a scene can show, as plain data. Lengths are stage units. Nothing here draws.

use serde::{Deserialize, Serialize};
use story::{Character, Facing, Mood, Pose};

use super::colour::Rgb;
use super::places::crest::Crest;

/// The sun or the moon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sun {
    /// Where it stands.
    pub(crate) x: f32,
    /// Where it stands.
    pub(crate) y: f32,
    /// Its radius; 0 leaves only its light.
    pub(crate) radius: f32,
    /// True for the moon.
    pub(crate) moon: bool,
}

/// Trees and other growth along a crest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cover {
    /// What grows.
    pub(crate) kind: CoverKind,
    /// How high.
    pub(crate) height: f32,
    /// How far apart.
    pub(crate) spacing: f32,
}

/// What grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CoverKind {
    /// Conifers.
    Pine,
    /// Trees with round crowns.
    Round,
    /// Palms.
    Palm,
    /// Bushes and hedges.
    Bush,
}

/// Marks on the surface of a land layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Surface {
    /// None.
    #[default]
    Plain,
    /// Lit facets of rock.
    Rock,
    /// Rock with snow on the peaks.
    SnowPeaks,
    /// The shadow sides of dunes.
    Dune,
    /// Tufts of grass.
    Grass,
    /// Tufts and flowers.
    Flowers,
    /// Stones and small craters.
    Craters,
    /// Soft hollows.
    Snow,
    /// Pebbles.
    Pebbles,
    /// Furrows of a field.
    Furrows,
}

/// A piece of furniture or another fixed thing of a room or a street.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Piece {
    /// What it is.
    pub(crate) kind: PieceKind,
    /// Its middle.
    pub(crate) x: f32,
    /// Its foot.
    pub(crate) y: f32,
    /// Its width.
    pub(crate) w: f32,
    /// Its height.
    pub(crate) h: f32,
    /// Its main colour.
    pub(crate) colour: Rgb,
}

/// Sorts of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PieceKind {
    /// Shelves of books.
    Bookcase,
    /// Shelves with jars and loaves.
    Shelf,
    /// A table.
    Table,
    /// A desk with drawers.
    Desk,
    /// A kitchen counter with cupboards.
    Counter,
    /// A stove.
    Stove,
    /// Cupboards on the wall.
    Cupboard,
    /// A bed.
    Bed,
    /// A sofa.
    Sofa,
    /// A picture on the wall.
    Frame,
    /// A blackboard.
    Board,
    /// A round rug on the floor.
    Rug,
    /// A lamp from the ceiling.
    Pendant,
    /// A street lamp.
    Lamp,
    /// A stall with an awning.
    Stall,
    /// A fence.
    Fence,
    /// A rack of tools.
    Tools,
    /// Laboratory glass.
    Glass,
    /// A quay of planks on posts.
    Quay,
    /// The top of a large table, right before the viewer.
    Tabletop,
}

/// A room: wall, floor and a window through which the outside is seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Room {
    /// The wall.
    pub(crate) wall: Rgb,
    /// The floor.
    pub(crate) floor: Rgb,
    /// Wood of frames and skirting.
    pub(crate) wood: Rgb,
    /// Curtains; `None` for a bare window.
    pub(crate) curtain: Option<Rgb>,
    /// Where the floor begins.
    pub(crate) floor_y: f32,
    /// Windows: middle, upper edge, width, height.
    pub(crate) windows: Vec<[f32; 4]>,
    /// Tiles on the wall up to the counter.
    pub(crate) tiles: bool,
}

/// What a layer shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "draw")]
pub(crate) enum Drawable {
    /// The sky from `top` to `horizon`.
    Sky { colours: [Rgb; 4], top: f32, horizon: f32, sun: Option<Sun>, stars: f32, nebula: f32 },
    /// Clouds between two heights.
    Clouds { high: f32, low: f32, spacing: f32, size: f32 },
    /// A band of mist.
    Mist { y: f32, height: f32, colour: Rgb },
    /// Land under a crest.
    Land { crest: Crest, colour: Rgb, mist: f32, surface: Surface, cover: Option<Cover>, cover_colour: Rgb },
    /// Water below a line; `light_x` is where the sun glitters on it.
    Water { line: f32, deep: Rgb, light_x: Option<f32> },
    /// One row of waves.
    Wave { y: f32, height: f32, length: f32, colour: Rgb },
    /// A row of towers.
    Towers { base: f32, low: f32, high: f32, width: f32, colour: Rgb, mist: f32, lit: f32 },
    /// A row of houses with roofs.
    Houses { base: f32, height: f32, width: f32, gap: f32, far: f32 },
    /// A flat street or floor below a line, with wet lights on it when `wet` is above 0.
    Pavement { y: f32, near: Rgb, far: Rgb, wet: f32 },
    /// A road that runs to the horizon.
    Roadway { horizon: f32, x: f32, colour: Rgb },
    /// A room.
    Room { room: Room },
    /// A piece of a room or a street.
    Piece { piece: Piece },
    /// Beams of light falling from a point.
    Rays { x: f32, y: f32, colour: Rgb, strength: f32 },
    /// Light falling through a window, or from a lamp: from a short edge to a long one.
    Cone { x: f32, y: f32, top: f32, foot_x: f32, foot_y: f32, foot: f32, colour: Rgb, strength: f32 },
    /// The two beams of a lighthouse.
    Beam { x: f32, y: f32, length: f32, colour: Rgb },
    /// Northern lights.
    Aurora { y: f32 },
    /// A round glow.
    Glow { x: f32, y: f32, radius: f32, colour: Rgb, strength: f32 },
    /// Out-of-focus lights.
    Bokeh { low: f32, high: f32, colours: Vec<Rgb> },
    /// A contact shadow.
    Shadow { x: f32, y: f32, width: f32 },
    /// Foam where something breaks the water.
    Foam { x: f32, y: f32, width: f32, colour: Rgb },
    /// Tree trunks: middle and half width of each.
    Trunks { at: Vec<[f32; 2]>, colour: Rgb },
    /// Grass right before the viewer.
    Blades { y: f32, height: f32, colour: Rgb },
    /// A leafy branch right before the viewer, in a corner.
    Branch { right: bool, colour: Rgb },
    /// The walls of a cave around an opening.
    CaveWall { opening: f32, floor: f32, colour: Rgb, mouth: bool },
    /// Reeds and corals on the ground of the sea.
    Reef { y: f32, height: f32, colour: Rgb },
    /// A great planet in the sky.
    Globe { x: f32, y: f32, radius: f32, colour: Rgb, ring: bool },
    /// The ground from straight above.
    Above { ground: Aerial },
    /// Curtains of a stage.
    Curtains { colour: Rgb },
    /// A soft round backdrop.
    Backdrop { colour: Rgb, floor_y: f32 },
    /// A bundled picture of a thing, its foot on (x, y).
    Picture { noun: String, x: f32, y: f32, height: f32, flip: bool, sunk: f32 },
    /// A member of the cast, the foot on (x, y); `unit` is stage units for one figure unit.
    Figure {
        character: Box<Character>,
        pose: Pose,
        facing: Facing,
        holding: String,
        x: f32,
        y: f32,
        unit: f32,
        /// How much of the height is under water, 0..1.
        sunk: f32,
        /// True for a dark shape right before the viewer.
        dark: bool,
        /// What its face tells.
        #[serde(default)]
        mood: Mood,
    },
}

/// What is seen from straight above.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Aerial {
    /// Fields, woods and a river.
    Country,
    /// Open water.
    Water,
    /// Water and a shore.
    Shore,
    /// Roofs and streets.
    Town,
    /// Sand.
    Sand,
    /// Snow and trees.
    Snow,
    /// Tree tops.
    Woods,
}
