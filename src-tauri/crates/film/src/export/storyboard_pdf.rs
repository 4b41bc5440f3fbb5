//! The storyboard on pages: a contact sheet with a picture, framing, what happens, what is heard and the length of each
//! shot.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageReader};
use tokio_util::sync::CancellationToken;

use super::Papers;
use super::letters::{Letters, Look};
use super::page::{Hold, Item, Paper, Words, fitted, pdf};
use super::papers::{Numbered, angle_word, camera_word, framing_word, one_row};
use crate::{FilmError, Progress};

/// The edge of the paper, in points.
const MARGIN: f32 = 34.0;
/// Room between cells.
const GUTTER: f32 = 14.0;
/// Where the cells begin, below the head of the page.
const TOP: f32 = 72.0;
/// The room of a cell below its picture.
const UNDER: f32 = 84.0;
/// Pixels of a picture to a point: sharp on paper and small in the file.
const SHARP: f32 = 3.0;
const JPEG_QUALITY: u8 = 86;

/// How many cells a page has, and the size of a picture in them.
struct Grid {
    across: usize,
    down: usize,
    width: f32,
    height: f32,
}

impl Grid {
    /// As many cells as stand well on the paper for pictures of this shape.
    fn of(ratio: f32) -> Self {
        let across = match ratio {
            r if r >= 1.9 => 2,
            r if r >= 1.2 => 3,
            r if r >= 0.9 => 4,
            _ => 5,
        };
        let room = Paper::WIDE.width - 2.0 * MARGIN - GUTTER * (across - 1) as f32;
        let tall = Paper::WIDE.height - TOP - MARGIN;
        let width = room / across as f32;
        let (width, height) = (width, width / ratio);
        let fits = (((tall + GUTTER) / (height + UNDER + GUTTER)) as usize).max(1);
        let most = tall / fits as f32 - UNDER - GUTTER;
        // A picture that is too tall for the paper is made smaller.
        let height = height.min(most.max(60.0));
        Self { across, down: fits, width: width.min(height * ratio), height }
    }

    fn cells(&self) -> usize {
        self.across * self.down
    }
}

