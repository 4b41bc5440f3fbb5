//! What clips must be: the still first, then motion, every frame by itself, and never an edge.

use models::{Animator as _, Failure, FailureKind, FrameSource, Motion};
use story::{CameraMove, Framing, PlaceKind, Pose, Size, Style, TimeOfDay, Weather};

use super::Animator;
use crate::illustrator::png;
use crate::illustrator::tests::Stage;

const SMALL: Size = Size { width: 192, height: 108 };

/// A frame, the layers behind it, and how it is to move.
struct Order {
    frame: Vec<u8>,
    layers: Option<Vec<u8>>,
    motion: Motion,
}

fn order(stage: &Stage, size: Size) -> Order {
    let reply = stage.draw(size);
    let motion = Motion { camera: stage.shot.camera, take: 0, size, fps: 30, frames: 90 };
    Order { frame: reply.png, layers: reply.companion, motion }
}

impl Order {
    fn animate(&self) -> Result<Box<dyn FrameSource>, Failure> {
        Animator::new().animate(&self.frame, self.layers.as_deref(), self.motion)
    }
}

fn source(order: &Order) -> Box<dyn FrameSource> {
    order.animate().unwrap()
}

fn frame(source: &dyn FrameSource, index: u32) -> Vec<u8> {
    let size = source.size();
    let mut out = vec![0; (size.width * size.height * 3 / 2) as usize];
    source.draw(index, &mut out);
    out
}

/// Mean difference of the luma.
fn difference(a: &[u8], b: &[u8]) -> f64 {
    let luma = a.len() * 2 / 3;
    a[..luma].iter().zip(&b[..luma]).map(|(x, y)| f64::from(x.abs_diff(*y))).sum::<f64>() / luma as f64
}

/// The luma of an RGB pixel, BT.709 limited range.
fn luma(p: [u8; 4]) -> f64 {
    16.0 + (0.2126 * f64::from(p[0]) + 0.7152 * f64::from(p[1]) + 0.0722 * f64::from(p[2])) * 219.0 / 255.0
}

#[test]
fn the_first_frame_is_the_still() {
    for style in [Style::Flat, Style::Watercolor, Style::Pixel] {
        let mut stage = Stage::new(PlaceKind::Coast, Framing::Wide, 2);
        stage.look.style = style;
        let order = order(&stage, SMALL);
        let (_, still) = png::decode(&order.frame).unwrap();
        let first = frame(source(&order).as_ref(), 0);
        let d =
            still.iter().zip(&first).map(|(p, y)| (luma(*p) - f64::from(*y)).abs()).sum::<f64>() / still.len() as f64;
        assert!(d < 1.5, "{style:?}: {d}");
    }
}

#[test]
fn frames_move_and_do_not_depend_on_each_other() {
    let mut stage = Stage::new(PlaceKind::Sea, Framing::Wide, 2);
    stage.place.weather = Weather::Rain;
    stage.shot.subjects[0].pose = Pose::Walk;
    let (a, b) = (source(&order(&stage, SMALL)), source(&order(&stage, SMALL)));
    let forward: Vec<_> = [0, 30, 60].map(|i| frame(a.as_ref(), i)).into();
    let backward: Vec<_> = [60, 30, 0].map(|i| frame(b.as_ref(), i)).into();
    assert!(forward.iter().eq(backward.iter().rev()));
    assert!(difference(&forward[0], &forward[1]) > 0.2 && difference(&forward[1], &forward[2]) > 0.2);
    assert_eq!((a.frames(), a.size()), (90, SMALL));
}

#[test]
fn the_camera_moves_and_never_shows_an_edge() {
    for camera in CameraMove::ALL {
        for (kind, framing) in [
            (PlaceKind::Coast, Framing::Wide),
            (PlaceKind::Kitchen, Framing::Medium),
            (PlaceKind::City, Framing::CloseUp),
        ] {
            let mut stage = Stage::new(kind, framing, 1);
            stage.shot.camera = *camera;
            let clip = source(&order(&stage, SMALL));
            let frames = [0, 45, 89].map(|i| frame(clip.as_ref(), i));
            let (w, h) = (SMALL.width as usize, SMALL.height as usize);
            for (i, f) in frames.iter().enumerate() {
                let border =
                    (0..w).flat_map(|x| [x, (h - 1) * w + x]).chain((0..h).flat_map(|y| [y * w, y * w + w - 1]));
                // By day nothing at the border is black unless nothing was drawn there.
                let black = border.filter(|&at| f[at] <= 17).count();
                assert!(black == 0, "{camera:?} in {} shows {black} empty pixels in frame {i}", kind.as_str());
            }
            if *camera != CameraMove::Hold {
                assert!(difference(&frames[0], &frames[2]) > 0.4, "{camera:?} does not move");
            }
        }
    }
}

