//! The illustrator: draws portraits, set sheets and frames from the story's own data.
//!
//! This module owns what is in a picture and how it looks: composition, sets, colours, styles. It must not know time beyond the
//! first frame; the animator moves what is drawn here. A frame carries its layered scene as a companion.

mod cache;
mod colour;
mod compose;
#[cfg(test)]
mod consistency;
mod drawable;
pub(crate) mod noise;
mod palette;
mod places;
pub(crate) mod png;
mod raster;
pub(crate) mod scene;
mod sheet;
#[cfg(test)]
pub(crate) mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use models::{Failure, FailureKind, ImageModel, ImageReply, ImageRequest, Job, ModelIdentity, Purpose};

pub(crate) use cache::raster_of;
pub(crate) use compose::path;
pub(crate) use raster::{DRIFT, Moves, RasterLayer, RasterScene, Span};
#[cfg(test)]
pub(crate) use raster::{Image, pinned};
pub(crate) use scene::LayeredScene;
pub(crate) use sheet::sheet_scene;
pub use sheet::{NounShown, SheetCell, noun_shown, sheet_cell};

/// Changes whenever an equal request would give another picture.
pub const VERSION: &str = "7";

/// The largest side of a picture, in pixels.
const LARGEST: u32 = 8192;

/// Draws pictures on this machine, for nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Illustrator;

impl Illustrator {
    /// An illustrator.
    pub fn new() -> Self {
        Self
    }
}

#[async_trait]
impl ImageModel for Illustrator {
    fn identity(&self) -> ModelIdentity {
        ModelIdentity { provider: "builtin".into(), model: "illustrator".into(), version: VERSION.into() }
    }

    async fn draw(&self, request: ImageRequest, job: Job) -> Result<ImageReply, Failure> {
        job.check()?;
        let size = request.size;
        let ratio = size.ratio();
        if size.width < 16
            || size.height < 16
            || size.width > LARGEST
            || size.height > LARGEST
            || !(0.25..=4.0).contains(&ratio)
        {
            return Err(Failure::new(FailureKind::Invalid, format!("a picture of {size} cannot be drawn")).hint(
                "Choose a size between 16 and 8192 pixels a side, no more than four times as long as it is short.",
            ));
        }
        let watched = job.clone();
        tokio::task::spawn_blocking(move || {
            let scene = compose::compose(&request.purpose, &request.look, size, request.seed, request.take);
            watched.check()?;
            watched.progress(0.2);
            // Only frames are set in motion later.
            let drawn = match request.purpose {
                Purpose::Frame { .. } => raster_of(&scene, size),
                _ => Arc::new(raster::rasterise(&scene, size)),
            };
            watched.check()?;
            watched.progress(0.8);
            let png = crate::animator::first_frame(&drawn)?;
            watched.progress(1.0);
            Ok(ImageReply { png, companion: Some(scene.write()?) })
        })
        .await
        .map_err(|error| {
            Failure::new(FailureKind::Local, format!("the illustrator stopped in the middle of its work: {error}"))
        })?
    }
}