/// The storyboard as a PDF. `ratio` is the film's, width over height. Blocks; told to stop, it stops between two pictures.
pub fn storyboard_pdf(
    papers: &Papers,
    ratio: f32,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<Vec<u8>, FilmError> {
    let mut letters = Letters::new()?;
    let title = one_row(&papers.script.title);
    let shots = papers.numbered();
    let grid = Grid::of(ratio.clamp(0.3, 3.0));
    let sheets: Vec<&[Numbered<'_>]> = if shots.is_empty() { vec![&[]] } else { shots.chunks(grid.cells()).collect() };
    let length_ms: u32 = shots.iter().map(|shot| shot.length_ms).sum();
    let about = format!("{} shots · {}", shots.len(), seconds(length_ms));
    let mut pages = Vec::new();
    let mut done = 0;
    for (index, sheet) in sheets.iter().enumerate() {
        let mut items = head(&title, &about, index + 1, sheets.len(), &mut letters);
        for (place, shot) in sheet.iter().enumerate() {
            if cancel.is_cancelled() {
                return Err(FilmError::Cancelled);
            }
            let room = (Paper::WIDE.width - 2.0 * MARGIN - GUTTER * (grid.across - 1) as f32) / grid.across as f32;
            let x = MARGIN + (place % grid.across) as f32 * (room + GUTTER);
            let y = TOP + (place / grid.across) as f32 * (grid.height + UNDER + GUTTER);
            cell(papers, shot, &grid, (x, y, room), &mut letters, &mut items)?;
            done += 1;
            progress(done as f32 / shots.len().max(1) as f32 * 0.9);
        }
        pages.push(items);
    }
    let bytes = pdf(&title, Paper::WIDE, pages, &mut letters)?;
    progress(1.0);
    Ok(bytes)
}

fn seconds(ms: u32) -> String {
    let tenths = (ms + 50) / 100;
    if tenths < 600 {
        format!("{}.{} s", tenths / 10, tenths % 10)
    } else {
        format!("{}:{:02}", tenths / 600, tenths / 10 % 60)
    }
}

fn head(title: &str, about: &str, page: usize, pages: usize, letters: &mut Letters) -> Vec<Item> {
    let right = Paper::WIDE.width - MARGIN;
    let mut items = Vec::new();
    let mut put = |text: String, look, size, x, hold, grey| {
        items.push(Item::Words(Words { text, look, size, x, baseline: 48.0, hold, grey }));
    };
    let shown = fitted(letters, title, Look::Title, 18.0, 520.0, 1).pop().unwrap_or_default();
    put(shown, Look::Title, 18.0, MARGIN, Hold::Left, 0);
    put(format!("{about} · {page} / {pages}"), Look::Typed, 9.0, right, Hold::Right, 90);
    items.push(Item::Box { x: MARGIN, y: 57.0, width: right - MARGIN, height: 0.6, grey: 120 });
    items
}

fn cell(
    papers: &Papers,
    shot: &Numbered<'_>,
    grid: &Grid,
    (x, y, room): (f32, f32, f32),
    letters: &mut Letters,
    items: &mut Vec<Item>,
) -> Result<(), FilmError> {
    let left = x + (room - grid.width) / 2.0;
    items.push(Item::Box { x: left, y, width: grid.width, height: grid.height, grey: 226 });
    let picture = papers.pictures.get(&shot.shot.id).map(|path| picture(path, grid)).transpose()?;
    match picture {
        Some((jpeg, width, height)) => {
            let (x, y) = (left + (grid.width - width) / 2.0, y + (grid.height - height) / 2.0);
            items.push(Item::Picture { jpeg, x, y, width, height });
        }
        None => {
            let words = Words {
                text: "not drawn yet".to_owned(),
                look: Look::Typed,
                size: 9.0,
                x: left + grid.width / 2.0,
                baseline: y + grid.height / 2.0,
                hold: Hold::Middle,
                grey: 110,
            };
            items.push(Item::Words(words));
        }
    }
    let mut baseline = y + grid.height + 13.0;
    let mut put = |text: String, look, size, x, baseline, hold, grey| {
        items.push(Item::Words(Words { text, look, size, x, baseline, hold, grey }));
    };
    let number = format!("{}.{}", shot.scene_number, shot.number);
    put(number, Look::Label, 10.0, x, baseline, Hold::Left, 0);
    put(seconds(shot.length_ms), Look::Typed, 8.5, x + room, baseline, Hold::Right, 60);
    let mut how = framing_word(shot.shot.framing).to_owned();
    if shot.shot.angle != story::Angle::Eye {
        how = format!("{how}, {}", angle_word(shot.shot.angle));
    }
    if shot.shot.camera != story::CameraMove::Hold {
        how = format!("{how}, {}", camera_word(shot.shot.camera));
    }
    let room_of_how = room - 26.0 - 40.0;
    let how = fitted(letters, &how, Look::Typed, 7.5, room_of_how, 1).pop().unwrap_or_default();
    put(how, Look::Typed, 7.5, x + 26.0, baseline, Hold::Left, 60);
    baseline += 12.0;
    for row in fitted(letters, &one_row(&shot.shot.action), Look::TypedBold, 8.0, room, 3) {
        put(row, Look::TypedBold, 8.0, x, baseline, Hold::Left, 20);
        baseline += 10.0;
    }
    let heard: Vec<String> = papers
        .heard(shot.shot)
        .into_iter()
        .map(|line| match papers.speaker(line) {
            (_, true) => one_row(&line.text),
            (name, false) => format!("{}: {}", one_row(&name), one_row(&line.text)),
        })
        .collect();
    if !heard.is_empty() {
        baseline += 2.0;
        for row in fitted(letters, &format!("“{}”", heard.join(" ")), Look::Typed, 7.5, room, 3) {
            put(row, Look::Typed, 7.5, x, baseline, Hold::Left, 60);
            baseline += 9.5;
        }
    }
    Ok(())
}

/// A picture as a small JPEG, and its size on the paper: as large as fits, in its own shape.
fn picture(path: &Path, grid: &Grid) -> Result<(Vec<u8>, f32, f32), FilmError> {
    let unusable = |e: &dyn std::fmt::Display| FilmError::Unusable { path: path.to_owned(), detail: e.to_string() };
    let mut reader = ImageReader::open(path)
        .and_then(ImageReader::with_guessed_format)
        .map_err(FilmError::file("reading a picture", path))?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(16_384);
    limits.max_image_height = Some(16_384);
    reader.limits(limits);
    let whole = reader.decode().map_err(|e| unusable(&e))?;
    let ratio = whole.width() as f32 / whole.height().max(1) as f32;
    let width = grid.width.min(grid.height * ratio);
    let height = width / ratio;
    let pixels = ((width * SHARP) as u32).clamp(16, whole.width().max(16));
    let small = whole.resize(pixels, u32::MAX, FilterType::CatmullRom);
    let mut jpeg = Cursor::new(Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, JPEG_QUALITY);
    DynamicImage::ImageRgb8(small.to_rgb8()).write_with_encoder(encoder).map_err(|e| unusable(&e))?;
    Ok((jpeg.into_inner(), width, height))
}
