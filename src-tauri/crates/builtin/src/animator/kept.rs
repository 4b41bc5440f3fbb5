//! Rows of a layer that is drawn larger than it is, read along once and kept for all the rows of the picture between them.
//!
//! Owns what was read already of which row; a walk reads. What is kept is of one frame.

use super::lay::Wide;

/// The last two rows of a layer that were read along, an even and an odd one.
#[derive(Default)]
pub(super) struct Kept([KeptRow; 2]);

/// A row of a layer as the picture shows it, so far as it was read.
#[derive(Default)]
struct KeptRow {
    /// Which one.
    row: Option<usize>,
    /// The pixels of the picture's row that were read.
    from: usize,
    to: usize,
    pixels: Vec<Wide>,
}

impl Kept {
    /// Forgets what was read: the next frame shows the layer elsewhere.
    pub(super) fn forget(&mut self) {
        for kept in &mut self.0 {
            kept.row = None;
        }
    }

    /// Reads what of a range of a row was not read yet, and what lies between that and what was.
    #[inline(always)]
    pub(super) fn extend(&mut self, row: usize, range: (usize, usize), read: impl FnMut(usize, usize, &mut [Wide])) {
        self.0[row & 1].extend(row, range, read);
    }

    /// What was read of a row, for pixels of the picture's row.
    pub(super) fn pixels(&self, row: usize, (from, to): (usize, usize)) -> &[Wide] {
        &self.0[row & 1].pixels[from..to]
    }
}

impl KeptRow {
    #[inline(always)]
    fn extend(&mut self, row: usize, (from, to): (usize, usize), mut read: impl FnMut(usize, usize, &mut [Wide])) {
        if self.row != Some(row) {
            (self.row, self.from, self.to) = (Some(row), from, from);
        }
        if self.pixels.len() < to {
            self.pixels.resize(to, [0; 4]);
        }
        if from < self.from {
            read(from, self.from, &mut self.pixels[from..self.from]);
            self.from = from;
        }
        if to > self.to {
            read(self.to, to, &mut self.pixels[self.to..to]);
            self.to = to;
        }
    }
}
