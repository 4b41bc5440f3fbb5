//! The bundled pictures: opens the pack and gives one picture at a time.
//!
//! Owns the format of `pictures.zst` (made by `art/pack.mjs`, which documents it), and gives our own drawings under the same
//! names. Opening reads the index only; a picture costs the decoding of its block, and blocks are small. Does not know what
//! pictures mean.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use crate::art::{Rect, own};

static PACK: &[u8] = include_bytes!("../../art/pictures.zst");

/// The name of a bundled picture, such as `fox` or `noto:lighthouse`. Only a picture that exists has one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PictureId(String);

impl PictureId {
    /// The picture of this name; `None` when none is bundled.
    pub fn named(name: &str) -> Option<Self> {
        index().contains_key(name).then(|| Self(name.to_owned()))
    }

    /// Some picture: the first of the pack, for what cannot happen in a whole pack.
    pub(super) fn any() -> Self {
        Self(names().first().copied().unwrap_or_default().to_owned())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A picture as a fragment of SVG, drawn in a square from (0, 0).
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The fragment: no `<svg>` around it, its ids unlike those of any other picture.
    pub body: String,
    /// The side of the square, in the fragment's own units.
    pub unit: f32,
    /// What is really drawn on, in the fragment's own units: seat a prop on the lower edge of this.
    pub ink: Rect,
}

/// Where a picture is.
#[derive(Debug, Clone, Copy)]
enum Entry {
    /// In the pack.
    Packed { unit: f32, block: (usize, usize), body: (usize, usize) },
    /// Among our own drawings.
    Own { name: &'static str, file: &'static str },
}

/// The names of all bundled pictures, sorted.
pub(super) fn names() -> Vec<&'static str> {
    let mut names: Vec<&str> = index().keys().copied().collect();
    names.sort_unstable();
    names
}

/// Length of the skippable frame that opens the pack.
const HEAD: usize = 12;

fn index_length() -> usize {
    PACK.get(8..HEAD).and_then(|b| b.try_into().ok()).map_or(0, |b| u32::from_le_bytes(b) as usize)
}

fn index() -> &'static HashMap<&'static str, Entry> {
    static INDEX: OnceLock<HashMap<&'static str, Entry>> = OnceLock::new();
    static TEXT: OnceLock<String> = OnceLock::new();
    static OWN_NAMES: OnceLock<Vec<(String, &str, &str)>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let frame = PACK.get(HEAD..HEAD + index_length()).unwrap_or_default();
        let text = TEXT.get_or_init(|| decode(frame));
        let own = OWN_NAMES.get_or_init(|| {
            own::drawings().map(|(name, file)| (format!("{}{name}", own::PREFIX), name, file)).collect()
        });
        let own = own.iter().map(|&(ref key, name, file)| (key.as_str(), Entry::Own { name, file }));
        text.lines().filter_map(entry).chain(own).collect()
    })
}

fn entry(line: &'static str) -> Option<(&'static str, Entry)> {
    let mut fields = line.split(' ');
    let name = fields.next()?;
    let unit = fields.next()?.parse().ok()?;
    let mut number = || fields.next()?.parse::<usize>().ok();
    let block = (number()?, number()?);
    let body = (number()?, number()?);
    Some((name, Entry::Packed { unit, block, body }))
}

/// The text of one zstd frame. The data is our own, built into the program: a test holds that every frame opens.
pub(super) fn decode(frame: &[u8]) -> String {
    zstd::decode_all(frame).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The fragment, and the side of the square that it is drawn in.
fn body(entry: Entry) -> (String, f32) {
    match entry {
        Entry::Packed { unit, block, body } => {
            let start = HEAD + index_length() + block.0;
            let text = decode(PACK.get(start..start + block.1).unwrap_or_default());
            (text.get(body.0..body.0 + body.1).unwrap_or_default().to_owned(), unit)
        }
        Entry::Own { name, file } => (own::fragment(name, file), own::UNIT),
    }
}

/// The picture with this name.
pub fn svg(id: &PictureId) -> Picture {
    static SEEN: OnceLock<Mutex<HashMap<String, Picture>>> = OnceLock::new();
    let seen = SEEN.get_or_init(Mutex::default);
    if let Some(picture) = seen.lock().unwrap_or_else(PoisonError::into_inner).get(id.as_str()) {
        return picture.clone();
    }
    let Some(&entry) = index().get(id.as_str()) else {
        return Picture { body: String::new(), unit: 32.0, ink: Rect::default() };
    };
    let (body, unit) = body(entry);
    let ink = ink(&body, unit);
    let picture = Picture { body, unit, ink };
    seen.lock().unwrap_or_else(PoisonError::into_inner).insert(id.as_str().to_owned(), picture.clone());
    picture
}

/// Wraps a fragment that is drawn in `view` into a whole SVG document of `width` × `height` pixels.
pub(super) fn document(fragment: &str, view: Rect, width: u32, height: u32) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='{width}' height='{height}' \
         viewBox='{} {} {} {}'>{fragment}</svg>",
        view.x, view.y, view.w, view.h
    )
}

