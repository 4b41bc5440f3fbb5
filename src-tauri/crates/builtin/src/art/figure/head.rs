//! Heads: the bundled face of a person or an animal, cut from its picture where the picture is a bust.
//!
//! A bust is a list of shapes, body first; the head is what is left when the shapes that reach down to the chest or hang
//! beside the face are taken away. Owns that cut, the closed eyes, the turn of a face, and the back of a head. Does not
//! know bodies.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, OnceLock, PoisonError};

use resvg::usvg;

use super::face::Face;
use crate::art::pack::{document, measure, raster};
use crate::art::recolour::{dominant, rename_ids};
use crate::art::{Colour, PictureId, Rect, svg};

/// How a head is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Show {
    /// From the front.
    Front,
    /// Turned a little to the right.
    Turned,
    /// From the front, asleep.
    Asleep,
    /// From behind.
    Behind,
}

/// A head in the units of its picture.
#[derive(Debug, Clone)]
pub(super) struct Head {
    /// The fragment.
    pub svg: String,
    /// What it covers.
    pub ink: Rect,
    /// The lowest point of the face, where the neck is.
    pub chin: (f32, f32),
    /// From the chin to the top of the skull.
    pub skull: f32,
    /// Half the width of the skull.
    pub half: f32,
    /// The colour of the skin or fur.
    pub skin: Colour,
    /// The colour on top of the head.
    pub hair: Colour,
}

/// A shape of a picture, and what it covers.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    pub svg: String,
    pub bounds: Rect,
}

/// The shapes of a head and what they have in common.
#[derive(Debug, Clone)]
struct Cut {
    name: String,
    shapes: Vec<Shape>,
    defs: String,
    bust: bool,
    head: Head,
    eyes: Vec<Rect>,
}

/// The head in a picture, shown in one way. `bust` says that the picture also shows shoulders.
pub(super) fn head(id: &PictureId, bust: bool, show: Show, face: Face) -> Head {
    type Seen = Mutex<HashMap<(PictureId, Show, Face), Head>>;
    static SEEN: OnceLock<Seen> = OnceLock::new();
    let seen = SEEN.get_or_init(Mutex::default);
    let key = (id.clone(), show, face);
    if let Some(head) = seen.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return head.clone();
    }
    let mut cut = cut(id, bust);
    cut.shapes = face.on(&cut.shapes, &cut.eyes);
    let head = Head { svg: drawn(&cut, show), ..cut.head };
    seen.lock().unwrap_or_else(PoisonError::into_inner).insert(key, head.clone());
    head
}

fn cut(id: &PictureId, bust: bool) -> Cut {
    let picture = svg(id);
    let (mut shapes, defs) = shapes(&picture.body, picture.unit);
    if bust {
        shapes.retain(|s| of_head(s.bounds));
    }
    let body: String = shapes.iter().map(|s| s.svg.as_str()).collect();
    let fragment = format!("<g fill='none'>{defs}{body}</g>");
    let unit = picture.unit;
    let square = Rect { x: 0.0, y: 0.0, w: unit, h: unit };
    let small = raster(&fragment, square, 96, 96);
    let ink = small.as_ref().map_or(square, |p| measure(p, square));
    let colour_at = |x: f32, y: f32, or: Colour| {
        let p = small.as_ref().and_then(|p| p.pixel((x / unit * 96.0) as u32, (y / unit * 96.0) as u32));
        p.filter(|p| p.alpha() > 200).map_or(or, |p| {
            let p = p.demultiply();
            Colour { r: f32::from(p.red()) / 255.0, g: f32::from(p.green()) / 255.0, b: f32::from(p.blue()) / 255.0 }
        })
    };
    let eyes = eyes(&shapes, unit);
    // In every bust the face is the same oval; only its place differs a little, and the eyes tell it.
    let middle = match eyes.as_slice() {
        [a, .., b] => f32::midpoint(a.x + a.w / 2.0, b.x + b.w / 2.0),
        _ => ink.x + ink.w / 2.0,
    };
    let (chin, skull, half) = if bust {
        let eye = eyes.first().map_or(12.0, |e| e.y + e.h / 2.0);
        ((middle, eye + 7.9), 15.8, 7.0)
    } else {
        ((ink.x + ink.w / 2.0, ink.y + ink.h), ink.h, ink.w / 2.0)
    };
    let brown = Colour { r: 0.35, g: 0.24, b: 0.18 };
    let skin = colour_at(chin.0 - half * 0.38, chin.1 - skull * 0.30, Colour { r: 0.85, g: 0.66, b: 0.52 });
    // A bust hides its hair under a hat: it has that of the plain head of the same tone. An animal has its fur.
    let tone =
        ["medium-light", "medium-dark", "light", "medium", "dark"].into_iter().find(|t| id.as_str().ends_with(t));
    let plain = tone.and_then(|t| PictureId::named(&format!("man-{t}")));
    let hair = match plain {
        Some(plain) if bust => head(&plain, false, Show::Front, Face::default()).hair,
        Some(_) => colour_at(chin.0, ink.y + ink.h * 0.06 + 0.4, brown),
        None => dominant(&picture),
    };
    let head = Head { svg: String::new(), ink, chin, skull, half, skin, hair };
    Cut { name: id.as_str().replace(':', ""), shapes, defs, bust, head, eyes }
}

