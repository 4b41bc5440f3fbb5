//! A slate: what is shown where a shot is missing, so that the film goes on and nobody takes it for the shot.

use story::{CardText, Size};
use tiny_skia::{Color, Pixmap, PixmapPaint, Transform};

use crate::FilmError;
use crate::plate::card_plate;

/// A dark picture with what is missing and why, PNG. It can be given to [`crate::conform_shot`] in place of the clip.
pub fn slate(words: &CardText, size: Size) -> Result<Vec<u8>, FilmError> {
    let draw = |what: &dyn std::fmt::Display| FilmError::Draw { detail: what.to_string() };
    let mut picture =
        Pixmap::new(size.width, size.height).ok_or_else(|| draw(&format!("a picture of {size} cannot be drawn")))?;
    picture.fill(Color::from_rgba8(24, 27, 33, 255));
    if let Some(plate) = card_plate(words, size)? {
        let plate_picture = Pixmap::decode_png(&plate.png).map_err(|e| draw(&e))?;
        let (x, y) = (plate.x as i32, plate.y as i32);
        let paint = PixmapPaint::default();
        picture.draw_pixmap(x, y, plate_picture.as_ref(), &paint, Transform::identity(), None);
    }
    picture.encode_png().map_err(|e| draw(&e))
}

#[cfg(test)]
mod tests {
    use super::*;
    use story::Aspect;

    #[test]
    fn a_slate_is_a_whole_picture_with_words_in_it() {
        for aspect in Aspect::ALL {
            let size = aspect.size(240);
            let words = CardText { title: "Shot 7 is missing".into(), subtitle: "its clip could not be made".into() };
            let picture = Pixmap::decode_png(&slate(&words, size).unwrap()).unwrap();
            assert_eq!((picture.width(), picture.height()), (size.width, size.height));
            assert!(picture.pixels().iter().all(|p| p.alpha() == 255));
            assert!(picture.pixels().iter().any(|p| p.red() > 200), "words are bright");
        }
    }
}