#[test]
fn lights_flicker_beams_turn_and_snow_falls() {
    for (kind, time, weather) in [
        (PlaceKind::Coast, TimeOfDay::Night, Weather::Clear),
        (PlaceKind::Snowfield, TimeOfDay::Night, Weather::Snow),
        (PlaceKind::Underwater, TimeOfDay::Day, Weather::Clear),
        (PlaceKind::Space, TimeOfDay::Night, Weather::Clear),
    ] {
        let mut stage = Stage::new(kind, Framing::Wide, 0);
        (stage.place.time, stage.place.weather) = (time, weather);
        let clip = source(&order(&stage, SMALL));
        assert!(
            difference(&frame(clip.as_ref(), 0), &frame(clip.as_ref(), 70)) > 0.05,
            "{} stands still",
            kind.as_str()
        );
    }
}

#[test]
fn a_still_without_layers_is_moved_itself() {
    let stage = Stage::new(PlaceKind::Meadow, Framing::Wide, 1);
    for camera in CameraMove::ALL {
        for companion in [None, Some(b"not a scene".to_vec())] {
            let mut order = order(&stage, SMALL);
            order.layers = companion;
            order.motion.camera = *camera;
            // Another shape than the picture's: it is cut, not stretched.
            order.motion.size = Size { width: 108, height: 108 };
            let clip = source(&order);
            let (first, last) = (frame(clip.as_ref(), 0), frame(clip.as_ref(), 89));
            assert_eq!(first == last, *camera == CameraMove::Hold, "{camera:?}");
        }
    }
}

#[test]
fn another_take_moves_in_another_way() {
    let mut stage = Stage::new(PlaceKind::Coast, Framing::Wide, 1);
    stage.shot.camera = CameraMove::PushIn;
    let mut order = order(&stage, SMALL);
    for layers in [order.layers.take(), None] {
        order.layers = layers;
        let ends: Vec<_> = (0..4)
            .map(|take| {
                order.motion.take = take;
                frame(source(&order).as_ref(), 89)
            })
            .collect();
        for (i, end) in ends.iter().enumerate() {
            assert!(ends[..i].iter().all(|other| difference(other, end) > 0.2), "take {i} is one there was");
        }
    }
}

#[test]
fn what_cannot_be_animated_is_refused_with_words() {
    let stage = Stage::new(PlaceKind::Meadow, Framing::Wide, 0);
    let refuse = |order: &Order| order.animate().err().unwrap();
    let mut odd = order(&stage, SMALL);
    odd.motion.size.width = 191;
    assert_eq!(refuse(&odd).kind, FailureKind::Invalid);
    let broken = Order { frame: vec![1, 2, 3], layers: None, ..order(&stage, SMALL) };
    assert!(refuse(&broken).message.contains("PNG"));
}

/// How long a frame takes at 1280×720; run by hand.
#[test]
#[ignore = "measures, does not judge"]
fn milliseconds_a_frame() {
    let size = Size { width: 1280, height: 720 };
    for (kind, framing, style) in [
        (PlaceKind::Coast, Framing::Wide, Style::Watercolor),
        (PlaceKind::Forest, Framing::Full, Style::Flat),
        (PlaceKind::City, Framing::Wide, Style::Noir),
        (PlaceKind::Kitchen, Framing::Medium, Style::Flat),
    ] {
        let mut stage = Stage::new(kind, framing, 2);
        (stage.look.style, stage.shot.camera) = (style, CameraMove::PushIn);
        let start = std::time::Instant::now();
        let clip = source(&order(&stage, size));
        let drawn = start.elapsed();
        let start = std::time::Instant::now();
        for i in 0..60 {
            frame(clip.as_ref(), i);
        }
        println!(
            "{} {style:?}: frame {drawn:?}, {:.1} ms each",
            kind.as_str(),
            start.elapsed().as_secs_f64() * 1000.0 / 60.0
        );
    }
}
