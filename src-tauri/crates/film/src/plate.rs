//! Plates: captions and cards drawn as transparent pictures, to be laid over the film.
//!
//! Words come from people and models, so they only ever enter an SVG as escaped text, and every plate is checked to
//! lie inside the picture: text that is too wide is made smaller.

use std::fmt::Write as _;

use resvg::usvg::{Node, Transform, Tree};
use story::{CardText, Size};
use tiny_skia::{IntRect, Pixmap};

use crate::{FilmError, fonts, rows};

/// A picture with transparency and its place in the film's picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plate {
    /// The picture, PNG with alpha.
    pub png: Vec<u8>,
    /// Its left edge, in pixels; even, as 4:2:0 video needs.
    pub x: u32,
    /// Its upper edge; even.
    pub y: u32,
    /// Its size.
    pub size: Size,
}

/// The smallest letters of a card, as a share of the picture's shorter side.
const SMALLEST: f32 = 0.042;

/// A row of text to be drawn.
struct Row<'a> {
    text: String,
    /// Which of its words is heard at the moment.
    lit: Option<usize>,
    font: &'a str,
    weight: u32,
    /// The size of the letters in pixels.
    em: f32,
    /// Where the letters stand.
    baseline: f32,
}

/// Between the rows of a caption, and above and below them, in the size of its letters.
const LINE: f32 = 1.24;
const PAD: f32 = 0.36;
/// The word that is heard.
const LIT: &str = "#ffd257";

/// A caption on its dark panel near the lower edge; higher in tall pictures, where apps put their buttons. `None` when
/// there is nothing to show.
pub fn caption_plate(text: &str, size: Size) -> Result<Option<Plate>, FilmError> {
    Panel::of(text, size)?.map_or(Ok(None), |panel| panel.plate(None))
}

/// A caption as it is laid out, to be drawn with one word after another lit.
pub(crate) struct Panel {
    size: Size,
    rows: Vec<String>,
    /// False where a word is broken over two rows, which makes the count of another text.
    lights: bool,
    em: f32,
    left: f32,
    top: f32,
    width: f32,
    height: f32,
}

impl Panel {
    /// Lays a caption out; `None` when there is nothing to show.
    pub(crate) fn of(text: &str, size: Size) -> Result<Option<Self>, FilmError> {
        let (w, h) = (size.width as f32, size.height as f32);
        let mut rows = rows::caption_rows(text, size);
        rows.truncate(4);
        if rows.is_empty() {
            return Ok(None);
        }
        let (em, bottom) = match size.ratio() {
            r if r >= 1.5 => (0.050, 0.065),
            r if r >= 0.95 => (0.047, 0.07),
            r if r >= 0.7 => (0.052, 0.085),
            _ => (0.062, 0.19),
        };
        let em = w.min(h) * em;
        let em = em * (w * 0.86 / widest(&rows, fonts::TEXT, 700, em)?.max(1.0)).min(1.0);
        let width = widest(&rows, fonts::TEXT, 700, em)? + 2.0 * 0.62 * em;
        let height = em * (LINE * rows.len() as f32 + 2.0 * PAD);
        let (left, top) = ((w - width) / 2.0, h * (1.0 - bottom) - height);
        let lights = rows.iter().map(|row| words(row)).sum::<usize>() == words(text);
        Ok(Some(Self { size, rows, lights, em, left, top, width, height }))
    }

