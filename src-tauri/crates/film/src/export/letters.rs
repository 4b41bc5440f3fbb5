//! Letters on pages: which face has which letter, how wide a text is, and its glyphs for the PDF.
//!
//! The bundled faces come first; a letter that none of them has is looked for among the system's, as captions do.

use std::collections::HashMap;
use std::sync::Arc;

use harfrust::{ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::Data;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::usvg::fontdb::ID;
use skrifa::{FontRef, MetadataProvider};

use crate::{FilmError, fonts};

/// The faces that pages are set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// A typewriter's letters, for all that is read.
    Typed,
    /// The same, bold.
    TypedBold,
    /// Names and numbers beside pictures.
    Label,
    /// The title of a film.
    Title,
}

impl Look {
    const ALL: [Self; 4] = [Self::Typed, Self::TypedBold, Self::Label, Self::Title];

    fn bytes(self) -> &'static [u8] {
        match self {
            Self::Typed => include_bytes!("../../assets/fonts/CourierPrime-Regular.otf"),
            Self::TypedBold => include_bytes!("../../assets/fonts/CourierPrime-Bold.otf"),
            Self::Label => fonts::TEXT_FILE,
            Self::Title => fonts::TITLE_FILE,
        }
    }
}

/// A face with its bytes, which the PDF and the shaper both read.
struct Face {
    bytes: Arc<dyn AsRef<[u8]> + Send + Sync>,
    index: u32,
    font: Font,
    units: f32,
}

impl Face {
    fn new(bytes: Arc<dyn AsRef<[u8]> + Send + Sync>, index: u32) -> Option<Self> {
        let font = Font::new(Data::from(Arc::clone(&bytes)), index)?;
        let units = font.units_per_em();
        Some(Self { bytes, index, font, units })
    }

    fn reference(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.bytes).as_ref(), self.index).ok()
    }

    fn has(&self, letter: char) -> bool {
        self.reference().is_some_and(|font| font.charmap().map(letter).is_some_and(|glyph| glyph.to_u32() != 0))
    }
}

/// A piece of text in one face.
pub(super) struct Run {
    pub(super) font: Font,
    pub(super) text: String,
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// Its width for letters of size 1.
    pub(super) width: f32,
}

/// The letters of one document.
pub(super) struct Letters {
    faces: Vec<Face>,
    /// The system's faces that were needed, by their place in `faces`.
    borrowed: HashMap<ID, usize>,
    /// Which face has a letter that the wanted one lacks; `None` when no face has it.
    found: HashMap<char, Option<usize>>,
}

impl Letters {
    pub(super) fn new() -> Result<Self, FilmError> {
        let face = |look: Look| {
            Face::new(Arc::new(look.bytes()), 0)
                .ok_or_else(|| FilmError::Draw { detail: format!("the letters for {look:?} cannot be read") })
        };
        let faces = Look::ALL.into_iter().map(face).collect::<Result<_, _>>()?;
        Ok(Self { faces, borrowed: HashMap::new(), found: HashMap::new() })
    }

    /// The width of a text on one row, in the unit of `size`.
    pub(super) fn width(&mut self, text: &str, look: Look, size: f32) -> f32 {
        self.runs(text, look).iter().map(|run| run.width * size).sum()
    }

    /// A text cut where its face changes, shaped.
    pub(super) fn runs(&mut self, text: &str, look: Look) -> Vec<Run> {
        let own = look as usize;
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for letter in text.chars() {
            let at = pieces.last().map(|(face, _)| *face);
            let face = match at {
                // Spaces and marks stay with the letters before them.
                Some(face) if letter.is_whitespace() || crate::rows::cells(letter) == 0 => face,
                _ if self.faces[own].has(letter) => own,
                _ => self.other(letter).unwrap_or(own),
            };
            match pieces.last_mut() {
                Some((last, piece)) if *last == face => piece.push(letter),
                _ => pieces.push((face, letter.to_string())),
            }
        }
        pieces.into_iter().map(|(face, piece)| shape(&self.faces[face], piece)).collect()
    }

    /// A face that has a letter which the wanted one lacks.
    fn other(&mut self, letter: char) -> Option<usize> {
        if let Some(known) = self.found.get(&letter) {
            return *known;
        }
        let here = self.faces.iter().position(|face| face.has(letter));
        let face = here.or_else(|| self.borrow(letter));
        self.found.insert(letter, face);
        face
    }

    fn borrow(&mut self, letter: char) -> Option<usize> {
        let system = fonts::all();
        let has = |bytes: &[u8], index: u32| {
            FontRef::from_index(bytes, index).is_ok_and(|font| font.charmap().map(letter).is_some())
        };
        let face = system.faces().find(|face| system.with_face_data(face.id, has) == Some(true))?;
        if let Some(place) = self.borrowed.get(&face.id) {
            return Some(*place);
        }
        let (bytes, index) = system.with_face_data(face.id, |bytes, index| (bytes.to_vec(), index))?;
        self.faces.push(Face::new(Arc::new(bytes), index)?);
        self.borrowed.insert(face.id, self.faces.len() - 1);
        Some(self.faces.len() - 1)
    }
}

/// The glyphs of a text in one face; each knows which letters it stands for, so that the text can be found and copied.
fn shape(face: &Face, text: String) -> Run {
    let mut glyphs = Vec::new();
    let mut width = 0.0;
    if let Some(font) = face.reference() {
        let data = ShaperData::new(&font);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        let shaped = data.shaper(&font).build().shape(buffer, ShapeOptions::new());
        let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        for (info, at) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            let start = info.cluster as usize;
            let end = starts.iter().copied().find(|next| *next > start).unwrap_or(text.len());
            let em = |units: i32| units as f32 / face.units;
            width += em(at.x_advance);
            glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                em(at.x_advance),
                em(at.x_offset),
                em(at.y_offset),
                em(at.y_advance),
                start..end,
                None,
            ));
        }
    }
    Run { font: face.font.clone(), text, glyphs, width }
}
