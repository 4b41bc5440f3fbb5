//! The mix: voice at its times, music that makes room for it, one loudness for the whole film.
//!
//! Sound is summed here, in 32-bit floats at 48 kHz, a chunk at a time through temporary files, so that an hour needs
//! no more memory than a minute. The result is measured after encoding, because encoding moves peaks.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use futures::{StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use story::{LineId, Timeline};
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio_util::sync::CancellationToken;

use crate::draft::Draft;
use crate::ducking::Ducking;
use crate::sound::{BLOCK, Meter, RATE, Samples, decode, from_db, sample, speech, speech_loudness};
use crate::stems::Stems;
use crate::{Ffmpeg, FilmError, Progress, limiter};

/// The loudness of a film in LUFS, as streaming services play it.
const TARGET: f32 = -16.0;
/// No true peak of the finished file is higher, in dBTP.
const HIGHEST_PEAK: f32 = -1.2;
/// Where the limiter starts: encoding to AAC raises peaks by up to a decibel.
const CEILING: f32 = -2.0;
/// Music without a voice over it, in LUFS before the whole is made equally loud.
const MUSIC: f32 = -20.0;
/// Nothing is made louder than by this many decibels: noise is not sound.
const LOUDEST_GAIN: f32 = 40.0;
/// And no line by more than this.
const LOUDEST_SPEECH_GAIN: f32 = 30.0;
/// The ambience under all else, as its maker plays it: it is felt more than heard.
const AMBIENCE_DB: f32 = -10.0;
/// The music fades at its ends.
const MUSIC_IN_MS: u64 = 60;
const MUSIC_OUT_MS: u64 = 1500;
/// How many lines are read at once.
const READ_AHEAD: usize = 4;
/// How much is worked on at a time: 100 ms of blocks.
const CHUNK: usize = BLOCK * 100;

/// The sound of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LineSound {
    /// The line.
    pub line: LineId,
    /// Its sound file, any format ffmpeg reads; mono WAV of 48 kHz and 16 bits is read fastest.
    pub file: PathBuf,
}

/// Everything that is heard.
#[derive(Debug, Clone, Copy)]
pub struct MixOrder<'a> {
    /// When it is heard.
    pub timeline: &'a Timeline,
    /// The lines that are spoken; others are silent.
    pub lines: &'a [LineSound],
    /// The music; ends with the film.
    pub music: Option<&'a Path>,
    /// What the places sound like; as long as the film.
    pub ambience: Option<&'a Path>,
    /// A folder in which voice, music and ambience are kept as well, each in a file of its own ([`crate::STEM_NAMES`]).
    pub stems: Option<&'a Path>,
    /// How fast the voice is played, in percent, as [`crate::lay_out`] said.
    pub voice_tempo_percent: u32,
}

/// The finished sound as it was measured in the encoded file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MixReport {
    /// Integrated loudness in LUFS; minus infinity for silence.
    pub loudness_lufs: f32,
    /// The highest true peak in dBTP; minus infinity for silence.
    pub true_peak_dbtp: f32,
}

/// The places of the temporary files, all raw samples.
struct Tracks {
    folder: TempDir,
    /// Stereo frames of the whole film.
    frames: u64,
    cancel: CancellationToken,
}

impl Tracks {
    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn failed(&self) -> impl Fn(std::io::Error) -> FilmError + use<> {
        let path = self.folder.path().to_owned();
        move |error| FilmError::file("mixing", &path)(error)
    }
}

