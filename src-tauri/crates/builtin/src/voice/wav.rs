//! WAV files: reads what engines write, writes what the film wants.

use models::{Failure, FailureKind};

/// The rate of every sound that leaves the voice, in hertz.
pub(super) const RATE: u32 = 48_000;

/// Reads a PCM WAV of 16 bits: the samples of its first channel, -1 to 1, and its rate. Reads to the end of the bytes
/// when the header promises more, as engines that write to a pipe do. Format: RIFF/WAVE, Microsoft and IBM 1991.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<f32>, u32), Failure> {
    let bad = |what: &str| {
        Failure::new(FailureKind::Local, format!("the voice engine gave a sound that cannot be read: {what}"))
    };
    if bytes.get(..4) != Some(b"RIFF".as_slice()) || bytes.get(8..12) != Some(b"WAVE".as_slice()) {
        return Err(bad("it is not a WAV file"));
    }
    let mut rest = &bytes[12..];
    let mut form = None;
    while let Some((head, body)) = rest.split_at_checked(8) {
        let promised = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let size = promised.min(body.len());
        match &head[..4] {
            b"fmt " if size >= 16 => {
                let word = |at: usize| u16::from_le_bytes([body[at], body[at + 1]]);
                let rate = u32::from_le_bytes([body[4], body[5], body[6], body[7]]);
                form = Some((usize::from(word(2)).max(1), rate, word(14)));
            }
            b"data" => {
                let (channels, rate, bits) = form.ok_or_else(|| bad("its form is missing"))?;
                if bits != 16 || !(4_000..=192_000).contains(&rate) {
                    return Err(bad(&format!("{bits} bits at {rate} Hz")));
                }
                let frames = body[..size].chunks_exact(2 * channels);
                return Ok((frames.map(|f| f32::from(i16::from_le_bytes([f[0], f[1]])) / 32_768.0).collect(), rate));
            }
            _ => {}
        }
        rest = body.get(size + size % 2..).unwrap_or_default();
    }
    Err(bad("there is no sound in it"))
}

/// Writes mono samples, -1 to 1, as a WAV of 16 bits at 48 kHz.
pub(super) fn write(samples: &[f32]) -> Vec<u8> {
    let size = samples.len() as u32 * 2;
    let mut out = Vec::with_capacity(44 + size as usize);
    out.extend_from_slice(b"RIFF");
    out.extend_from_slice(&(36 + size).to_le_bytes());
    out.extend_from_slice(b"WAVEfmt ");
    out.extend_from_slice(&16_u32.to_le_bytes());
    for word in [1_u16, 1] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(&RATE.to_le_bytes());
    out.extend_from_slice(&(RATE * 2).to_le_bytes());
    for word in [2_u16, 16] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    out.extend_from_slice(b"data");
    out.extend_from_slice(&size.to_le_bytes());
    for s in samples {
        out.extend_from_slice(&((s * 32_767.0).round().clamp(-32_767.0, 32_767.0) as i16).to_le_bytes());
    }
    out
}
