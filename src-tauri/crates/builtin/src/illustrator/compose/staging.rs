//! Where the subjects are in the picture: feet on the ground, swimmers in the water, flyers in the air, nobody over another.

use story::{Angle, Facing, Framing, Mood, PlaceKind, Pose, Seed};

use super::actors::{Actor, Body, Element};
use crate::illustrator::colour::rgb;
use crate::illustrator::places::{FEET, Ground, Set, Site, glow};
use crate::illustrator::scene::{Drawable, Idle, Layer, Piece, PieceKind, STAGE, View};

/// What is needed to place the subjects of one shot.
pub(super) struct Staging<'a> {
    /// The place.
    pub(super) site: &'a Site,
    /// The place as built.
    pub(super) set: &'a Set,
    /// How much of the subject is seen.
    pub(super) framing: Framing,
    /// The camera's height.
    pub(super) angle: Angle,
    /// The shot's own chance.
    pub(super) seed: Seed,
    /// True when the place is seen from straight above.
    pub(super) from_above: bool,
}

/// A subject with its place in the picture (not in the set).
struct Spot<'a> {
    actor: &'a Actor,
    x: f32,
    feet: f32,
    unit: f32,
    depth: f32,
    facing: Facing,
    sunk: f32,
    /// True where the feet touch the ground inside the picture.
    grounded: bool,
}

/// Height of a standing adult in the picture.
fn adult(framing: Framing) -> f32 {
    match framing {
        Framing::Establishing => 165.0,
        Framing::Wide => 330.0,
        Framing::Full => 570.0,
        Framing::Medium => 1120.0,
        Framing::CloseUp | Framing::Insert => 1700.0,
        Framing::OverShoulder => 470.0,
    }
}