/// Mixes the sound of the film to `out` (M4A, AAC), exactly as long as the film, at −16 LUFS. A film without voice
/// and music gets silence.
pub async fn mix(
    ffmpeg: &Ffmpeg,
    order: &MixOrder<'_>,
    out: &Path,
    cancel: &CancellationToken,
    progress: &Progress,
) -> Result<MixReport, FilmError> {
    let timeline = order.timeline;
    let draft = Draft::of(out)?;
    let folder = draft.path().parent().unwrap_or(Path::new("."));
    let folder = TempDir::with_prefix_in(".mix-", folder).map_err(FilmError::file("mixing", out))?;
    let frames = u64::from(timeline.frames()) * u64::from(RATE) / u64::from(timeline.fps.max(1));
    let tracks = Tracks { folder, frames, cancel: cancel.clone() };

    let spoken = voice_track(ffmpeg, order, &tracks, progress).await?;
    progress(0.3);
    if let Some(music) = order.music {
        decode(ffmpeg, music, timeline.duration_ms(), &tracks.file("music"), cancel).await?;
    }
    if let Some(ambience) = order.ambience {
        decode(ffmpeg, ambience, timeline.duration_ms(), &tracks.file("ambience"), cancel).await?;
    }
    progress(0.4);
    let beds = Beds {
        music: order.music.is_some(),
        ambience: order.ambience.is_some(),
        stems: order.stems.map(Path::to_owned),
    };
    let (tracks, summed) = on_a_thread(move || {
        let summed = sum(&tracks, &spoken, &beds)?;
        Ok((tracks, summed))
    })
    .await?;
    progress(0.6);

    let (mut tracks, mut summed, mut ceiling) = (tracks, summed, CEILING);
    let mut tries = 0;
    loop {
        (tracks, summed) = on_a_thread(move || {
            master(&tracks, &summed, ceiling)?;
            Ok((tracks, summed))
        })
        .await?;
        ffmpeg
            .call("encoding the sound", out)
            .args(["-f", "f32le", "-ar", "48000", "-ac", "2"])
            .arg_input(&tracks.file("master"))
            .args(ffmpeg.aac_args())
            .args(["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact"])
            .file(draft.path())
            .output(cancel)
            .await?;
        let report = measure(ffmpeg, draft.path(), cancel).await?;
        tries += 1;
        progress(0.6 + 0.1 * tries as f32);
        if report.true_peak_dbtp <= HIGHEST_PEAK || tries == 3 {
            draft.keep()?;
            progress(1.0);
            return Ok(report);
        }
        ceiling -= report.true_peak_dbtp - HIGHEST_PEAK + 0.2;
    }
}

/// Writes the voice track: every line equally loud at its time. Gives the samples between which somebody speaks.
async fn voice_track(
    ffmpeg: &Ffmpeg,
    order: &MixOrder<'_>,
    tracks: &Tracks,
    progress: &Progress,
) -> Result<Vec<(u64, u64)>, FilmError> {
    let path = tracks.file("voice");
    let mut file = BufWriter::new(std::fs::File::create(&path).map_err(tracks.failed())?);
    let mut at = 0;
    let mut spoken = Vec::new();
    let mut heard = Vec::new();
    for line in &order.timeline.lines {
        let Some(sound) = order.lines.iter().find(|sound| sound.line == line.line) else { continue };
        heard.push((line.start_ms, sound.file.clone()));
    }
    let count = heard.len();
    // A voice whose tempo changes takes a process to read, which is mostly starting it: the next ones start meanwhile.
    let tempo = order.voice_tempo_percent;
    let reading = heard.into_iter().map(|(start_ms, file)| {
        let (ffmpeg, cancel) = (ffmpeg.clone(), tracks.cancel.clone());
        async move { Ok::<_, FilmError>((start_ms, speech(&ffmpeg, &file, tempo, &cancel).await?)) }
    });
    let mut sounds = std::pin::pin!(futures::stream::iter(reading).buffered(READ_AHEAD));
    while let Some((start_ms, mut samples)) = sounds.try_next().await? {
        let gain = from_db((TARGET - speech_loudness(&samples)?).clamp(-LOUDEST_SPEECH_GAIN, LOUDEST_SPEECH_GAIN));
        for value in &mut samples {
            *value *= gain;
        }
        // A sound that is longer than its time pushes the next line a little; two voices at once are never understood.
        let start = (u64::from(start_ms) * u64::from(RATE) / 1000).max(at).min(tracks.frames);
        samples.truncate((tracks.frames - start) as usize);
        let silence = std::iter::repeat_n(0.0, (start - at) as usize);
        for value in silence.chain(samples.iter().copied()) {
            file.write_all(&value.to_le_bytes()).map_err(tracks.failed())?;
        }
        at = start + samples.len() as u64;
        spoken.push((start, at));
        progress(0.3 * spoken.len() as f32 / count as f32);
    }
    file.flush().map_err(tracks.failed())?;
    Ok(spoken)
}