/// True for a shape that belongs to the head of a bust, in a square of 32.
fn of_head(b: Rect) -> bool {
    let (right, bottom) = (b.x + b.w, b.y + b.h);
    let beside = b.x > 21.8 && right > 24.5 || right < 8.0 && b.x < 6.0;
    let board = b.w > 23.0;
    let coat = bottom > 24.5;
    // Lapels and handles: narrow, and below the chin.
    let lapel = b.w < 6.0 && bottom > 21.4;
    b.y < 16.6 && !beside && !board && !coat && !lapel
}

/// The white of both eyes.
fn eyes(shapes: &[Shape], unit: f32) -> Vec<Rect> {
    let white = |s: &&Shape| {
        let start = s.svg.get(..s.svg.len().min(90)).unwrap_or("").to_lowercase();
        start.contains("fill=\"#fff\"")
            && s.bounds.w < unit * 0.32
            && s.bounds.w > unit * 0.06
            && s.bounds.y > unit * 0.2
    };
    let mut found: Vec<Rect> = shapes.iter().filter(white).map(|s| s.bounds).collect();
    found.sort_by(|a, b| a.x.total_cmp(&b.x));
    found.dedup_by(|a, b| (a.x - b.x).abs() < unit * 0.05);
    if found.len() == 2 { found } else { Vec::new() }
}

fn drawn(cut: &Cut, show: Show) -> String {
    let Cut { shapes, defs, head, .. } = cut;
    let all =
        |shapes: &mut dyn Iterator<Item = String>| format!("<g fill='none'>{defs}{}</g>", shapes.collect::<String>());
    match show {
        Show::Front => all(&mut shapes.iter().map(|s| s.svg.clone())),
        Show::Turned => {
            let dx = head.half * if cut.bust { 0.16 } else { 0.13 };
            all(&mut shapes.iter().map(|s| {
                if is_feature(cut, s.bounds) {
                    format!("<g transform='translate({dx:.2} 0)'>{}</g>", s.svg)
                } else {
                    s.svg.clone()
                }
            }))
        }
        Show::Asleep => {
            let awake = |b: Rect| {
                cut.eyes.iter().any(|e| {
                    let e = e.grown(e.w * 0.16);
                    b.x >= e.x && b.y >= e.y && b.x + b.w <= e.x + e.w && b.y + b.h <= e.y + e.h * 1.1
                })
            };
            let mut lids = String::new();
            for e in &cut.eyes {
                let (x0, x1, y) = (e.x + e.w * 0.05, e.x + e.w * 0.95, e.y + e.h * 0.55);
                let (cx, cy, width) = (e.x + e.w / 2.0, y + e.h * 0.7, e.w * 0.13);
                let _ = write!(
                    lids,
                    "<path d='M{x0:.2} {y:.2}Q{cx:.2} {cy:.2} {x1:.2} {y:.2}' stroke='#3a2722' stroke-width='{width:.2}' stroke-linecap='round'/>"
                );
            }
            let open = shapes.iter().filter(|s| !awake(s.bounds)).map(|s| s.svg.clone());
            all(&mut open.chain([lids]))
        }
        Show::Behind => behind(cut),
    }
}