    /// Draws it. `lit` is the word that is heard at the moment, counted as spaces part them; it changes no more than that
    /// word's colour.
    pub(crate) fn plate(&self, lit: Option<usize>) -> Result<Option<Plate>, FilmError> {
        let Self { left, top, width, height, em, .. } = *self;
        let mut svg = format!(
            "<rect x='{left}' y='{top}' width='{width}' height='{height}' rx='{}' fill='#0e1117' fill-opacity='0.75'/>",
            em * 0.42
        );
        let mut lit = lit.filter(|_| self.lights);
        for (i, text) in self.rows.iter().enumerate() {
            let baseline = top + em * (PAD + LINE * i as f32 + 0.97);
            let here = lit.filter(|at| *at < words(text));
            lit = lit.and_then(|at| at.checked_sub(words(text)));
            let row = Row { text: text.clone(), lit: here, font: fonts::TEXT, weight: 700, em, baseline };
            write_row(&mut svg, &row, self.size.width as f32 / 2.0, "#ffffff", 1.0);
        }
        // Letters may reach a little over their panel.
        let reach = Reach { left: left - em, top: top - em, right: left + width + em, bottom: top + height + em };
        render(&svg, self.size, &reach)
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The words of a card in the middle of the picture, on a soft shade. `None` when there is nothing to show.
pub fn card_plate(card: &CardText, size: Size) -> Result<Option<Plate>, FilmError> {
    let (w, h) = (size.width as f32, size.height as f32);
    let room = w * 0.84;
    let (titles, mut em) = title_rows(&card.title, size, room)?;
    // Rows of unusual letters may still be wider than counted.
    em *= (room / widest(&titles, fonts::TITLE, 600, em)?.max(1.0)).min(1.0);
    let mut small = (em * 0.4).clamp(w.min(h) * SMALLEST, w.min(h) * 0.05);
    let mut subtitles = rows::rows(&card.subtitle, ((room / (small * 0.56)) as usize).max(8));
    subtitles.truncate(2);
    small *= (room / widest(&subtitles, fonts::TEXT, 700, small)?.max(1.0)).min(1.0);
    if titles.is_empty() && subtitles.is_empty() {
        return Ok(None);
    }
    let title_height = em * 1.12 * titles.len() as f32;
    let space = if titles.is_empty() || subtitles.is_empty() { 0.0 } else { small * 0.5 };
    let height = title_height + space + small * 1.3 * subtitles.len() as f32;
    // A little above the middle looks like the middle.
    let top = h * 0.47 - height / 2.0;
    let mut found = Vec::new();
    for (i, text) in titles.into_iter().enumerate() {
        let baseline = top + em * (1.12 * i as f32 + 0.9);
        found.push(Row { text, lit: None, font: fonts::TITLE, weight: 600, em, baseline });
    }
    for (i, text) in subtitles.into_iter().enumerate() {
        let baseline = top + title_height + space + small * (1.3 * i as f32 + 1.0);
        found.push(Row { text, lit: None, font: fonts::TEXT, weight: 700, em: small, baseline });
    }
    let (cy, ry) = (top + height / 2.0, (height * 1.15).max(h * 0.3));
    let mut svg = format!(
        "<defs><radialGradient id='shade'><stop offset='0' stop-color='#080a10' stop-opacity='0.5'/>\
         <stop offset='0.3' stop-color='#080a10' stop-opacity='0.42'/>\
         <stop offset='0.65' stop-color='#080a10' stop-opacity='0.19'/>\
         <stop offset='1' stop-color='#080a10' stop-opacity='0'/></radialGradient>\
         <filter id='halo' x='-0.2' y='-0.4' width='1.4' height='1.8'>\
         <feGaussianBlur stdDeviation='{}'/></filter></defs>\
         <ellipse cx='{}' cy='{cy}' rx='{}' ry='{ry}' fill='url(#shade)'/>",
        em * 0.14,
        w / 2.0,
        w * 0.62
    );
    // The shade is soft, so that it is no thing in the picture; close to the letters it is dark on any picture.
    for _ in 0..2 {
        svg.push_str("<g filter='url(#halo)'>");
        for row in &found {
            write_row(&mut svg, row, w / 2.0, "#05060a", 0.9);
        }
        svg.push_str("</g>");
    }
    for row in &found {
        let drop = (row.em * 0.05).max(1.0);
        let shadow = Row { text: row.text.clone(), baseline: row.baseline + drop, ..*row };
        write_row(&mut svg, &shadow, w / 2.0, "#05060a", 0.55);
        write_row(&mut svg, row, w / 2.0, "#ffffff", 1.0);
    }
    render(&svg, size, &Reach { left: 0.0, top: 0.0, right: w, bottom: h })
}

/// The rows of a title, at most three, and the size of their letters: as large as fits without breaking a word.
fn title_rows(title: &str, size: Size, room: f32) -> Result<(Vec<String>, f32), FilmError> {
    let short = size.width.min(size.height) as f32;
    let longest = rows::longest_token(title);
    let mut em = short * if size.ratio() < 0.95 { 0.125 } else { 0.135 };
    loop {
        let limit = ((room / (em * 0.56)) as usize).max(4);
        let mut texts = rows::rows(title, limit);
        let fits = texts.len() <= 3 && longest <= limit && widest(&texts, fonts::TITLE, 600, em)? <= room;
        if fits {
            return Ok((texts, em));
        }
        if em <= short * SMALLEST {
            if texts.len() > 3 {
                texts.truncate(3);
                texts[2].push('…');
            }
            return Ok((texts, em));
        }
        em = (em * 0.92).max(short * SMALLEST);
    }
}

fn write_row(svg: &mut String, row: &Row, x: f32, colour: &str, opacity: f32) {
    let _ = write!(
        svg,
        "<text x='{x}' y='{}' text-anchor='middle' font-family='{}' font-weight='{}' font-size='{}' fill='{colour}' \
         fill-opacity='{opacity}' xml:space='preserve'>{}</text>",
        row.baseline,
        row.font,
        row.weight,
        row.em,
        spans(row)
    );
}

/// The text of a row, its lit word in a colour of its own.
fn spans(row: &Row) -> String {
    let whole = directed(&row.text);
    let Some(word) = row.lit.and_then(|at| whole.split_whitespace().nth(at)) else { return escape(&whole) };
    // Both are parts of the same text, so their addresses tell where the word stands.
    let start = word.as_ptr().addr() - whole.as_ptr().addr();
    let (before, after) = (&whole[..start], &whole[start + word.len()..]);
    format!("{}<tspan fill='{LIT}'>{}</tspan>{}", escape(before), escape(word), escape(after))
}

/// Text of a script that runs from right to left gets a direction mark at both ends, so that its full stop comes to
/// stand on the left.
fn directed(text: &str) -> String {
    let first = text.chars().find(|c| c.is_alphabetic());
    match first.map(u32::from) {
        Some(0x0590..=0x08ff | 0xfb1d..=0xfdff | 0xfe70..=0xfeff) => format!("\u{200f}{text}\u{200f}"),
        _ => text.to_owned(),
    }
}

/// Escapes text for XML and drops what XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c if c.is_control() || matches!(u32::from(c), 0xfffe | 0xffff) => {}
            c => out.push(c),
        }
    }
    out
}

