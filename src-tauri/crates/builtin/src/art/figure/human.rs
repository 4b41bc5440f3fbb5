//! A body that stands on two legs: people, robots, and the animals of tales that wear clothes.
//!
//! Owns how parts hang together. Heads, limbs and clothes are drawn by its neighbours.

use std::fmt::Write as _;

use story::{Facing, Pose};

use crate::art::figure::clothes::{Cut, Hat, Outfit};
use crate::art::figure::dress;
use crate::art::figure::hats;
use crate::art::figure::head::{Head, Show, head};
use crate::art::figure::held::{self, Grip};
use crate::art::figure::limbs::{Point, around, capsule, hand, reach, shoe};
use crate::art::figure::pose::{Frame, Stance, flat, frame, rise, stance};
use crate::art::figure::{Figure, FigureOrder, Part};
use crate::art::{Colour, Motion, PictureId, Rect};

/// What a body is made of.
#[derive(Debug, Clone)]
pub(super) struct Body {
    /// The picture the head is in.
    pub head: PictureId,
    /// True when that picture shows shoulders too.
    pub bust: bool,
    pub outfit: Outfit,
    /// From the sole to the top of the skull.
    pub height: f32,
    /// The head's share of the height.
    pub head_share: f32,
    /// How broad the body is for its height, 1 for a grown-up.
    pub stout: f32,
    pub beard: Option<Colour>,
    pub tail: Option<Colour>,
    /// The colour of hands; `None` takes the skin of the face.
    pub hands: Option<Colour>,
}

/// A part before the order and the parents are settled.
struct Draft {
    layer: i8,
    name: &'static str,
    parent: Option<&'static str>,
    part: Part,
}

struct Sketch {
    drafts: Vec<Draft>,
    tag: String,
}

impl Sketch {
    fn id(&self, name: &str) -> String {
        format!("{}{name}", self.tag)
    }

    #[allow(clippy::too_many_arguments)]
    fn add(
        &mut self,
        layer: i8,
        name: &'static str,
        parent: Option<&'static str>,
        svg: String,
        bounds: Rect,
        pivot: Point,
        motion: Motion,
    ) {
        self.drafts.push(Draft { layer, name, parent, part: Part { svg, bounds, pivot, motion, parent: None } });
    }

    /// The parts in drawing order, each with the index of the part that carries it.
    fn finish(mut self) -> Vec<Part> {
        self.drafts.sort_by_key(|d| d.layer);
        let at = |name: &str| self.drafts.iter().position(|d| d.name == name);
        let parents: Vec<Option<usize>> = self.drafts.iter().map(|d| d.parent.and_then(at)).collect();
        self.drafts.into_iter().zip(parents).map(|(d, parent)| Part { parent, ..d.part }).collect()
    }
}

