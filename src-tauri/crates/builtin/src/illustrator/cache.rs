//! The last few drawn scenes, so that a frame and its clip do not both draw the layers. A cache only: losing it costs time.

use std::sync::{Arc, Mutex, PoisonError};

use models::{Failure, FailureKind};
use story::Size;

use super::raster::{RasterScene, rasterise};
use super::scene::{FORM, LayeredScene};

/// How many bytes of layers are kept: those of a short film, and few enough of a large picture.
const KEPT: usize = 160 << 20;

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
    cache.push((key, Arc::clone(&drawn)));
    let mut held = 0;
    let newest = cache.iter().rev().take_while(|(_, scene)| {
        held += bytes_of(scene);
        held <= KEPT
    });
    let old = cache.len() - newest.count();
    cache.drain(..old);
    drawn
}

fn bytes_of(scene: &RasterScene) -> usize {
    scene.layers.iter().map(|layer| layer.pixels.len() * 4).sum::<usize>() + scene.shade.len()
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