impl Staging<'_> {
    fn chance(&self, name: &str, low: f32, high: f32) -> f32 {
        self.seed.fork(name).rng().between(low, high)
    }

    fn close(&self) -> bool {
        matches!(self.framing, Framing::Medium | Framing::CloseUp | Framing::Insert)
    }

    /// Where in the set the picture is taken.
    pub(super) fn view(&self, actors: &[Actor]) -> View {
        if self.from_above {
            return View { x: self.chance("view x", -60.0, 60.0), y: self.chance("view y", -60.0, 60.0), zoom: 1.05 };
        }
        let base = match self.framing {
            Framing::Establishing | Framing::Wide => 1.0,
            Framing::Full => 1.20,
            Framing::OverShoulder => 1.16,
            Framing::Medium => 1.42,
            Framing::CloseUp | Framing::Insert => 1.75,
        };
        let zoom = base * self.chance("view zoom", 1.0, 1.07);
        let reach = self.site.across(if self.close() { 0.12 } else { 0.07 });
        let x = self.chance("view x", -reach, reach);
        // The ground where the feet are comes to the height where feet may be seen.
        let ground = self.set.ground;
        let middle = f32::midpoint(ground.left, ground.right);
        let line = ground.crest.y(middle, ground.seed);
        let wanted = match self.framing {
            Framing::Establishing | Framing::Wide | Framing::OverShoulder => FEET - 10.0,
            Framing::Full => FEET,
            Framing::Insert => STAGE * 0.76,
            Framing::Medium | Framing::CloseUp => return View { x, y: -40.0, zoom },
        };
        // Captions stand higher in a picture for a phone held upright.
        let wanted = if self.site.width < STAGE * 0.7 { wanted - STAGE * 0.11 } else { wanted };
        let scale = View { x, y: 0.0, zoom }.project(ground.depth).scale;
        let y = (line - STAGE / 2.0 - (wanted - STAGE / 2.0) / scale) / ground.depth;
        let tilt = if self.angle == Angle::Low && actors.is_empty() { 30.0 } else { 0.0 };
        View { x, y: (y - tilt).clamp(-170.0, 170.0), zoom }
    }

    /// The subjects as layers, with their shadows, foam and lights.
    pub(super) fn stage(&self, actors: &[Actor], view: View) -> Vec<Layer> {
        let mut layers = vec![];
        let mut seen: Vec<&Actor> = actors.iter().collect();
        let behind =
            (self.framing == Framing::OverShoulder).then(|| shoulder(&seen)).flatten().map(|index| seen.remove(index));
        if self.framing == Framing::Insert {
            // One thing, alone.
            let thing = seen.iter().position(|a| matches!(a.body, Body::Thing(..))).unwrap_or(0);
            seen = seen.into_iter().skip(thing).take(1).collect();
        }
        if self.framing == Framing::CloseUp {
            seen.truncate(2);
        }
        let wet = |a: &&&Actor| matches!(a.element, Element::Water | Element::Afloat) && self.set.pool.is_some();
        let air = |a: &&&Actor| !wet(a) && (a.element == Element::Air || self.set.weightless);
        let swimmers: Vec<&Actor> = seen.iter().filter(wet).copied().collect();
        let flyers: Vec<&Actor> = seen.iter().filter(air).copied().collect();
        let walkers: Vec<&Actor> = seen.iter().filter(|a| !wet(a) && !air(a)).copied().collect();
        let mirrored = self.seed.fork("mirror").rng().chance(0.5);
        let mut spots = vec![];
        self.walkers(&walkers, view, mirrored, seen.len(), &mut spots);
        self.swimmers(&swimmers, view, mirrored, walkers.len(), &mut spots);
        self.flyers(&flyers, view, mirrored, walkers.len() + swimmers.len(), &mut spots);
        face_each_other(&mut spots);
        if let Some(actor) = behind {
            // On the side where there is nothing to be seen.
            let side = match spots.first() {
                Some(spot) => -spot.x.signum(),
                None if mirrored => -1.0,
                None => 1.0,
            };
            layers.push(self.shoulder_layer(actor, view, side));
        }
        if self.framing == Framing::Insert && self.on_a_table(&spots) {
            layers.push(self.table(view));
        }
        for (i, spot) in spots.iter().enumerate() {
            self.layers_of(spot, i, view, &mut layers);
        }
        layers
    }

    /// Heights, then places side by side.
    fn walkers<'a>(&self, actors: &[&'a Actor], view: View, mirrored: bool, all: usize, out: &mut Vec<Spot<'a>>) {
        if actors.is_empty() {
            return;
        }
        let w = self.site.width;
        let ground = self.set.ground;
        let projection = view.project(ground.depth);
        let single = actors.len() == 1;
        let mut units: Vec<f32> = actors.iter().enumerate().map(|(i, a)| self.unit(a, i == 0)).collect();
        let gap = 0.03 * w;
        let total: f32 =
            actors.iter().zip(&units).map(|(a, u)| a.width * u).sum::<f32>() + gap * (actors.len() - 1) as f32;
        let shrink = (0.84 * w / total).min(1.0);
        for unit in &mut units {
            *unit *= shrink;
        }
        let total = total * shrink;
        let narrow = w < STAGE;
        let offset = match (self.framing, single && all == 1) {
            (Framing::CloseUp | Framing::Insert, _) => 0.04,
            (_, true) if narrow => 0.05,
            (_, true) => 0.15,
            _ if narrow => 0.04,
            _ => 0.09,
        };
        let side = if mirrored { -1.0 } else { 1.0 };
        let mut middle = w * (offset + self.chance("offset", -0.03, 0.03)) * side;
        if !self.close() {
            let (left, right) = (projection.apply(ground.left, 0.0).0, projection.apply(ground.right, 0.0).0);
            let (left, right) = (left.max(-0.46 * w) + total / 2.0, right.min(0.46 * w) - total / 2.0);
            middle = if left < right { middle.clamp(left, right) } else { f32::midpoint(left, right) };
        }
        middle = middle.clamp(-0.5 * w + total * 0.5, (0.5 * w - total * 0.5).max(-0.5 * w + total * 0.5));
        let mut x = middle - total / 2.0;
        let mut order: Vec<usize> = (0..actors.len()).collect();
        if mirrored {
            order.reverse();
        }
        for i in order {
            let (actor, unit) = (actors[i], units[i]);
            let half = actor.width * unit / 2.0;
            let sx = x + half;
            x += half * 2.0 + gap;
            let feet = self.feet(actor, unit, sx, ground, view);
            let depth = ground.depth + 0.02 + 0.003 * (actors.len() - i) as f32;
            let grounded = feet <= STAGE + 20.0;
            out.push(Spot { actor, x: sx, feet, unit, depth, facing: actor.facing, sunk: 0.0, grounded });
        }
    }

    /// Stage units for one figure unit.
    fn unit(&self, actor: &Actor, first: bool) -> f32 {
        let w = self.site.width;
        let tall = adult(self.framing) * if self.angle == Angle::Low { 1.08 } else { 1.0 };
        let height = tall * actor.shown() / 100.0;
        let unit = height / actor.height;
        match (self.framing, &actor.body) {
            (Framing::CloseUp | Framing::Insert, Body::Figure(_)) if actor.person || first => {
                (STAGE * 0.46 / actor.face.h.max(1.0)).min(w * 0.56 / actor.face.w.max(1.0))
            }
            (Framing::CloseUp | Framing::Insert, Body::Thing(..)) if first => {
                (STAGE * 0.46 / actor.height).min(w * 0.6 / actor.width)
            }
            (Framing::CloseUp | Framing::Insert, _) => (STAGE * 0.3 / actor.height).min(w * 0.3 / actor.width),
            (Framing::Medium, Body::Thing(..)) => unit.min(STAGE * 0.42 / actor.height).min(w * 0.4 / actor.width),
            (Framing::Medium, Body::Figure(_)) if !actor.person => {
                let share = if first { 0.62 } else { 0.40 };
                unit.min(STAGE * share / actor.height).min(w * share / actor.width)
            }
            (Framing::Medium, _) => unit,
            _ => unit.min(STAGE * 0.56 / actor.height).min(w * 0.6 / actor.width),
        }
    }

    /// Where the feet are in the picture.
    fn feet(&self, actor: &Actor, unit: f32, sx: f32, ground: Ground, view: View) -> f32 {
        let projection = view.project(ground.depth);
        let set_x = projection.invert(sx, 0.0).0;
        let line = projection.apply(set_x, ground.crest.y(set_x, ground.seed)).1;
        let standing = line.min(FEET + 14.0);
        match (self.framing, &actor.body) {
            (Framing::CloseUp | Framing::Insert, Body::Figure(_)) => {
                // The middle of the face a little above the middle of the picture.
                let face = actor.face.y + actor.face.h / 2.0;
                (STAGE * 0.47 - face * unit).max(if actor.person { 0.0 } else { STAGE * 0.72 })
            }
            (Framing::Medium, Body::Figure(_)) if actor.person => {
                let head = STAGE * 0.17 + (112.0 - actor.shown()).max(0.0) * unit * 0.5;
                head + actor.height * unit
            }
            (Framing::Medium | Framing::CloseUp, _) => line.clamp(STAGE * 0.80, STAGE * 0.99),
            _ => standing + 6.0,
        }
    }

    fn swimmers<'a>(&self, actors: &[&'a Actor], view: View, mirrored: bool, others: usize, out: &mut Vec<Spot<'a>>) {
        let Some(pool) = self.set.pool else { return };
        let w = self.site.width;
        let projection = view.project(pool.depth);
        let count = actors.len() as f32;
        for (i, &actor) in actors.iter().enumerate() {
            let lead = others == 0 && i == 0;
            let tall = match self.framing {
                Framing::Establishing => 170.0,
                Framing::Wide => 300.0,
                Framing::Full | Framing::OverShoulder => 420.0,
                Framing::Medium => {
                    if lead {
                        520.0
                    } else {
                        330.0
                    }
                }
                Framing::CloseUp | Framing::Insert => {
                    if lead {
                        640.0
                    } else {
                        360.0
                    }
                }
            };
            let height = tall * (actor.shown() / 130.0).clamp(0.3, 1.25);
            let share = if others == 0 { 0.72 } else { 0.46 } / count.max(1.0);
            let room = (projection.apply(pool.right, 0.0).0 - projection.apply(pool.left, 0.0).0) / count.max(1.0);
            let share = if self.close() { w * share } else { (w * share).min(room) };
            let unit = (height / actor.height).min(share / actor.width);
            let height = unit * actor.height;
            let half = actor.width * unit / 2.0;
            let (left, right) = (projection.apply(pool.left, 0.0).0 + half, projection.apply(pool.right, 0.0).0 - half);
            // Beside whoever stands, never behind them.
            let standing: Vec<(f32, f32)> = out.iter().map(|s| (s.x, s.actor.width * s.unit / 2.0)).collect();
            let spread = (i as f32 + 0.5) / count - 0.5;
            let side = if mirrored { -1.0 } else { 1.0 };
            let mut x = w * (spread * 0.8 + self.chance("swim", -0.05, 0.05) + if lead { 0.08 * side } else { 0.0 });
            if let Some(&(sx, sw)) = standing.first() {
                let pool_middle = f32::midpoint(left, right);
                let away = if pool_middle < sx { -1.0 } else { 1.0 };
                x = sx + away * (sw + half + 0.05 * w) + away * w * 0.08 * i as f32;
            }
            if left < right && !self.close() {
                x = x.clamp(left, right);
            }
            let x = x.clamp(-0.5 * w + half * 0.9, (0.5 * w - half * 0.9).max(-0.5 * w + half * 0.9));
            let line = projection.apply(0.0, pool.line).1;
            let line = line + if self.close() && lead { 60.0 } else { 0.0 };
            let (feet, sunk) = if pool.under || self.from_above {
                (projection.apply(0.0, pool.line).1 + height * 0.5 + 40.0 * (i as f32 - (count - 1.0) / 2.0), 0.0)
            } else {
                let sunk = if actor.element == Element::Afloat { 0.12 } else { 0.26 };
                (line.min(FEET - 30.0) + height * sunk, sunk)
            };
            out.push(Spot {
                actor,
                x,
                feet,
                unit,
                depth: pool.depth + 0.004 * (i + 1) as f32,
                facing: actor.facing,
                sunk,
                grounded: false,
            });
        }
    }

    fn flyers<'a>(&self, actors: &[&'a Actor], view: View, mirrored: bool, others: usize, out: &mut Vec<Spot<'a>>) {
        let w = self.site.width;
        let depth = 0.80;
        let count = actors.len() as f32;
        let _ = view;
        for (i, &actor) in actors.iter().enumerate() {
            let lead = others == 0 && i == 0;
            let person = actor.person || self.set.weightless;
            let tall = match self.framing {
                Framing::Establishing => 150.0,
                Framing::Wide => 260.0,
                Framing::Full | Framing::OverShoulder => 440.0,
                Framing::Medium => {
                    if lead {
                        620.0
                    } else {
                        300.0
                    }
                }
                Framing::CloseUp | Framing::Insert => {
                    if lead {
                        760.0
                    } else {
                        320.0
                    }
                }
            };
            let scale =
                if person { (actor.shown() / 100.0).clamp(0.45, 1.3) } else { (actor.shown() / 70.0).clamp(0.4, 1.25) };
            let middle: f32 = if self.set.weightless {
                0.52
            } else if others > 0 {
                0.36
            } else {
                0.42
            };
            // Nothing that flies is cut by the upper or the lower edge.
            let room = 2.0 * STAGE * (middle.min(1.0 - middle) - 0.05);
            let unit = ((tall * scale).min(room) / actor.height).min(w * 0.62 / count / actor.width);
            let height = unit * actor.height;
            let half = actor.width * unit / 2.0;
            let spread = (i as f32 + 0.5) / count - 0.5;
            let side = if mirrored { -1.0 } else { 1.0 };
            let mut x =
                w * (spread * 0.72 + if lead && count < 1.5 { 0.12 * side } else { self.chance("fly", -0.04, 0.04) });
            if let Some(first) = out.first() {
                x = if first.x > 0.0 { -0.24 * w } else { 0.24 * w } + w * 0.16 * i as f32;
            }
            let x = x.clamp(-0.48 * w + half, (0.48 * w - half).max(-0.48 * w + half));
            let feet = (STAGE * middle + height / 2.0 + 30.0 * (i as f32 - (count - 1.0) / 2.0)).min(FEET);
            out.push(Spot {
                actor,
                x,
                feet,
                unit,
                depth: depth + 0.004 * i as f32,
                facing: actor.facing,
                sunk: 0.0,
                grounded: false,
            });
        }
    }

    fn layers_of(&self, spot: &Spot, index: usize, view: View, layers: &mut Vec<Layer>) {
        let p = &self.site.palette;
        let actor = spot.actor;
        let projection = view.project(spot.depth);
        let (x, y) = projection.invert(spot.x, spot.feet);
        let unit = spot.unit / projection.scale;
        let width = actor.width * unit;
        let seed = self.seed.fork(&format!("subject {index}"));
        let new = |drawable, depth| Layer::new(drawable, depth, seed);
        if spot.grounded && !self.from_above {
            layers.push(new(Drawable::Shadow { x, y, width: width * 1.05 }, spot.depth - 0.001));
        }
        if self.from_above {
            let shadow = Drawable::Shadow { x: x + width * 0.25, y: y + width * 0.3, width: width * 0.9 };
            layers.push(new(shadow, spot.depth - 0.02).opacity(0.8));
        }
        let flip = spot.facing == Facing::Left;
        let phase = 0.17 * index as f32;
        let moving = matches!(actor.pose, Pose::Walk | Pose::Run);
        let speed = if flip { -1.0 } else { 1.0 } * if moving { 9.0 } else { 0.0 };
        let idle = match actor.element {
            _ if spot.grounded => Idle::Still,
            Element::Water | Element::Afloat => {
                Idle::Travel { speed: speed * 1.2, amount: 7.0, degrees: 1.4, period: 4.6, phase }
            }
            _ if self.set.weightless || actor.element == Element::Air => {
                Idle::Travel { speed: speed * 1.4, amount: 12.0, degrees: 2.0, period: 5.0, phase }
            }
            _ => Idle::Still,
        };
        let drawable = match &actor.body {
            Body::Figure(character) => Drawable::Figure {
                character: character.clone(),
                pose: actor.pose,
                facing: spot.facing,
                holding: actor.holding.clone(),
                x,
                y,
                unit,
                sunk: spot.sunk,
                dark: false,
                mood: actor.mood,
            },
            Body::Thing(noun, _) => {
                Drawable::Picture { noun: noun.clone(), x, y, height: actor.height * unit, flip, sunk: spot.sunk }
            }
        };
        layers.push(new(drawable, spot.depth).idle(idle));
        if spot.sunk > 0.0 {
            let line = y - actor.height * unit * spot.sunk;
            layers.push(new(Drawable::Foam { x, y: line, width: width * 0.98, colour: p.light }, spot.depth + 0.0005));
        }
        let warm = rgb(0xffd890);
        let shines = matches!(actor.body, Body::Thing(_, true)).then_some((0.0, -actor.height * 0.6)).or(actor.light);
        if let Some((lx, ly)) = shines {
            let radius = actor.height * unit * if actor.light.is_some() { 0.55 } else { 1.2 };
            let strength = if p.lamps || self.site.kind.is_indoors() { 0.55 } else { 0.28 };
            let lx = if actor.light.is_some() { lx } else { 0.0 };
            let mut light = glow(x + lx * unit, y + ly * unit, radius, warm, strength, spot.depth + 0.001, seed);
            light.idle = Idle::Flicker { low: 0.85, period: 1.7, phase };
            layers.push(light);
        }
    }

    /// True when the one thing of an insert is small enough to lie on a table, and there is a room to have one.
    fn on_a_table(&self, spots: &[Spot]) -> bool {
        let room = self.site.kind.is_indoors()
            && !matches!(self.site.kind, PlaceKind::Studio | PlaceKind::Stage | PlaceKind::Cave);
        room && spots.iter().all(|s| matches!(s.actor.body, Body::Thing(..)) && s.actor.height < 90.0)
    }

    fn table(&self, view: View) -> Layer {
        let depth = self.set.ground.depth + 0.01;
        let projection = view.project(depth);
        let (x, top) = projection.invert(0.0, STAGE * 0.665);
        let wood = self.site.palette.lit(rgb(0xa47048));
        let piece =
            Piece { kind: PieceKind::Tabletop, x, y: top + 700.0, w: self.site.width * 2.0, h: 700.0, colour: wood };
        Layer::new(Drawable::Piece { piece }, depth, self.seed)
    }

    /// Somebody's back, large and dark, at one edge of the picture.
    fn shoulder_layer(&self, actor: &Actor, view: View, side: f32) -> Layer {
        let w = self.site.width;
        let unit = if w < STAGE { 10.5 } else { 14.5 };
        let depth = 1.22;
        let projection = view.project(depth);
        let head = STAGE * 0.22;
        let (x, y) = projection.invert(side * w * if w < STAGE { 0.42 } else { 0.36 }, head + actor.height * unit);
        let Body::Figure(character) = &actor.body else {
            return Layer::new(Drawable::Shadow { x, y: STAGE * 2.0, width: 1.0 }, depth, self.seed);
        };
        let body = Drawable::Figure {
            character: character.clone(),
            pose: Pose::Stand,
            facing: Facing::Away,
            holding: String::new(),
            x,
            y,
            unit: unit / projection.scale,
            sunk: 0.0,
            dark: true,
            mood: Mood::default(),
        };
        Layer::new(body, depth, self.seed).blur(5.0)
    }
}

/// Whose shoulder the camera looks over: the last one who stands, but not the only one who could be looked at unless
/// nobody else is there.
fn shoulder(seen: &[&Actor]) -> Option<usize> {
    seen.iter().rposition(|a| a.person && a.element == Element::Land && matches!(a.body, Body::Figure(_)))
}

/// Two who are together look at each other, unless the shot says they look at or away from the viewer.
fn face_each_other(spots: &mut [Spot]) {
    let [a, b] = spots else { return };
    let sideways = |s: &Spot| matches!(s.facing, Facing::Left | Facing::Right);
    let (left, right) = if a.x <= b.x { (a, b) } else { (b, a) };
    let both_walk = left.actor.pose == Pose::Walk && right.actor.pose == Pose::Walk && left.facing == right.facing;
    if sideways(left) && sideways(right) && !both_walk {
        left.facing = Facing::Right;
        right.facing = Facing::Left;
    }
}