/// Draws a body in a pose.
pub(super) fn draw(order: &FigureOrder, body: &Body) -> Figure {
    let asleep = order.pose == Pose::Sleep;
    let turned = matches!(order.facing, Facing::Left | Facing::Right) && !asleep;
    let show = match order.facing {
        _ if asleep => Show::Asleep,
        Facing::Away => Show::Behind,
        Facing::Camera => Show::Front,
        Facing::Left | Facing::Right => Show::Turned,
    };
    let seated = order.pose == Pose::Sit;
    let thing = order.holding.filter(|_| !asleep).and_then(|noun| held::held(noun, body.height));
    let stance = stance(order.pose, turned, thing.is_some());
    let f = frame(body, &stance, turned, seated);
    let face = head(&body.head, body.bust, show, order.mood.into());
    let phase = order.seed.fork("phase").rng().unit();
    let mut s = Sketch { drafts: Vec::new(), tag: tag(order) };
    let outfit = &body.outfit;
    let stride = match order.pose {
        Pose::Walk => Some(1.05),
        Pose::Run => Some(0.62),
        _ => None,
    };

    if seated {
        seat(&mut s, &f);
    }
    legs(&mut s, &f, &stance, outfit, turned || seated, stride);
    trunk(&mut s, &f, &stance, body, &face, order, stride, phase);
    let skin = body.hands.unwrap_or(face.skin);
    let light = arms(&mut s, &f, &stance, body, skin, order, stride, thing);
    let box_of_head = crown(&mut s, &f, body, &face, show, phase);

    let mut figure = Figure::of(s.finish(), box_of_head, light);
    if asleep {
        figure = lay_down(figure, &f, body, face.half * f.head / face.skull);
    } else if order.facing == Facing::Left {
        figure = figure.mapped([-1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    }
    figure
}

/// What begins every id of this figure, so that two figures can stand in one picture.
pub(super) fn tag(order: &FigureOrder) -> String {
    format!("{}{}{}", order.character.id.as_str(), order.pose.as_str(), order.facing.as_str())
}

fn seat(s: &mut Sketch, f: &Frame) {
    let (w, top) = (f.lines.slim * 1.5, f.hip.1 + f.leg * 0.9);
    let svg = format!(
        "<path d='M{:.2} {top:.2}L{:.2} 0M{:.2} {top:.2}L{:.2} 0' stroke='#5b3a22' stroke-width='{:.2}' stroke-linecap='butt'/>\
         <rect x='{:.2}' y='{top:.2}' width='{:.2}' height='{:.2}' rx='1.2' fill='#8a5a33'/><rect x='{:.2}' y='{top:.2}' width='{:.2}' height='1.4' rx='.7' fill='#b57c4a'/>",
        -w * 0.7,
        -w * 0.85,
        w * 0.55,
        w * 0.7,
        f.leg * 0.7,
        -w,
        w * 2.0,
        f.leg * 0.9,
        -w,
        w * 2.0
    );
    s.add(-20, "seat", None, svg, Rect::between(-w, top, w, 0.0).grown(2.0), (0.0, 0.0), Motion::Still);
}

fn legs(s: &mut Sketch, f: &Frame, stance: &Stance, o: &Outfit, turned: bool, stride: Option<f32>) {
    let apart = f.lines.slim * if turned { 0.40 } else { 0.52 };
    let (lead, rear) = (stance.lead_leg, stance.rear_leg);
    // After half a stride each leg is where the other began: that gives the swing of every joint.
    let (thigh_turn, shin_turn, foot_turn) = (rear.0 - lead.0, rear.1 - lead.1, flat(rear.1) - flat(lead.1));
    let rows = [
        (-1.0, rear, -9, 0.5, ["rear thigh", "rear shin", "rear foot"], "r"),
        (1.0, lead, -8, 0.0, ["thigh", "shin", "foot"], "l"),
    ];
    for (x, (thigh, shin), layer, half, [upper, lower, foot], side) in rows {
        let hip = (f.hip.0 + apart * x, f.hip.1);
        let knee = reach(hip, thigh, f.thigh);
        let ankle = reach(knee, shin, f.thigh);
        let colour = if x < 0.0 { o.legs.shade(0.16) } else { o.legs };
        let swing = |turn: f32| {
            // Joints count forward, the screen clockwise.
            stride.map_or(Motion::Still, |p| Motion::Limb { degrees: turn / 2.0, period_s: p, phase: 0.25 + half })
        };
        let svg = capsule(&s.id(&format!("{side}t")), hip, knee, f.leg * 1.08, f.leg * 0.98, colour);
        let carrier = stride.map(|_| "trunk");
        s.add(layer, upper, carrier, svg, around(hip, knee, f.leg * 1.6), hip, swing(thigh_turn));
        // The shin ends inside the shoe, so that only the sole touches the ground.
        let end = reach(ankle, shin + 180.0, f.leg * 1.2);
        let svg = capsule(&s.id(&format!("{side}s")), knee, end, f.leg * 0.98, f.leg * 0.80, colour);
        s.add(layer, lower, Some(upper), svg, around(knee, ankle, f.leg * 1.6), knee, swing(shin_turn - thigh_turn));
        let svg = shoe(ankle, flat(shin), f.leg * 1.08, if turned { 1.0 } else { x * 0.35 }, o.shoes);
        s.add(layer, foot, Some(lower), svg, around(ankle, end, f.leg * 2.6), ankle, swing(foot_turn - shin_turn));
    }
}

#[allow(clippy::too_many_arguments)]
fn trunk(
    s: &mut Sketch,
    f: &Frame,
    stance: &Stance,
    body: &Body,
    face: &Head,
    order: &FigureOrder,
    stride: Option<f32>,
    phase: f32,
) {
    let away = order.facing == Facing::Away;
    // Lying on its back, the tail is underneath.
    let body_lies = order.pose == Pose::Sleep;
    let o = &body.outfit;
    let l = &f.lines;
    let leaning = |svg: String| {
        if stance.lean == 0.0 {
            svg
        } else {
            format!("<g transform='rotate({} 0 {:.2})'>{svg}</g>", stance.lean, f.hip.1)
        }
    };
    let (hem_y, hem_w) = dress::hem(o.cut, l);
    let wide = l.broad.max(hem_w) * 1.6;
    let bounds = Rect::between(-wide, f.chin.1 - l.broad, wide, hem_y.max(l.hip + l.leg * 0.5) + 2.0).grown(3.0);
    let motion = match stride {
        // Lowest when both feet are on the ground, at time 0.
        Some(p) => Motion::Bob { amount: rise(f, stance, body.height) / 2.0, period_s: p / 2.0, phase: 0.75 },
        None => Motion::Breathe { amount: 0.007 },
    };
    if away {
        // Seen from behind there is nothing on the chest, and the cape covers the back.
        let plain = Outfit { mark: super::clothes::Mark::None, apron: None, ..*o };
        s.add(0, "trunk", None, leaning(dress::torso(&s.id("b"), l, &plain, face.skin)), bounds, f.hip, motion);
    } else {
        s.add(0, "trunk", None, leaning(dress::torso(&s.id("b"), l, o, face.skin)), bounds, f.hip, motion);
    }
    if let Some(cape) = o.cape {
        let svg = leaning(dress::cape(&s.id("c"), l, cape));
        let sway = Motion::Sway { degrees: 1.6, period_s: 2.6, phase };
        s.add(if away { 6 } else { -12 }, "cape", Some("trunk"), svg, bounds.grown(l.broad), (0.0, l.shoulder), sway);
    }
    if let Some(tail) = body.tail.filter(|_| !body_lies) {
        let (x, y, r) = (-l.slim * 0.7, l.hip + l.leg * 0.05, l.broad);
        let svg = format!(
            "<path d='M{x:.2} {y:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Z' fill='{}'/><path d='M{:.2} {:.2}C{:.2} {:.2} {:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {:.2}Z' fill='{}'/>",
            x - r * 1.6,
            y + r * 0.9,
            x - r * 2.6,
            y - r * 0.3,
            x - r * 2.2,
            y - r * 1.9,
            x - r * 1.4,
            y - r * 1.1,
            x - r * 0.7,
            y - r * 0.7,
            x + r * 0.4,
            y - r * 0.4,
            tail.shade(0.12).to_hex(),
            x - r * 2.2,
            y - r * 1.9,
            x - r * 2.46,
            y - r * 1.1,
            x - r * 2.3,
            y - r * 0.7,
            x - r * 2.05,
            y - r * 0.5,
            x - r * 1.7,
            y - r * 0.9,
            x - r * 1.55,
            y - r * 1.25,
            tail.light(0.75).to_hex()
        );
        let bounds = Rect::between(x - r * 3.0, y - r * 2.4, x + r, y + r * 1.4);
        s.add(
            if away { 4 } else { -14 },
            "tail",
            Some("trunk"),
            svg,
            bounds,
            (x, y),
            Motion::Sway { degrees: 6.0, period_s: 1.9, phase },
        );
    }
}

#[allow(clippy::too_many_arguments)]
fn arms(
    s: &mut Sketch,
    f: &Frame,
    stance: &Stance,
    body: &Body,
    skin: Colour,
    order: &FigureOrder,
    stride: Option<f32>,
    thing: Option<held::Held>,
) -> Option<Point> {
    let busy = thing.is_some() || matches!(order.pose, Pose::Point | Pose::Talk | Pose::Sit | Pose::Hold);
    let away = order.facing == Facing::Away;
    let mut light = None;
    let rows = [("lead", 0, stance.lead_arm, if busy { 10 } else { -4 }, 0.0), ("rear", 1, stance.rear_arm, 8, 0.5)];
    let mut thing = thing;
    let (upper_turn, fore_turn) = (stance.rear_arm.0 - stance.lead_arm.0, stance.rear_arm.1 - stance.lead_arm.1);
    for (side, at, (upper, fore), layer, half) in rows {
        let lead = side == "lead";
        let full = lead && thing.is_some();
        let layer = if away && lead && busy { -6 } else { layer };
        let shoulder = f.shoulder[at];
        let elbow = reach(shoulder, upper + stance.lean, f.upper);
        let wrist = reach(elbow, fore, f.fore);
        let sleeve = match body.outfit.cut {
            Cut::Fur => body.outfit.main,
            _ => body.outfit.main.shade(if lead { 0.04 } else { 0.10 }),
        };
        let swing = |turn: f32, degrees: f32| match (stride, order.pose) {
            (Some(p), _) if !full => {
                // An arm swings about half as far as the other began, or it would cross the chest.
                Motion::Limb { degrees: turn * 0.28, period_s: p, phase: 0.25 + half }
            }
            (_, Pose::Talk) if lead => Motion::Sway { degrees: degrees * 0.35, period_s: 1.3, phase: 0.1 },
            _ => Motion::Sway { degrees: degrees * 0.08, period_s: 3.4, phase: half },
        };
        let (upper_name, fore_name) = if lead { ("upper arm", "forearm") } else { ("rear upper arm", "rear forearm") };
        let svg = capsule(&s.id(&format!("{side}u")), shoulder, elbow, f.arm * 1.12, f.arm * 0.98, sleeve);
        let motion = swing(upper_turn, 22.0);
        s.add(layer, upper_name, Some("trunk"), svg, around(shoulder, elbow, f.arm * 1.8), shoulder, motion);
        let palm = reach(wrist, fore, f.arm * 0.55);
        let drawn_hand = hand(&s.id(&format!("{side}h")), wrist, fore, f.arm * 0.98, skin);
        let sleeve = capsule(&s.id(&format!("{side}f")), elbow, wrist, f.arm * 0.98, f.arm * 0.92, sleeve);
        let bounds = around(elbow, wrist, f.arm * 3.0);
        if let Some(thing) = thing.take_if(|_| lead) {
            let (svg, box_of_thing) = thing.at(palm);
            if thing.shines {
                light = Some((box_of_thing.x + box_of_thing.w / 2.0, box_of_thing.y + box_of_thing.h * 0.55));
            }
            let motion = match thing.grip {
                Grip::Hangs => Motion::Sway { degrees: 4.0, period_s: 1.7, phase: 0.0 },
                Grip::Middle | Grip::Foot => Motion::Still,
            };
            s.add(layer + 1, "held", Some("forearm"), svg, box_of_thing.grown(1.5), palm, motion);
            // The hand closes over what it holds.
            let motion = swing(0.0, 8.0);
            s.add(layer + 2, fore_name, Some(upper_name), sleeve + &drawn_hand, bounds, elbow, motion);
            continue;
        }
        let motion = swing(fore_turn - upper_turn, 10.0);
        s.add(layer + 1, fore_name, Some(upper_name), drawn_hand + &sleeve, bounds, elbow, motion);
    }
    light
}

/// The head with beard and hat; gives what a close-up frames.
fn crown(s: &mut Sketch, f: &Frame, body: &Body, face: &Head, show: Show, phase: f32) -> Rect {
    let k = f.head / face.skull;
    let (w, h) = (face.half * k, f.head);
    let (x, y) = (f.chin.0, f.chin.1 + h * 0.03);
    let turn = if show == Show::Turned { w * 0.12 } else { 0.0 };
    let mut svg = format!(
        "<g transform='translate({:.3} {:.3}) scale({k:.4})'>{}</g>",
        x - face.chin.0 * k,
        y - face.chin.1 * k,
        face.svg
    );
    let behind = show == Show::Behind;
    let mut extra = String::new();
    if let Some(colour) = body.beard.filter(|_| !behind) {
        extra += &hats::beard(&s.id("beard"), w, h, turn, colour);
    }
    if let Some((kind, colour)) = body.outfit.hat {
        if behind && kind == Hat::Hood {
            let (rx, ry, fill) = (w * 1.24, h * 0.66, colour.to_hex());
            let _ = write!(extra, "<ellipse cx='0' cy='{:.2}' rx='{rx:.2}' ry='{ry:.2}' fill='{fill}'/>", -h * 0.5);
        } else {
            let lift = if matches!(kind, Hat::Peaked | Hat::Tricorn | Hat::SouWester) { -h * 0.085 } else { 0.0 };
            let hat = hats::hat(&s.id("hat"), kind, colour, w, h, turn);
            let _ = write!(extra, "<g transform='translate(0 {lift:.3})'>{hat}</g>");
        }
    }
    if !extra.is_empty() {
        let _ = write!(svg, "<g transform='translate({x:.3} {y:.3})'>{extra}</g>");
    }
    let ink = Rect {
        x: x + (face.ink.x - face.chin.0) * k,
        y: y + (face.ink.y - face.chin.1) * k,
        w: face.ink.w * k,
        h: face.ink.h * k,
    };
    let mut bounds = ink;
    if body.outfit.hat.is_some() || body.beard.is_some() {
        bounds = bounds.union(Rect::between(x - w * 1.55, y - h * 1.65, x + w * 1.55, y + h * 0.25));
    }
    let motion = Motion::Sway { degrees: 1.5, period_s: 3.7, phase };
    s.add(4, "head", Some("trunk"), svg, bounds.grown(2.0), (x, y), motion);
    Rect { x: x - w, y: y - h, w: w * 2.0, h }
}

/// Lays a standing figure on its back, on a mat with a pillow.
fn lay_down(figure: Figure, f: &Frame, body: &Body, head_half: f32) -> Figure {
    // Up becomes left; the widest part lies on the mat.
    let back = f.lines.broad * 1.1 + f.arm;
    let mat = (head_half - back).max(0.0) + body.height * 0.035;
    let lie = back + mat;
    let half = body.height / 2.0;
    let mut figure = figure.mapped([0.0, -1.0, 1.0, 0.0, half, -lie]);
    let (w, x) = (f.head * 0.6, f.chin.1 + half - f.head * 0.5);
    let top = -mat;
    let low = lie - head_half * 0.55;
    let svg = format!(
        "<rect x='{:.2}' y='{top:.2}' width='{:.2}' height='{mat:.2}' rx='{:.2}' fill='#7d6a92'/><rect x='{:.2}' y='{top:.2}' width='{:.2}' height='{:.2}' rx='{:.2}' fill='#a493b8'/>\
         <path d='M{:.2} {top:.2}Q{:.2} {:.2} {:.2} {:.2}Q{x:.2} {:.2} {:.2} {:.2}Q{:.2} {:.2} {:.2} {top:.2}Z' fill='#f1edf6'/>",
        -half * 1.1,
        half * 2.2,
        mat * 0.4,
        -half * 1.1,
        half * 2.2,
        mat * 0.45,
        mat * 0.2,
        x - w,
        x - w * 1.15,
        -low * 0.8,
        x - w * 0.9,
        -low,
        -low * 0.8,
        x + w * 0.9,
        -low,
        x + w * 1.15,
        -low * 0.8,
        x + w
    );
    let bounds = Rect::between(-half * 1.12, -low.max(mat) - 1.0, half * 1.12, 0.0);
    let part = Part { svg, bounds, pivot: (x, 0.0), motion: Motion::Still, parent: None };
    for p in &mut figure.parts {
        p.parent = p.parent.map(|i| i + 1);
        // Only the chest moves in sleep.
        p.motion = match p.motion {
            Motion::Breathe { .. } => Motion::Bob { amount: body.height * 0.004, period_s: 3.6, phase: 0.0 },
            _ => Motion::Still,
        };
    }
    figure.parts.insert(0, part);
    Figure::of(figure.parts, figure.face, None)
}
