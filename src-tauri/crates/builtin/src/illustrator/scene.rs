//! The layered scene: everything a picture is made of, as plain data. It is the companion of a frame.
//!
//! Units: the stage is 1080 high at any aspect ratio; x = 0 is its middle, y grows downwards from its upper edge.
//! Depth is 0 at infinity, 1 where the subjects are, above 1 before them. Nothing here draws.

use serde::{Deserialize, Serialize};
use story::{Character, Facing, Pose, Seed, Size, Style};

use super::colour::Rgb;
use super::palette::Palette;
use super::places::crest::Crest;

/// The height of every stage, in stage units.
pub(crate) const STAGE: f32 = 1080.0;

/// The form of this data; a companion of another form is not read.
pub(crate) const FORM: u32 = 1;

/// A picture as layers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct LayeredScene {
    /// [`FORM`].
    pub(crate) form: u32,
    /// Width of the stage in stage units.
    pub(crate) width: f32,
    /// The way of drawing.
    pub(crate) style: Style,
    /// Its colours.
    pub(crate) palette: Palette,
    /// Where in the set the picture is taken; drawn into the layers.
    pub(crate) view: View,
    /// How the camera moves from there.
    pub(crate) camera: Path,
    /// The layers, the farthest first.
    pub(crate) layers: Vec<Layer>,
    /// What floats and falls.
    pub(crate) particles: Vec<Particles>,
    /// How dark the corners are, 0..1.
    pub(crate) vignette: f32,
}

impl LayeredScene {
    /// The stage width that fills a picture of this size.
    pub(crate) fn width_for(size: Size) -> f32 {
        STAGE * size.ratio()
    }
}

/// A camera position: shift in stage units, zoom 1 or more. Near layers follow more than far ones.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct View {
    /// To the right.
    pub(crate) x: f32,
    /// Down.
    pub(crate) y: f32,
    /// 1 shows the stage as it is.
    pub(crate) zoom: f32,
}

impl View {
    /// The stage as it is.
    pub(crate) const PLAIN: Self = Self { x: 0.0, y: 0.0, zoom: 1.0 };

    /// How this view scales and shifts a layer of some depth: p' = p · scale + (dx, dy).
    pub(crate) fn project(self, depth: f32) -> Projection {
        let scale = 1.0 + (self.zoom - 1.0) * (0.25 + 0.75 * depth);
        let middle = STAGE / 2.0;
        Projection { scale, dx: -self.x * depth * scale, dy: middle - (middle + self.y * depth) * scale }
    }
}

/// A scale and a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Projection {
    /// Scale.
    pub(crate) scale: f32,
    /// Shift to the right.
    pub(crate) dx: f32,
    /// Shift down.
    pub(crate) dy: f32,
}

impl Projection {
    /// Where a point is seen.
    pub(crate) fn apply(self, x: f32, y: f32) -> (f32, f32) {
        (x * self.scale + self.dx, y * self.scale + self.dy)
    }

    /// The point that is seen here.
    pub(crate) fn invert(self, x: f32, y: f32) -> (f32, f32) {
        ((x - self.dx) / self.scale, (y - self.dy) / self.scale)
    }
}

/// A camera move, eased from one view to another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Path {
    /// Where it starts.
    pub(crate) from: View,
    /// Where it ends.
    pub(crate) to: View,
    /// The unrest of a hand, in stage units.
    pub(crate) shake: f32,
}

/// One layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Layer {
    /// What is drawn.
    pub(crate) drawable: Drawable,
    /// How far away.
    pub(crate) depth: f32,
    /// Decides the chance in it.
    pub(crate) seed: Seed,
    /// How it moves by itself.
    #[serde(default)]
    pub(crate) idle: Idle,
    /// How it lies over what is behind it.
    #[serde(default)]
    pub(crate) blend: Blend,
    /// Its strength.
    pub(crate) opacity: f32,
    /// How much out of focus, a radius in stage units.
    pub(crate) blur: f32,
}

impl Layer {
    /// A layer that stands still and is in focus.
    pub(crate) fn new(drawable: Drawable, depth: f32, seed: Seed) -> Self {
        Self { drawable, depth, seed, idle: Idle::Still, blend: Blend::Over, opacity: 1.0, blur: 0.0 }
    }

    /// With a motion.
    pub(crate) fn idle(mut self, idle: Idle) -> Self {
        self.idle = idle;
        self
    }

    /// As light: it brightens what is behind it.
    pub(crate) fn light(mut self) -> Self {
        self.blend = Blend::Screen;
        self
    }

    /// Out of focus.
    pub(crate) fn blur(mut self, radius: f32) -> Self {
        self.blur = radius;
        self
    }

    /// Fainter.
    pub(crate) fn opacity(mut self, opacity: f32) -> Self {
        self.opacity = opacity;
        self
    }
}

/// How a layer lies over what is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Blend {
    /// Covers it.
    #[default]
    Over,
    /// Brightens it without ever clipping.
    Screen,
}

/// A motion without end. Lengths are stage units, times seconds, phases fractions of a period.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Idle {
    /// None.
    #[default]
    Still,
    /// Slowly to one side.
    Drift { speed: f32 },
    /// Up and down, and a little to the side.
    Bob { amount: f32, period: f32, phase: f32 },
    /// Up and down while travelling to one side, and tilting.
    Travel { speed: f32, amount: f32, degrees: f32, period: f32, phase: f32 },
    /// Turning to and fro about the lower middle.
    Sway { degrees: f32, period: f32, phase: f32 },
    /// Brighter and darker, down to `low`.
    Flicker { low: f32, period: f32, phase: f32 },
    /// The beam of a lighthouse: comes round once a period.
    Sweep { period: f32 },
}

/// What floats and falls in the air or the water.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Particles {
    /// What they are.
    pub(crate) kind: ParticleKind,
    /// How many on a 16:9 stage.
    pub(crate) count: u32,
    /// Their depth.
    pub(crate) depth: f32,
    /// Their colour.
    pub(crate) colour: Rgb,
    /// Their size in stage units.
    pub(crate) size: f32,
    /// Their chance.
    pub(crate) seed: Seed,
}

/// Sorts of particles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ParticleKind {
    /// Motes of light: dust, pollen, fireflies.
    Motes,
    /// Snowflakes.
    Snow,
    /// Rain.
    Rain,
    /// Bubbles.
    Bubbles,
    /// Stars that twinkle.
    Twinkles,
}

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
