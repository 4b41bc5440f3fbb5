//! The last few drawn scenes, so that a frame and its clip do not both draw the layers. A cache only: losing it costs time.

use std::sync::{Arc, Mutex, PoisonError};

use models::{Failure, FailureKind};
use story::Size;

use super::raster::{RasterScene, rasterise};
use super::scene::{FORM, LayeredScene};

/// How many scenes are kept; one takes some tens of megabytes.
const KEPT: usize = 3;

type Entry = (blake3::Hash, Arc<RasterScene>);

static CACHE: Mutex<Vec<Entry>> = Mutex::new(vec![]);

/// The scene's layers as pixels, drawn now or a moment ago.
pub(crate) fn raster_of(scene: &LayeredScene, size: Size) -> Arc<RasterScene> {
    let Ok(bytes) = serde_json::to_vec(&(scene, size)) else { return Arc::new(rasterise(scene, size)) };
    let key = blake3::hash(&bytes);
    let kept = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, found)) = kept().iter().find(|(k, _)| *k == key) {
        return Arc::clone(found);
    }
    let drawn = Arc::new(rasterise(scene, size));
    let mut cache = kept();
    if cache.len() >= KEPT {
        cache.remove(0);
    }
    cache.push((key, Arc::clone(&drawn)));
    drawn
}

impl LayeredScene {
    /// The companion's bytes: JSON.
    pub(crate) fn write(&self) -> Result<Vec<u8>, Failure> {
        serde_json::to_vec(self).map_err(|error| {
            Failure::new(FailureKind::Invalid, format!("the layers of a frame could not be written: {error}"))
        })
    }

    /// A scene from a companion; `None` for bytes that are not one, or of another form.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice::<Self>(bytes).ok().filter(|scene| scene.form == FORM)
    }
}
