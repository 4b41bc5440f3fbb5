//! The sound of a film as a file of its own.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::put::Over;
use crate::draft::Draft;
use crate::{Ffmpeg, FilmError, Progress};

/// MP3 encoders in the order of preference.
const MP3: [&str; 2] = ["libmp3lame", "libshine"];

/// What a sound file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoundFormat {
    /// Uncompressed, 16 bits.
    Wav,
    /// MP3, for listening.
    Mp3,
}

/// Saves the sound of a film, which is `length_ms` long, under a title that players show.
pub async fn sound_of(
    ffmpeg: &Ffmpeg,
    film: &Path,
    (format, title, length_ms): (SoundFormat, &str, u32),
    (out, over): (&Path, Over),
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<(), FilmError> {
    over.check(out)?;
    let codec: Vec<&str> = match format {
        SoundFormat::Wav => vec!["-c:a", "pcm_s16le", "-f", "wav"],
        SoundFormat::Mp3 => {
            let encoder = ffmpeg.first_of(&MP3, "MP3 sound").await?;
            vec!["-c:a", encoder, "-b:a", "192k", "-id3v2_version", "3", "-f", "mp3"]
        }
    };
    let draft = Draft::of(out)?;
    ffmpeg
        .call("saving the sound", film)
        .arg_input(film)
        .args(["-map", "0:a:0", "-vn", "-map_metadata", "-1", "-map_chapters", "-1", "-metadata"])
        .args([format!("title={}", story::clean_text(title, 200))])
        .args(codec)
        .file(draft.path())
        .timed(length_ms, cancel, progress)
        .await?;
    draft.keep_as(over)
}
