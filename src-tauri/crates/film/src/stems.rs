//! Stems: voice, music and ambience each in a file of its own, as loud as they are in the mix before its last desk.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use hound::{SampleFormat, WavSpec, WavWriter};

use crate::sound::RATE;

/// The names of the files, in their order.
pub const STEM_NAMES: [&str; 3] = ["voice.wav", "music.wav", "ambience.wav"];

/// The files that are being written: stereo, 48 kHz, 32-bit floats.
pub(crate) struct Stems([WavWriter<BufWriter<File>>; 3]);

impl Stems {
    /// New files in a folder, which must be there.
    pub(crate) fn create(folder: &Path) -> io::Result<Self> {
        let spec = WavSpec { channels: 2, sample_rate: RATE, bits_per_sample: 32, sample_format: SampleFormat::Float };
        let [voice, music, ambience] = STEM_NAMES.map(|name| WavWriter::create(folder.join(name), spec));
        Ok(Self([
            voice.map_err(io::Error::other)?,
            music.map_err(io::Error::other)?,
            ambience.map_err(io::Error::other)?,
        ]))
    }

    /// Adds a frame: voice, music, ambience, each left and right.
    pub(crate) fn add(&mut self, frame: [[f32; 2]; 3]) -> io::Result<()> {
        for (file, sides) in self.0.iter_mut().zip(frame) {
            for sample in sides {
                file.write_sample(sample).map_err(io::Error::other)?;
            }
        }
        Ok(())
    }

    /// Closes the files.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.0.into_iter().try_for_each(|file| file.finalize().map_err(io::Error::other))
    }
}