/// True for eyes, brows, nose and mouth: what moves over the face when the head turns.
fn is_feature(cut: &Cut, b: Rect) -> bool {
    let Some(eye) = cut.eyes.first() else { return false };
    let head = &cut.head;
    let (cx, right, bottom) = (b.x + b.w / 2.0, b.x + b.w, b.y + b.h);
    let inside = b.x > head.chin.0 - head.half * 0.85 && right < head.chin.0 + head.half * 0.85;
    inside
        && b.w < head.half * 1.15
        && (cx - head.chin.0).abs() < head.half * 0.62
        && b.y > eye.y - head.skull * 0.14
        && bottom < head.chin.1 - head.skull * 0.03
}

/// The head in its hair, with the hat it wears.
fn behind(cut: &Cut) -> String {
    let Cut { shapes, defs, head, bust, .. } = cut;
    let tag = &format!("behind{}", cut.name);
    let body: String = shapes.iter().map(|s| s.svg.as_str()).collect();
    let (dark, light) = (head.hair.shade(0.42).to_hex(), head.hair.to_hex());
    let filter = |name: &str, colour: &str, blur: f32| {
        format!(
            "<filter id='{name}' x='-.2' y='-.2' width='1.4' height='1.4'><feFlood flood-color='{colour}'/>\
             <feComposite in2='SourceAlpha' operator='in'/><feGaussianBlur stdDeviation='{blur}'/></filter>"
        )
    };
    let (x, y) = (head.chin.0, head.chin.1 - head.skull * 0.55);
    let top: String = if *bust {
        let brow = cut.eyes.first().map_or(head.chin.1 - 8.0, |e| e.y);
        let hat = |s: &&Shape| s.bounds.y + s.bounds.h < brow + 0.6 && s.bounds.w > 7.0;
        shapes.iter().filter(hat).map(|s| s.svg.as_str()).collect()
    } else {
        String::new()
    };
    let back = rename_ids(&format!("<g fill='none'>{defs}{body}</g>"), tag);
    format!(
        "{}{}<g filter='url(#{tag}d)'>{back}</g><g transform='translate({x:.2} {y:.2}) scale(.86) translate({:.2} {:.2})'>\
         <g filter='url(#{tag}l)'>{}</g></g><g fill='none'>{defs}{top}</g>",
        filter(&format!("{tag}d"), &dark, 0.0),
        filter(&format!("{tag}l"), &light, 0.8),
        -x + 0.4,
        -y - 0.5,
        rename_ids(&back, "l")
    )
}

/// The top shapes of a picture, in drawing order, and its definitions.
fn shapes(body: &str, unit: f32) -> (Vec<Shape>, String) {
    let mut tops = elements(body);
    while let [only] = tops.as_slice()
        && only.starts_with("<g")
        && let (Some(open), Some(close)) = (only.find('>'), only.rfind('<'))
        && open < close
    {
        tops = elements(&only[open + 1..close]);
    }
    const DEFINES: &[&str] = &["<defs", "<linearGradient", "<radialGradient", "<filter", "<clipPath", "<mask"];
    let (defs, drawn): (Vec<&str>, Vec<&str>) =
        tops.into_iter().partition(|e| DEFINES.iter().any(|d| e.starts_with(d)));
    let defs = defs.concat();
    let square = Rect { x: 0.0, y: 0.0, w: unit, h: unit };
    let shape = |e: &str| {
        // Filters only soften the edges; without them the shape can be measured without the definitions.
        let fragment = document(&format!("<g fill='#000'>{}</g>", without_urls(e)), square, 32, 32);
        let tree = usvg::Tree::from_str(&fragment, &usvg::Options::default()).ok()?;
        let b = tree.root().abs_stroke_bounding_box();
        let k = unit / 32.0;
        let bounds = Rect { x: b.x() * k, y: b.y() * k, w: b.width() * k, h: b.height() * k };
        (b.width() + b.height() > 0.0).then(|| Shape { svg: e.to_owned(), bounds })
    };
    (drawn.into_iter().filter_map(shape).collect(), defs)
}