/// What lies under the voice, and where the stems go.
struct Beds {
    music: bool,
    ambience: bool,
    stems: Option<PathBuf>,
}

/// Sums voice, music and ambience to the track "sum" and measures it.
fn sum(tracks: &Tracks, spoken: &[(u64, u64)], beds: &Beds) -> Result<Meter, FilmError> {
    let file = |there: bool, name: &str| there.then(|| tracks.file(name));
    let (music_file, ambience_file) = (file(beds.music, "music"), file(beds.ambience, "ambience"));
    let level = music_file.as_deref().map_or(Ok(0.0), |music| music_gain(tracks, music))?;
    let under = from_db(AMBIENCE_DB);
    let mut voice = Samples::open(Some(&tracks.file("voice"))).map_err(tracks.failed())?;
    let mut music = Samples::open(music_file.as_deref()).map_err(tracks.failed())?;
    let mut ambience = Samples::open(ambience_file.as_deref()).map_err(tracks.failed())?;
    let mut stems = beds.stems.as_deref().map(Stems::create).transpose().map_err(tracks.failed())?;
    let mut ducking = Ducking::new(spoken);
    let (fade_in, fade_out) = (MUSIC_IN_MS * u64::from(RATE) / 1000, MUSIC_OUT_MS * u64::from(RATE) / 1000);
    let (mut voiced, mut around) = (Vec::new(), Vec::new());
    let meter = write_track(tracks, "sum", Meter::new()?, |at, stereo| {
        voiced.resize(stereo.len() / 2, 0.0);
        around.resize(stereo.len(), 0.0);
        voice.read(&mut voiced)?;
        music.read(stereo)?;
        ambience.read(&mut around)?;
        let beds = stereo.chunks_exact_mut(2).zip(around.chunks_exact(2));
        for (i, ((frame, around), &voice)) in beds.zip(&voiced).enumerate() {
            let at = at + i as u64;
            let fade = ramp(at, fade_in) * ramp(tracks.frames - at, fade_out);
            let duck = ducking.gain(at);
            let gain = level * duck * fade;
            let music = [frame[0] * gain, frame[1] * gain];
            // The place stays when somebody speaks in it; it only steps back.
            let under = under * duck.sqrt();
            let ambience = [around[0] * under, around[1] * under];
            for (out, (music, ambience)) in frame.iter_mut().zip(music.into_iter().zip(ambience)) {
                *out = music + ambience + voice;
            }
            if let Some(stems) = &mut stems {
                stems.add([[voice; 2], music, ambience])?;
            }
        }
        Ok(())
    })?;
    stems.map_or(Ok(()), Stems::finish).map_err(tracks.failed())?;
    Ok(meter)
}

/// Rises from 0 to 1 over `length`.
fn ramp(at: u64, length: u64) -> f32 {
    (at as f32 / length as f32).min(1.0)
}

/// The gain that brings the music to its level.
fn music_gain(tracks: &Tracks, file: &Path) -> Result<f32, FilmError> {
    let mut music = Samples::open(Some(file)).map_err(tracks.failed())?;
    let meter = each_chunk(tracks, Meter::of_loudness()?, |_, stereo| music.read(stereo).map_err(tracks.failed()))?;
    let gain = MUSIC - meter.loudness()?;
    Ok(if gain.is_finite() { from_db(gain.min(LOUDEST_GAIN)) } else { 0.0 })
}

