//! Pages: what stands where on them, in points from the upper left corner, and the PDF file of it.

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::{Data, Document};

use super::letters::{Letters, Look};
use crate::FilmError;
use crate::rows;

/// Where a text is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Left,
    Middle,
    Right,
}

/// A row of text.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) look: Look,
    /// The size of the letters.
    pub(super) size: f32,
    pub(super) x: f32,
    /// Where the letters stand.
    pub(super) baseline: f32,
    pub(super) hold: Hold,
    /// How dark it is, from 0 (black).
    pub(super) grey: u8,
}

/// Something on a page.
pub(super) enum Item {
    Words(Words),
    /// A picture as JPEG, drawn to these bounds.
    Picture {
        jpeg: Vec<u8>,
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    /// A filled box.
    Box {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        grey: u8,
    },
}

/// A paper size in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Paper {
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Paper {
    /// A4, upright.
    pub(super) const UPRIGHT: Self = Self { width: 595.28, height: 841.89 };
    /// A4, on its side.
    pub(super) const WIDE: Self = Self { width: 841.89, height: 595.28 };
}

/// The pages as a PDF file.
pub(super) fn pdf(
    title: &str,
    paper: Paper,
    pages: Vec<Vec<Item>>,
    letters: &mut Letters,
) -> Result<Vec<u8>, FilmError> {
    let broken = |detail: String| FilmError::Draw { detail: format!("the pages could not be made: {detail}") };
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).creator("Workprint".to_owned()));
    for items in pages {
        let settings = PageSettings::from_wh(paper.width, paper.height).ok_or_else(|| broken("no paper".to_owned()))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for item in items {
            match item {
                Item::Words(words) => {
                    let runs = letters.runs(&words.text, words.look);
                    let width: f32 = runs.iter().map(|run| run.width * words.size).sum();
                    let mut x = match words.hold {
                        Hold::Left => words.x,
                        Hold::Middle => words.x - width / 2.0,
                        Hold::Right => words.x - width,
                    };
                    surface.set_fill(Some(grey(words.grey)));
                    for run in runs {
                        let at = Point::from_xy(x, words.baseline);
                        surface.draw_glyphs(at, &run.glyphs, run.font, &run.text, words.size, false);
                        x += run.width * words.size;
                    }
                }
                Item::Picture { jpeg, x, y, width, height } => {
                    let image = Image::from_jpeg(Data::from(jpeg), true).map_err(&broken)?;
                    let size = Size::from_wh(width, height).ok_or_else(|| broken("an empty picture".to_owned()))?;
                    surface.push_transform(&Transform::from_translate(x, y));
                    surface.draw_image(image, size);
                    surface.pop();
                }
                Item::Box { x, y, width, height, grey: dark } => {
                    let mut path = PathBuilder::new();
                    path.push_rect(
                        Rect::from_xywh(x, y, width, height).ok_or_else(|| broken("an empty box".to_owned()))?,
                    );
                    surface.set_fill(Some(grey(dark)));
                    if let Some(path) = path.finish() {
                        surface.draw_path(&path);
                    }
                }
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|e| broken(format!("{e:?}")))
}

fn grey(dark: u8) -> Fill {
    Fill {
        paint: rgb::Color::new(dark, dark, dark).into(),
        opacity: NormalizedF32::ONE,
        rule: krilla::paint::FillRule::default(),
    }
}

/// A text in rows no wider than `width`, at most `most` of them; what does not fit ends with an ellipsis.
pub(super) fn fitted(letters: &mut Letters, text: &str, look: Look, size: f32, width: f32, most: usize) -> Vec<String> {
    let mut rows: Vec<String> = Vec::new();
    let mut cut = false;
    // A token wider than the row is broken by its cells; half an em is about one.
    let cells = ((width / (size * 0.6)) as usize).max(4);
    for token in rows::tokens(text, cells) {
        let longer = rows.last().map(|row| format!("{row}{}{}", if token.spaced { " " } else { "" }, token.text));
        if let Some(longer) = longer
            && letters.width(&longer, look, size) <= width
        {
            rows.pop();
            rows.push(longer);
        } else if rows.len() == most {
            cut = true;
            break;
        } else {
            rows.push(token.text.to_owned());
        }
    }
    if cut && let Some(row) = rows.last_mut() {
        while !row.is_empty() && letters.width(&format!("{row}…"), look, size) > width {
            row.pop();
        }
        row.truncate(row.trim_end_matches([' ', ',', ';', '.']).len());
        row.push('…');
    }
    rows
}
