//! Pictures from outside: which format they are, and bringing them to the size that was asked for.

use std::io::Cursor;

use image::imageops::{FilterType, crop_imm, resize};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use story::Size;

/// The largest side that is read, in pixels.
const LARGEST: u32 = 8192;
/// The most memory that reading one may take: a small file can say that it is huge.
const MEMORY: u64 = 512 << 20;

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PictureError {
    #[error("it is no PNG, JPEG or WebP picture")]
    Format,
    #[error("the picture is damaged or too large: {0}")]
    Damaged(String),
}

fn damaged(error: &image::ImageError) -> PictureError {
    PictureError::Damaged(error.to_string())
}

fn format(bytes: &[u8]) -> Result<ImageFormat, PictureError> {
    image::guess_format(bytes)
        .ok()
        .filter(|f| matches!(f, ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP))
        .ok_or(PictureError::Format)
}

/// The media type of a picture by its first bytes.
pub(crate) fn media(bytes: &[u8]) -> Option<&'static str> {
    format(bytes).ok().map(|f| f.to_mime_type())
}

/// Reads a whole picture; says as well how its colours are kept in the file.
pub(crate) fn read(bytes: &[u8]) -> Result<(DynamicImage, ExtendedColorType), PictureError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(bytes)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|e| damaged(&e))?;
    if decoder.total_bytes() > MEMORY {
        return Err(PictureError::Damaged("it would take too much memory".into()));
    }
    let colours = decoder.original_color_type();
    Ok((DynamicImage::from_decoder(decoder).map_err(|e| damaged(&e))?, colours))
}

/// The picture as a PNG of 8 bits and exactly this size: scaled until it covers it, what stands over cut off evenly. A
/// PNG that has this form already stays as it is.
pub(crate) fn fit(bytes: &[u8], size: Size) -> Result<Vec<u8>, PictureError> {
    let (picture, colours) = read(bytes)?;
    let same = (picture.width(), picture.height()) == (size.width, size.height);
    let plain = matches!(colours, ExtendedColorType::Rgb8 | ExtendedColorType::Rgba8);
    if same && plain && format(bytes)? == ImageFormat::Png {
        return Ok(bytes.to_vec());
    }
    let rgb = picture.into_rgb8();
    let rgb = if same { rgb } else { cover(&rgb, size) };
    let mut png = Cursor::new(Vec::new());
    rgb.write_to(&mut png, ImageFormat::Png).map_err(|e| damaged(&e))?;
    Ok(png.into_inner())
}

/// The middle of the picture in the shape of `size`, scaled to it. (Cut first: a long strip that is scaled first would
/// become a huge picture on the way.)
fn cover(picture: &image::RgbImage, size: Size) -> image::RgbImage {
    let (w, h) = picture.dimensions();
    let scale = (f64::from(size.width) / f64::from(w)).max(f64::from(size.height) / f64::from(h));
    let keep = |side: u32, of: u32| (f64::from(side) / scale).round().clamp(1.0, f64::from(of)) as u32;
    let (width, height) = (keep(size.width, w), keep(size.height, h));
    let kept = crop_imm(picture, (w - width) / 2, (h - height) / 2, width, height).to_image();
    resize(&kept, size.width, size.height, FilterType::CatmullRom)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};
    use proptest::prelude::*;

    use super::*;

    fn picture(w: u32, h: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let half = |x, _| if x < w / 2 { Rgb([200, 30, 30]) } else { Rgb([30, 30, 200]) };
        RgbImage::from_fn(w, h, half).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_png_of_the_right_size_is_not_touched_and_all_formats_are_read() {
        let png = picture(32, 18, ImageFormat::Png);
        assert_eq!(fit(&png, Size { width: 32, height: 18 }).unwrap(), png);
        for format in [ImageFormat::Jpeg, ImageFormat::WebP] {
            let bytes = picture(32, 18, format);
            assert_eq!(media(&bytes), Some(format.to_mime_type()));
            let fitted = read(&fit(&bytes, Size { width: 32, height: 18 }).unwrap()).unwrap().0.into_rgb8();
            assert!(fitted.get_pixel(4, 9)[0] > 150 && fitted.get_pixel(28, 9)[2] > 150, "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_or_half_of_one_or_a_bomb_is_not_taken() {
        let size = Size { width: 8, height: 8 };
        assert_eq!(fit(b"<html>", size), Err(PictureError::Format));
        assert_eq!(fit(b"GIF89a\x01\x00\x01\x00", size), Err(PictureError::Format));
        let png = picture(64, 64, ImageFormat::Png);
        assert!(matches!(fit(&png[..png.len() / 2], size), Err(PictureError::Damaged(_))));
        let mut bomb = png;
        bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
        assert!(matches!(fit(&bomb, size), Err(PictureError::Damaged(_))));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn any_picture_comes_to_any_size_with_its_middle_in_the_middle(
            w in 40_u32..90, h in 20_u32..60, width in 8_u32..90, height in 8_u32..90,
        ) {
            let fitted = read(&fit(&picture(w, h, ImageFormat::Png), Size { width, height }).unwrap()).unwrap().0.into_rgb8();
            prop_assert_eq!(fitted.dimensions(), (width, height));
            prop_assert!(fitted.get_pixel(0, 0)[0] > fitted.get_pixel(width - 1, 0)[0]);
        }
    }
}