/// Writes the track "master": the sum at the film's loudness, its peaks under the ceiling (in dBTP).
fn master(tracks: &Tracks, summed: &Meter, ceiling: f32) -> Result<(), FilmError> {
    let loudness = summed.loudness()?;
    let mut gain = if loudness.is_finite() { (TARGET - loudness).min(LOUDEST_GAIN) } else { 0.0 };
    // The limiter takes loudness away, so the gain is raised until both are right.
    for _ in 0..4 {
        let factor = from_db(gain);
        let envelope = limiter::envelope(&summed.peaks, factor, from_db(ceiling));
        let mut sum = Samples::open(Some(&tracks.file("sum"))).map_err(tracks.failed())?;
        let mastered = write_track(tracks, "master", Meter::of_loudness()?, |at, stereo| {
            sum.read(stereo)?;
            for (i, frame) in stereo.chunks_exact_mut(2).enumerate() {
                let at = at as usize + i;
                let part = (at % BLOCK) as f32 / BLOCK as f32;
                let gain = factor * limiter::between(&envelope, at / BLOCK, part);
                frame[0] *= gain;
                frame[1] *= gain;
            }
            Ok(())
        })?;
        let missing = TARGET - mastered.loudness()?;
        if !missing.is_finite() || missing.abs() < 0.15 || gain >= LOUDEST_GAIN {
            break;
        }
        gain = (gain + missing).min(LOUDEST_GAIN);
    }
    Ok(())
}

/// Writes a track as long as the film, chunk by chunk, and measures it.
fn write_track(
    tracks: &Tracks,
    name: &str,
    meter: Meter,
    mut fill: impl FnMut(u64, &mut [f32]) -> std::io::Result<()>,
) -> Result<Meter, FilmError> {
    let file = std::fs::File::create(tracks.file(name)).map_err(tracks.failed())?;
    let mut file = BufWriter::new(file);
    let meter = each_chunk(tracks, meter, |at, stereo| {
        fill(at, stereo).map_err(tracks.failed())?;
        stereo.iter().try_for_each(|s| file.write_all(&s.to_le_bytes())).map_err(tracks.failed())
    })?;
    file.flush().map_err(tracks.failed())?;
    Ok(meter)
}

/// Goes through the film in chunks and measures what `fill` puts into them.
fn each_chunk(
    tracks: &Tracks,
    mut meter: Meter,
    mut fill: impl FnMut(u64, &mut [f32]) -> Result<(), FilmError>,
) -> Result<Meter, FilmError> {
    let mut stereo = vec![0.0; CHUNK * 2];
    let mut at = 0;
    while at < tracks.frames {
        if tracks.cancel.is_cancelled() {
            return Err(FilmError::Cancelled);
        }
        let count = (tracks.frames - at).min(CHUNK as u64) as usize;
        let chunk = &mut stereo[..count * 2];
        fill(at, chunk)?;
        meter.add(chunk)?;
        at += count as u64;
    }
    Ok(meter)
}

/// Measures an encoded file as it will be heard.
async fn measure(ffmpeg: &Ffmpeg, path: &Path, cancel: &CancellationToken) -> Result<MixReport, FilmError> {
    let call = ffmpeg.call("measuring the sound", path).arg_input(path);
    let call = call.args(["-f", "f32le", "-ar", "48000", "-ac", "2", "pipe:1"]);
    call.read(cancel, |mut stdout| async move {
        let mut meter = Meter::new()?;
        let mut bytes = Vec::new();
        let failed = || FilmError::file("measuring the sound", path);
        loop {
            bytes.clear();
            (&mut stdout).take(CHUNK as u64 * 8).read_to_end(&mut bytes).await.map_err(failed())?;
            if bytes.is_empty() {
                break;
            }
            let samples: Vec<f32> = bytes.chunks_exact(4).map(sample).collect();
            meter.add(&samples)?;
        }
        Ok(MixReport { loudness_lufs: meter.loudness()?, true_peak_dbtp: meter.true_peak() })
    })
    .await
}

async fn on_a_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FilmError> + Send + 'static,
) -> Result<T, FilmError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| FilmError::Draw { detail: e.to_string() })?
}