/// The element with plain black wherever it refers to a definition.
fn without_urls(element: &str) -> String {
    let mut out = String::with_capacity(element.len());
    let mut rest = element;
    while let Some(at) = rest.find("url(#") {
        let end = rest[at..].find(')').map_or(rest.len(), |e| at + e + 1);
        // A filter or clip must go; a fill or stroke must stay visible.
        let paints = rest[..at].ends_with("fill=\"") || rest[..at].ends_with("stroke=\"");
        out.push_str(&rest[..at]);
        out.push_str(if paints { "#000" } else { "none" });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Splits a fragment into its top elements.
fn elements(fragment: &str) -> Vec<&str> {
    let (mut out, mut depth, mut start, mut at) = (Vec::new(), 0_i32, 0, 0);
    while let Some(open) = fragment[at..].find('<').map(|i| at + i) {
        let Some(close) = fragment[open..].find('>').map(|i| open + i + 1) else { break };
        let tag = &fragment[open..close];
        if depth == 0 {
            start = open;
        }
        if tag.starts_with("</") {
            depth -= 1;
        } else if !tag.ends_with("/>") {
            depth += 1;
        }
        if depth == 0 {
            out.push(&fragment[start..close]);
        }
        at = close;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bust_gives_a_head_without_shoulders() {
        for name in ["detective", "astronaut", "cook", "farmer", "woman-police-officer", "mage", "student"] {
            for tone in ["light", "dark"] {
                let Some(id) = PictureId::named(&format!("{name}-{tone}")) else { continue };
                let head = head(&id, true, Show::Front, Face::default());
                assert!(head.ink.w < 24.0 && head.ink.w > 9.0, "{name} {:?}", head.ink);
                assert!(
                    (17.0..22.0).contains(&head.chin.1) && (13.0..19.0).contains(&head.chin.0),
                    "{name} {:?}",
                    head.chin
                );
            }
        }
    }

    #[test]
    fn every_human_face_can_tell_something_else() {
        let heads =
            ["man", "woman", "boy", "girl", "old-man", "old-woman", "person", "pilot", "farmer", "cook", "mage"];
        for name in heads.iter().flat_map(|head| ["light", "medium", "dark"].map(|tone| format!("{head}-{tone}"))) {
            let Some(id) = PictureId::named(&name) else { continue };
            let bust = !name.contains("man-") && !["boy", "girl", "person"].iter().any(|h| name.starts_with(h));
            let cut = cut(&id, bust);
            let [smile, worry] = [Face::Pleased, Face::Worried].map(|face| face.on(&cut.shapes, &cut.eyes));
            assert_eq!(smile.len(), cut.shapes.len(), "{name}");
            let turned = worry.iter().filter(|s| s.svg.starts_with("<g transform='rotate(")).count();
            assert!(worry.last().is_some_and(|mouth| mouth.svg.starts_with("<ellipse")), "{name} keeps its mouth");
            assert!(bust || turned >= 2, "{name} keeps its brows; those of a bust may be under a hat");
        }
    }

    #[test]
    fn faces_turn_sleep_and_look_away() {
        let id = PictureId::named("old-man-medium").unwrap();
        let shown = |show, face| head(&id, false, show, face).svg;
        let mut all: Vec<String> =
            [Show::Front, Show::Turned, Show::Asleep, Show::Behind].map(|show| shown(show, Face::default())).into();
        all.extend([Face::Calm, Face::Wistful, Face::Worried].map(|face| shown(Show::Front, face)));
        for (i, a) in all.iter().enumerate() {
            assert!(all[i + 1..].iter().all(|b| b != a), "each way of showing a head differs");
        }
    }
}
