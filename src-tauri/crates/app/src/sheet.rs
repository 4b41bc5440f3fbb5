//! Contact sheets: one labelled picture a cell, as the illustrator would draw it.

use std::path::Path;

use builtin::illustrator::{NounShown, SheetCell, noun_shown, sheet_cell};
use film::{caption_plate, card_plate};
use story::{CardText, PlaceKind, Size, Style, TimeOfDay, Weather};
use tiny_skia::{Pixmap, PixmapPaint, Transform};

use crate::problem::{bad_request, internal, unwritable};
use crate::wire::Problem;

/// A cell in pixels.
const CELL: Size = Size { width: 384, height: 216 };
/// Cells side by side.
const ACROSS: usize = 5;
/// The most cells on a sheet.
const MOST: usize = 1000;

/// What a sheet shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetOf {
    /// One cell for each noun.
    Nouns(Vec<String>),
    /// One cell for each place at each hour, a row a place.
    Places,
    /// One cell for each style.
    Styles,
}

impl SheetOf {
    fn cells(self) -> Vec<(String, SheetCell)> {
        match self {
            Self::Nouns(nouns) => nouns.into_iter().map(|n| (n.clone(), SheetCell::Noun(n))).collect(),
            Self::Places => PlaceKind::ALL
                .iter()
                .flat_map(|kind| TimeOfDay::ALL.iter().map(move |time| (*kind, *time)))
                .map(|(kind, time)| {
                    let label = format!("{}, {}", kind.as_str().replace('_', " "), time.as_str());
                    (label, SheetCell::Place(kind, time, Weather::Clear))
                })
                .collect(),
            Self::Styles => {
                Style::ALL.into_iter().map(|s| (s.as_str().replace('_', " "), SheetCell::Style(s))).collect()
            }
        }
    }
}

/// Draws a sheet to a PNG file.
pub async fn contact_sheet(of: SheetOf, out: &Path) -> Result<(), Problem> {
    let cells = of.cells();
    if cells.is_empty() || cells.len() > MOST {
        return Err(bad_request(
            format!("A sheet of {} pictures cannot be drawn.", cells.len()),
            &format!("Give from 1 to {MOST} nouns."),
        ));
    }
    let out = out.to_owned();
    let png = tokio::task::spawn_blocking(move || draw(&cells)).await.map_err(|e| internal(e.to_string()))??;
    std::fs::write(&out, png).map_err(|e| unwritable(&out, &e))
}

/// What stands for a thing that there is no picture of.
fn words_of(noun: &str) -> CardText {
    CardText { title: noun.to_owned(), subtitle: String::new() }
}

fn draw(cells: &[(String, SheetCell)]) -> Result<Vec<u8>, Problem> {
    let fault = |e: &dyn std::fmt::Display| internal(format!("The sheet could not be drawn: {e}"));
    let (across, down) = (ACROSS.min(cells.len()), cells.len().div_ceil(ACROSS));
    let mut sheet = Pixmap::new(CELL.width * across as u32, CELL.height * down as u32)
        .ok_or_else(|| internal("The sheet is too large."))?;
    let mut put = |png: &[u8], x: u32, y: u32| -> Result<(), Problem> {
        let picture = Pixmap::decode_png(png).map_err(|e| fault(&e))?;
        sheet.draw_pixmap(x as i32, y as i32, picture.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        Ok(())
    };
    for (i, (label, cell)) in cells.iter().enumerate() {
        let (x, y) = ((i % ACROSS) as u32 * CELL.width, (i / ACROSS) as u32 * CELL.height);
        put(&sheet_cell(cell, CELL).map_err(|e| fault(&e))?, x, y)?;
        let in_words = matches!(cell, SheetCell::Noun(noun) if noun_shown(noun) == NounShown::Nothing);
        if in_words && let Some(card) = card_plate(&words_of(label), CELL)? {
            put(&card.png, x + card.x, y + card.y)?;
        }
        let label = if in_words { format!("{label} – in words") } else { label.clone() };
        if let Some(plate) = caption_plate(&label, CELL)? {
            put(&plate.png, x + plate.x, y + plate.y)?;
        }
    }
    sheet.encode_png().map_err(|e| fault(&e))
}
