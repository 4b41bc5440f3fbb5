//! The shape of the picture.

use serde::{Deserialize, Serialize};

/// An aspect ratio that films are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Aspect {
    /// 16:9, landscape.
    #[default]
    #[serde(rename = "16:9")]
    Wide,
    /// 9:16, a phone held upright.
    #[serde(rename = "9:16")]
    Tall,
    /// 1:1.
    #[serde(rename = "1:1")]
    Square,
    /// 4:5, a feed post.
    #[serde(rename = "4:5")]
    Portrait,
    /// 21:9, cinema.
    #[serde(rename = "21:9")]
    Cinema,
}

/// A text that names no aspect ratio.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an aspect ratio: use 16:9, 9:16, 1:1, 4:5 or 21:9")]
pub struct AspectError(String);

impl Aspect {
    /// Every aspect ratio, the usual one first.
    pub const ALL: [Self; 5] = [Self::Wide, Self::Tall, Self::Square, Self::Portrait, Self::Cinema];

    /// The ratio as people write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wide => "16:9",
            Self::Tall => "9:16",
            Self::Square => "1:1",
            Self::Portrait => "4:5",
            Self::Cinema => "21:9",
        }
    }

    /// The picture size whose shorter side is `short` pixels (720 gives 1280×720 for 16:9). Both sides are even, as
    /// 4:2:0 video needs.
    pub fn size(self, short: u32) -> Size {
        let even = |x: u32| (x / 2) * 2;
        let (w, h) = match self {
            Self::Wide => (short * 16 / 9, short),
            Self::Tall => (short, short * 16 / 9),
            Self::Square => (short, short),
            Self::Portrait => (short, short * 5 / 4),
            Self::Cinema => (short * 21 / 9, short),
        };
        Size { width: even(w), height: even(h) }
    }
}

impl std::fmt::Display for Aspect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Aspect {
    type Err = AspectError;
    fn from_str(text: &str) -> Result<Self, AspectError> {
        Self::ALL.into_iter().find(|a| a.as_str() == text.trim()).ok_or_else(|| AspectError(text.to_owned()))
    }
}

/// A picture size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Size {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Size {
    /// Width over height.
    pub fn ratio(self) -> f32 {
        self.width as f32 / self.height as f32
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_even_and_have_the_right_shape() {
        assert_eq!(Aspect::Wide.size(720), Size { width: 1280, height: 720 });
        assert_eq!(Aspect::Tall.size(720), Size { width: 720, height: 1280 });
        for aspect in Aspect::ALL {
            for short in [240, 480, 720, 1080] {
                let size = aspect.size(short);
                assert_eq!((size.width % 2, size.height % 2), (0, 0), "{aspect} {size}");
            }
            assert_eq!(aspect.as_str().parse(), Ok(aspect));
        }
        assert!("16/9".parse::<Aspect>().is_err());
    }
}