/// The width of the widest row in pixels.
fn widest(texts: &[String], font: &str, weight: u32, em: f32) -> Result<f32, FilmError> {
    let mut svg = String::new();
    for text in texts {
        let row = Row { text: text.clone(), lit: None, font, weight, em, baseline: em };
        write_row(&mut svg, &row, 0.0, "#ffffff", 1.0);
    }
    let tree = parse(&svg, Size { width: 100, height: 100 })?;
    let width = |node: &Node| node.abs_bounding_box().width();
    Ok(tree.root().children().iter().map(width).fold(0.0, f32::max))
}

fn parse(content: &str, size: Size) -> Result<Tree, FilmError> {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}'>{content}</svg>",
        size.width, size.height
    );
    Tree::from_str(&svg, &fonts::options()).map_err(|e| draw_error(&e))
}

/// The part of the picture that something can be drawn in, in pixels.
struct Reach {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

/// Draws the plate and cuts it to what is not transparent.
fn render(content: &str, size: Size, reach: &Reach) -> Result<Option<Plate>, FilmError> {
    let tree = parse(content, size)?;
    let even = |v: f32| (v.max(0.0) as u32) & !1;
    let (left, top) = (even(reach.left), even(reach.top));
    let (right, bottom) = ((reach.right.ceil() as u32).min(size.width), (reach.bottom.ceil() as u32).min(size.height));
    let mut picture = Pixmap::new(right.saturating_sub(left), bottom.saturating_sub(top))
        .ok_or_else(|| FilmError::Draw { detail: format!("a picture of {size} cannot be drawn") })?;
    let moved = Transform::from_translate(-(left as f32), -(top as f32));
    resvg::render(&tree, moved, &mut picture.as_mut());
    let Some((x, y, size)) = bounds(&picture) else { return Ok(None) };
    let cut = IntRect::from_xywh(x as i32, y as i32, size.width, size.height).and_then(|r| picture.clone_rect(r));
    let cut = cut.ok_or_else(|| FilmError::Draw { detail: "a plate could not be cut out".to_owned() })?;
    Ok(Some(Plate { png: cut.encode_png().map_err(|e| draw_error(&e))?, x: left + x, y: top + y, size }))
}

/// The smallest even rectangle around all that is visible.
fn bounds(picture: &Pixmap) -> Option<(u32, u32, Size)> {
    let (width, height) = (picture.width(), picture.height());
    let (mut left, mut top, mut right, mut bottom) = (width, height, 0, 0);
    for (y, row) in picture.pixels().chunks_exact(width as usize).enumerate() {
        let mut seen = row.iter().enumerate().filter(|(_, p)| p.alpha() > 0).map(|(x, _)| x as u32);
        let Some(first) = seen.next() else { continue };
        let last = seen.next_back().unwrap_or(first);
        (left, right) = (left.min(first), right.max(last));
        (top, bottom) = (top.min(y as u32), y as u32);
    }
    let (x, y) = (left & !1, top & !1);
    let size = |from: u32, to: u32, end: u32| ((to + 2 - from) & !1).min(end - from);
    (right >= left).then(|| (x, y, Size { width: size(x, right, width), height: size(y, bottom, height) }))
}

fn draw_error(error: &dyn std::fmt::Display) -> FilmError {
    FilmError::Draw { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use story::Aspect;

    use super::*;

    const HOSTILE: [&str; 9] = [
        "It's 100%{} : \\ \"quoted\" [in] <b>bold</b> & ]]> done",
        "</text><image href='file:///etc/passwd'/>",
        "two\nrows\tand \u{0} a \u{1b} bell",
        "המנורה לא כבתה מעולם.",
        "لم ينطفئ المصباح قط.",
        "灯塔看守人每天晚上都爬上楼梯，没有人知道为什么那盏灯从来没有熄灭过。",
        "🐋 whales 👩‍👩‍👧 and 🇫🇷 flags",
        "Supercalifragilisticexpialidocious Donaudampfschifffahrtsgesellschaftskapitän",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM",
    ];

    /// Nothing may touch the edge: a plate that does was cut off there.
    fn check(plate: &Plate, size: Size, what: &str) {
        let (w, h) = (size.width, size.height);
        let (right, bottom) = (plate.x + plate.size.width, plate.y + plate.size.height);
        assert!(plate.x >= w / 50 && right <= w - w / 50, "{what:?} at {}..{right} of {w}", plate.x);
        assert!(plate.y >= h / 50 && bottom <= h - h / 50, "{what:?} at {}..{bottom} of {h}", plate.y);
        assert_eq!((plate.x % 2, plate.y % 2), (0, 0));
    }

    #[test]
    fn captions_of_any_text_lie_inside_every_picture() {
        let long = "x".repeat(200);
        for aspect in Aspect::ALL {
            let size = aspect.size(360);
            for text in HOSTILE.iter().copied().chain([long.as_str()]) {
                let plate = caption_plate(text, size).unwrap().expect("something to see");
                check(&plate, size, text);
                if aspect == Aspect::Tall {
                    let bottom = plate.y + plate.size.height;
                    assert!(bottom <= size.height * 82 / 100, "below is where apps put their buttons");
                }
            }
            assert_eq!(caption_plate(" \n", size).unwrap(), None);
        }
    }

    #[test]
    fn a_lit_word_changes_its_colour_and_nothing_else() {
        let size = Aspect::Wide.size(360);
        let text = "The keeper climbed the stairs every single night, as he had always done.";
        let panel = Panel::of(text, size).unwrap().expect("something to see");
        let plate = |lit| panel.plate(lit).unwrap().expect("something to see");
        let colours = |plate: &Plate| {
            let picture = Pixmap::decode_png(&plate.png).unwrap();
            let amber = |p: &tiny_skia::PremultipliedColorU8| u32::from(p.red()) > u32::from(p.blue()) + 60;
            picture.pixels().iter().map(amber).collect::<Vec<_>>()
        };
        let plain = plate(None);
        assert!(!colours(&plain).contains(&true));
        let mut seen = vec![false; colours(&plain).len()];
        for word in 0..text.split_whitespace().count() {
            let lit = plate(Some(word));
            assert_eq!((lit.x, lit.y, lit.size), (plain.x, plain.y, plain.size));
            let colours = colours(&lit);
            assert!(colours.contains(&true), "word {word}");
            assert!(!colours.iter().zip(&seen).any(|(now, before)| *now && *before), "word {word} is another's place");
            seen.iter_mut().zip(colours).for_each(|(seen, now)| *seen |= now);
        }
        assert_eq!(plate(Some(99)), plain);
    }

    #[test]
    fn titles_of_any_text_are_at_most_three_rows_inside_the_picture() {
        let long = "A very long title that goes on and on ".repeat(8);
        let word = "x".repeat(200);
        for aspect in Aspect::ALL {
            let size = aspect.size(360);
            for text in HOSTILE.iter().copied().chain([long.as_str(), word.as_str()]) {
                let card = CardText { title: text.to_owned(), subtitle: text.to_owned() };
                let plate = card_plate(&card, size).unwrap().expect("something to see");
                // The shade may reach the edges; the words may not.
                let words = words_of(&plate, size);
                check(&words, size, text);
            }
        }
        let empty = CardText { title: String::new(), subtitle: " ".to_owned() };
        assert_eq!(card_plate(&empty, Aspect::Wide.size(360)).unwrap(), None);
    }

    /// The part of a card that is brighter than its shade.
    fn words_of(plate: &Plate, size: Size) -> Plate {
        let mut picture = Pixmap::decode_png(&plate.png).unwrap();
        for pixel in picture.pixels_mut() {
            if pixel.red() < 100 {
                *pixel = tiny_skia::PremultipliedColorU8::TRANSPARENT;
            }
        }
        let (x, y, found) = bounds(&picture).expect("words");
        assert!(size.width >= plate.x + x + found.width);
        Plate { png: Vec::new(), x: plate.x + x, y: plate.y + y, size: found }
    }

    /// What lies around the letters of a plate, a tenth of their size from them, when the picture is as white as snow: the
    /// brightest but the last twentieth.
    fn around_letters(plate: &Plate, em: f32) -> [f32; 3] {
        let picture = Pixmap::decode_png(&plate.png).unwrap();
        let at = |x: i32, y: i32| picture.pixel(u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let off = (em / 10.0).ceil().max(2.0) as i32;
        let mut around = Vec::new();
        for (n, _) in picture.pixels().iter().enumerate().filter(|(_, pixel)| pixel.red() > 220) {
            let (x, y) = (n as i32 % picture.width() as i32, n as i32 / picture.width() as i32);
            for (dx, dy) in [(off, 0), (-off, 0), (0, off), (0, -off)] {
                // Premultiplied colour, over white.
                let under = at(x + dx, y + dy).filter(|pixel| pixel.red() < 40);
                let over_white = |c: u8, alpha: u8| f32::from(c) + 255.0 - f32::from(alpha);
                around.extend(under.map(|p| [p.red(), p.green(), p.blue()].map(|c| over_white(c, p.alpha()))));
            }
        }
        around.sort_by(|a, b| a[0].total_cmp(&b[0]));
        around[around.len() * 19 / 20]
    }

    /// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    fn contrast(a: [f32; 3], b: [f32; 3]) -> f32 {
        let light = |c: f32| if c <= 10.0 { c / 255.0 / 12.92 } else { ((c / 255.0 + 0.055) / 1.055).powf(2.4) };
        let luminance = |c: [f32; 3]| 0.2126 * light(c[0]) + 0.7152 * light(c[1]) + 0.0722 * light(c[2]);
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn words_can_be_read_on_the_whitest_picture() {
        const WHITE: [f32; 3] = [255.0; 3];
        const AMBER: [f32; 3] = [255.0, 210.0, 87.0];
        let text = "The keeper climbed the stairs every single night, as he had always done.";
        for aspect in Aspect::ALL {
            let size = aspect.size(360);
            let panel = Panel::of(text, size).unwrap().expect("something to see");
            let plate = panel.plate(None).unwrap().expect("something to see");
            let under = around_letters(&plate, panel.em);
            for word in [WHITE, AMBER] {
                assert!(contrast(word, under) >= 4.5, "{aspect}: {}", contrast(word, under));
            }
            let title = "An unusually wide title over snow".to_owned();
            let card = CardText { title, subtitle: "and its second line".to_owned() };
            let plate = card_plate(&card, size).unwrap().expect("something to see");
            let under = around_letters(&plate, 360.0 * SMALLEST);
            // Large letters need 3.
            assert!(contrast(WHITE, under) >= 3.0, "{aspect}: {}", contrast(WHITE, under));
        }
    }

    #[test]
    fn the_same_words_give_the_same_bytes() {
        let size = Aspect::Wide.size(360);
        assert_eq!(caption_plate("The lamp.", size).unwrap(), caption_plate("The lamp.", size).unwrap());
        assert_ne!(caption_plate("The lamp.", size).unwrap(), caption_plate("The lamb.", size).unwrap());
    }
}