/// Draws a fragment; `None` when it is no SVG.
pub(super) fn raster(fragment: &str, view: Rect, width: u32, height: u32) -> Option<Pixmap> {
    let tree = usvg::Tree::from_str(&document(fragment, view, width, height), &usvg::Options::default()).ok()?;
    let mut pixmap = Pixmap::new(width, height)?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    Some(pixmap)
}

/// The side of the small drawing from which the inked part is measured, in pixels.
const PROBE: u32 = 64;

/// What is visibly drawn on: filters and clips make the outline of the shapes a poor answer, so it is measured on a
/// small drawing.
fn ink(body: &str, unit: f32) -> Rect {
    let square = Rect { x: 0.0, y: 0.0, w: unit, h: unit };
    raster(body, square, PROBE, PROBE).map_or(square, |p| measure(&p, square))
}

/// The part of `view` on which a drawing of it shows more than a breath of colour.
pub(super) fn measure(pixmap: &Pixmap, view: Rect) -> Rect {
    let (width, height) = (pixmap.width(), pixmap.height());
    let (mut x0, mut y0, mut x1, mut y1) = (width, height, 0, 0);
    for (i, pixel) in pixmap.pixels().iter().enumerate() {
        let (x, y) = (i as u32 % width, i as u32 / width);
        if pixel.alpha() > 60 {
            (x0, y0, x1, y1) = (x0.min(x), y0.min(y), x1.max(x + 1), y1.max(y + 1));
        }
    }
    if x1 <= x0 {
        return view;
    }
    let (sx, sy) = (view.w / width as f32, view.h / height as f32);
    Rect::between(view.x + x0 as f32 * sx, view.y + y0 as f32 * sy, view.x + x1 as f32 * sx, view.y + y1 as f32 * sy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_opens_and_is_svg() {
        let names = names();
        assert!(names.len() > 1400, "{} pictures", names.len());
        let opens = |name: &str, body: &str, unit: f32| {
            let view = Rect { x: 0.0, y: 0.0, w: unit, h: unit };
            assert!(usvg::Tree::from_str(&document(body, view, 64, 64), &usvg::Options::default()).is_ok(), "{name}");
        };
        // A block is decoded once for all pictures in it.
        let mut last = (usize::MAX, String::new());
        let mut packed = Vec::new();
        for name in names {
            match index()[name] {
                Entry::Packed { unit, block, body } => packed.push((block, body, unit, name)),
                own @ Entry::Own { .. } => opens(name, &body(own).0, own::UNIT),
            }
        }
        packed.sort_by_key(|(block, body, ..)| (*block, *body));
        for (block, body, unit, name) in packed {
            if last.0 != block.0 {
                let start = HEAD + index_length() + block.0;
                last = (block.0, decode(&PACK[start..start + block.1]));
            }
            opens(name, &last.1[body.0..body.0 + body.1], unit);
        }
    }

    #[test]
    fn a_picture_says_where_it_is_drawn_on() {
        let fox = svg(&PictureId::named("fox").unwrap());
        assert!(fox.body.starts_with('<') && fox.unit == 32.0);
        assert!(fox.ink.w > 24.0 && fox.ink.h > 24.0 && fox.ink.y >= 0.0, "{:?}", fox.ink);
        assert!(PictureId::named("no such picture").is_none());
    }
}
