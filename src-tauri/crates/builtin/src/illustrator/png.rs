//! PNG in and out: 8 bits, RGB.

use models::{Failure, FailureKind};
use story::Size;

/// The largest picture that is read, in pixels.
const LARGEST: u64 = 64_000_000;

/// Writes RGB rows, 3 bytes a pixel.
pub(crate) fn encode(size: Size, rgb: &[u8]) -> Result<Vec<u8>, Failure> {
    let failed = |error: png::EncodingError| {
        Failure::new(FailureKind::Local, format!("a picture of {size} could not be written as PNG: {error}"))
    };
    let mut out = vec![];
    let mut encoder = png::Encoder::new(&mut out, size.width, size.height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(rgb).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(out)
}

/// Reads any PNG as opaque pixels; what is transparent lies on white.
pub(crate) fn decode(bytes: &[u8]) -> Result<(Size, Vec<[u8; 4]>), Failure> {
    let failed = |why: String| {
        Failure::new(FailureKind::Invalid, format!("the still of a shot is not a PNG that can be read: {why}"))
            .hint("Draw the frame again.")
    };
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(|error| failed(error.to_string()))?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > LARGEST || width < 2 || height < 2 {
        return Err(failed(format!("{width}x{height} pixels")));
    }
    let length = reader.output_buffer_size().ok_or_else(|| failed("it is too large".into()))?;
    let mut data = vec![0; length];
    let info = reader.next_frame(&mut data).map_err(|error| failed(error.to_string()))?;
    let samples = info.color_type.samples();
    let pixels = data[..info.buffer_size()]
        .chunks_exact(samples)
        .map(|p| {
            let (rgb, alpha) = match *p {
                [v] => ([v; 3], 255),
                [v, a] => ([v; 3], a),
                [r, g, b] => ([r, g, b], 255),
                [r, g, b, a, ..] => ([r, g, b], a),
                [] => ([255; 3], 255),
            };
            let on_white = |v: u8| ((u32::from(v) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255) as u8;
            [on_white(rgb[0]), on_white(rgb[1]), on_white(rgb[2]), 255]
        })
        .collect();
    Ok((Size { width, height }, pixels))
}
