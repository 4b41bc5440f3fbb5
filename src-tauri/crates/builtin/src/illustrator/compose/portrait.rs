//! The sheet of a character: one figure on a plain ground.

use models::PortraitView;
use story::{Character, Facing, Look, Mood, Pose, Seed, Size, TimeOfDay, Weather};

use super::camera;
use crate::art;
use crate::illustrator::colour::{WHITE, mix};
use crate::illustrator::palette::Palette;
use crate::illustrator::scene::{Drawable, FORM, Layer, LayeredScene, STAGE, View};

/// Draws somebody from one side.
pub(super) fn portrait(character: &Character, view: PortraitView, look: &Look, size: Size, seed: Seed) -> LayeredScene {
    let palette = Palette::of(TimeOfDay::Day, Weather::Clear, look);
    let width = LayeredScene::width_for(size);
    let (facing, side) = match view {
        PortraitView::Front => (Facing::Camera, art::View::Front),
        PortraitView::Side => (Facing::Right, art::View::Side),
        PortraitView::Back => (Facing::Away, art::View::Back),
    };
    let figure = art::portrait(character, side);
    let unit = (STAGE * 0.70 / figure.height.max(1.0)).min(width * 0.78 / figure.width.max(1.0));
    let feet = STAGE * 0.5 + figure.height * unit * 0.5;
    let colour = mix(palette.sky[2], mix(palette.light, WHITE, 0.5), 0.62);
    let body = Drawable::Figure {
        character: Box::new(character.clone()),
        pose: Pose::Stand,
        facing,
        holding: String::new(),
        x: 0.0,
        y: feet,
        unit,
        sunk: 0.0,
        dark: false,
        mood: Mood::default(),
    };
    let layer = |drawable, depth| Layer::new(drawable, depth, seed);
    let layers = vec![
        layer(Drawable::Backdrop { colour, floor_y: feet - 60.0 }, 0.1),
        layer(Drawable::Shadow { x: 0.0, y: feet, width: figure.width * unit * 0.9 }, 0.84),
        layer(body, 0.85),
    ];
    LayeredScene {
        form: FORM,
        width,
        style: look.style,
        palette,
        view: View::PLAIN,
        camera: camera::still(),
        layers,
        particles: vec![],
        vignette: 0.12,
    }
}
