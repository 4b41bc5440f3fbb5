//! What pictures must be, seen through the public face and the layered scene.

use models::{FailureKind, ImageModel, ImageReply, ImageRequest, Job, PortraitView, Purpose};
use story::{
    Angle, Aspect, CameraMove, Character, Facing, Features, Framing, Look, Minter, Nature, Place, PlaceKind, Pose,
    Seed, Shot, Size, Style, Subject, SubjectOf, TimeOfDay, Weather,
};

use super::scene::{Drawable, LayeredScene};
use super::{Illustrator, SheetCell, compose, png, sheet_cell};

/// A small picture: quick to draw, large enough to be looked at by a test.
const SMALL: Size = Size { width: 160, height: 90 };

/// A shot with its cast and place, for tests of the illustrator and the animator.
pub(crate) struct Stage {
    pub(crate) shot: Shot,
    pub(crate) cast: Vec<Character>,
    pub(crate) place: Place,
    pub(crate) look: Look,
    pub(crate) seed: Seed,
}

impl Stage {
    /// A keeper and a whale on a coast at dusk, or as many of them as `who` says.
    pub(crate) fn new(kind: PlaceKind, framing: Framing, who: usize) -> Self {
        let mut minter = Minter::new(Seed::new(5));
        let place = Place {
            id: minter.place(),
            variant_of: None,
            name: "here <&\"'".into(),
            kind,
            time: TimeOfDay::Day,
            weather: Weather::Clear,
            props: vec!["lighthouse".into()],
        };
        let mut somebody = |noun: &str, nature| Character {
            id: minter.cast(),
            name: "<script>".into(),
            drawn_as: None,
            aliases: vec![],
            noun: noun.into(),
            nature,
            visible: true,
            features: Features::default(),
        };
        let cast: Vec<Character> = [
            somebody("fisherman", Nature::Human),
            somebody("whale", Nature::SeaAnimal),
            somebody("girl", Nature::Human),
        ]
        .into_iter()
        .take(who)
        .collect();
        let subject = |c: &Character| Subject {
            of: SubjectOf::Cast(c.id.clone()),
            pose: Pose::Stand,
            facing: Facing::Right,
            holding: String::new(),
        };
        let shot = Shot {
            id: minter.shot(),
            scene: minter.scene(),
            place: place.id.clone(),
            framing,
            angle: Angle::Eye,
            camera: CameraMove::Hold,
            action: String::new(),
            subjects: cast.iter().map(subject).collect(),
            mood: story::Mood::default(),
            lines: vec![],
            duration_ms: 4000,
        };
        Self { shot, cast, place, look: Look::default(), seed: Seed::new(11) }
    }

    /// What is asked of the illustrator.
    pub(crate) fn purpose(&self) -> Purpose {
        Purpose::Frame { shot: self.shot.clone(), cast: self.cast.clone(), place: self.place.clone() }
    }

    fn scene(&self, size: Size) -> LayeredScene {
        compose::compose(&self.purpose(), &self.look, size, self.seed, 0)
    }

    /// The drawn frame.
    pub(crate) fn draw(&self, size: Size) -> ImageReply {
        draw(self.purpose(), &self.look, size, self.seed)
    }

    fn pixels(&self, size: Size) -> Vec<[u8; 4]> {
        png::decode(&self.draw(size).png).unwrap().1
    }
}

fn draw(purpose: Purpose, look: &Look, size: Size, seed: Seed) -> ImageReply {
    let request = ImageRequest {
        purpose,
        prompt: String::new(),
        look: look.clone(),
        size,
        seed,
        take: 0,
        references: Vec::new(),
        pictures: Vec::new(),
    };
    block(Illustrator::new().draw(request, Job::unwatched())).unwrap()
}

/// Runs a future to its end.
pub(crate) fn block<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn difference(a: &[[u8; 4]], b: &[[u8; 4]]) -> f64 {
    let sum: u64 = a.iter().zip(b).flat_map(|(p, q)| (0..3).map(move |c| u64::from(p[c].abs_diff(q[c])))).sum();
    sum as f64 / (a.len() * 3) as f64
}

fn spread(pixels: &[[u8; 4]]) -> f64 {
    let luma: Vec<f64> =
        pixels.iter().map(|p| f64::from(p[0]) * 0.3 + f64::from(p[1]) * 0.59 + f64::from(p[2]) * 0.11).collect();
    let mean = luma.iter().sum::<f64>() / luma.len() as f64;
    (luma.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / luma.len() as f64).sqrt()
}

#[test]
fn every_aspect_gives_its_size_and_the_same_order_the_same_picture() {
    for aspect in Aspect::ALL {
        let size = aspect.size(90);
        let stage = Stage::new(PlaceKind::Coast, Framing::Wide, 2);
        let (a, b) = (stage.draw(size), stage.draw(size));
        assert_eq!(png::decode(&a.png).unwrap().0, size, "{aspect}");
        assert_eq!(a, b, "{aspect}");
    }
}

#[test]
fn every_place_at_every_hour_is_a_picture() {
    for kind in PlaceKind::ALL {
        for time in TimeOfDay::ALL {
            let cell = SheetCell::Place(*kind, *time, Weather::Clear);
            let picture = sheet_cell(&cell, Size { width: 96, height: 54 }).unwrap();
            let pixels = png::decode(&picture).unwrap().1;
            assert!(spread(&pixels) > 4.0, "{} at {} is flat: {}", kind.as_str(), time.as_str(), spread(&pixels));
        }
    }
}

#[test]
fn every_weather_changes_the_picture() {
    let mut seen: Vec<Vec<[u8; 4]>> = vec![];
    for weather in Weather::ALL {
        let mut stage = Stage::new(PlaceKind::Village, Framing::Wide, 0);
        stage.place.weather = *weather;
        let pixels = stage.pixels(SMALL);
        assert!(seen.iter().all(|other| difference(other, &pixels) > 1.5), "{}", weather.as_str());
        seen.push(pixels);
    }
}

#[test]
fn every_style_looks_different() {
    let size = Size { width: 240, height: 136 };
    let drawn: Vec<_> = Style::ALL
        .iter()
        .map(|s| (s, png::decode(&sheet_cell(&SheetCell::Style(*s), size).unwrap()).unwrap().1))
        .collect();
    for (i, (a, pixels)) in drawn.iter().enumerate() {
        for (b, other) in &drawn[i + 1..] {
            let d = difference(pixels, other);
            assert!(d > 4.0, "{} and {} differ by {d}", a.as_str(), b.as_str());
        }
    }
}

#[test]
fn whoever_stands_has_the_feet_on_the_ground_and_above_the_captions() {
    for kind in PlaceKind::ALL.iter().filter(|k| !matches!(k, PlaceKind::Space | PlaceKind::Sky)) {
        for framing in [Framing::Establishing, Framing::Wide, Framing::Full] {
            let scene = Stage::new(*kind, framing, 1).scene(SMALL);
            let (figure, depth) = scene
                .layers
                .iter()
                .find_map(|l| match &l.drawable {
                    Drawable::Figure { x, y, .. } => Some(((*x, *y), l.depth)),
                    _ => None,
                })
                .unwrap_or_else(|| panic!("nobody in {}", kind.as_str()));
            let feet = scene.view.project(depth).apply(figure.0, figure.1);
            assert!(feet.1 < 1080.0 * 0.845, "{} {framing:?}: feet at {}", kind.as_str(), feet.1);
            // The ground is a land layer at the same depth, or a level floor that begins above the feet.
            let line = scene.layers.iter().find_map(|l| match &l.drawable {
                Drawable::Land { crest, .. } if l.depth > 0.84 && l.depth < 0.86 => {
                    let projection = scene.view.project(l.depth);
                    let x = projection.invert(feet.0, 0.0).0;
                    Some(projection.apply(x, crest.y(x, l.seed)).1)
                }
                _ => None,
            });
            if let Some(line) = line {
                assert!(
                    (-2.0..40.0).contains(&(feet.1 - line)),
                    "{} {framing:?}: feet {} ground {line}",
                    kind.as_str(),
                    feet.1
                );
            }
        }
    }
}

#[test]
fn a_swimmer_is_in_the_water_and_nobody_covers_another() {
    let scene = Stage::new(PlaceKind::Coast, Framing::Wide, 3).scene(SMALL);
    let mut boxes = vec![];
    for layer in &scene.layers {
        if let Drawable::Figure { x, y, unit, sunk, character, .. } = &layer.drawable {
            let (sx, sy) = scene.view.project(layer.depth).apply(*x, *y);
            assert_eq!(*sunk > 0.0, character.nature == Nature::SeaAnimal, "{}", character.noun);
            if *sunk > 0.0 {
                assert!(sy > 1080.0 * 0.5, "the whale is at {sy}, above the water");
            }
            boxes.push((sx, *unit));
        }
    }
    assert_eq!(boxes.len(), 3);
    boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
    assert!(boxes.windows(2).all(|w| w[1].0 - w[0].0 > 60.0), "{boxes:?}");
}

#[test]
fn two_shots_of_one_place_are_the_same_place_and_not_the_same_picture() {
    let one = Stage::new(PlaceKind::Coast, Framing::Wide, 1);
    let mut minter = Minter::new(Seed::new(77));
    let crests = |scene: &LayeredScene| {
        let land = scene.layers.iter().filter(|l| matches!(l.drawable, Drawable::Land { .. }));
        land.map(|l| (l.seed, serde_json::to_string(&l.drawable).unwrap())).collect::<Vec<_>>()
    };
    for _ in 0..4 {
        let other = Stage {
            shot: Shot { id: minter.shot(), ..one.shot.clone() },
            ..Stage::new(PlaceKind::Coast, Framing::Wide, 1)
        };
        assert_eq!(crests(&one.scene(SMALL)), crests(&other.scene(SMALL)));
        let d = difference(&one.pixels(SMALL), &other.pixels(SMALL));
        assert!(d > 1.5, "two shots differ by only {d}");
    }
}

#[test]
fn every_framing_and_angle_gives_a_picture_of_its_own() {
    let mut seen: Vec<(String, Vec<[u8; 4]>)> = vec![];
    for framing in Framing::ALL {
        for angle in [Angle::Eye, Angle::Low, Angle::BirdsEye] {
            if angle == Angle::BirdsEye && *framing != Framing::Wide {
                continue;
            }
            let mut stage = Stage::new(PlaceKind::Meadow, *framing, 3);
            stage.shot.angle = angle;
            let pixels = stage.pixels(SMALL);
            let name = format!("{framing:?} {angle:?}");
            assert!(spread(&pixels) > 4.0, "{name} is flat");
            for (other, drawn) in &seen {
                assert!(difference(drawn, &pixels) > 0.5, "{name} is {other}");
            }
            seen.push((name, pixels));
        }
    }
}

#[test]
fn a_companion_is_read_as_it_was_written_and_nothing_else_is() {
    let scene = Stage::new(PlaceKind::Kitchen, Framing::Medium, 2).scene(SMALL);
    let bytes = scene.write().unwrap();
    assert_eq!(LayeredScene::read(&bytes), Some(scene.clone()));
    assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
    assert_eq!(LayeredScene::read(b"{}"), None);
    let other_form = LayeredScene { form: 99, ..scene };
    assert_eq!(LayeredScene::read(&other_form.write().unwrap()), None);
}

#[test]
fn what_has_no_picture_is_not_drawn() {
    let plain = Stage::new(PlaceKind::Meadow, Framing::Wide, 1);
    let mut odd = Stage::new(PlaceKind::Meadow, Framing::Wide, 1);
    odd.place.props.push("qwzxv <svg/>".into());
    odd.shot.subjects.push(Subject {
        of: SubjectOf::Prop("zzgrble".into()),
        pose: Pose::Stand,
        facing: Facing::Left,
        holding: String::new(),
    });
    assert_eq!(plain.scene(SMALL), odd.scene(SMALL));
}

#[test]
fn portraits_sets_and_nouns_are_drawn() {
    let stage = Stage::new(PlaceKind::Library, Framing::Full, 1);
    for view in [PortraitView::Front, PortraitView::Side, PortraitView::Back] {
        let reply = draw(Purpose::Portrait { character: stage.cast[0].clone(), view }, &stage.look, SMALL, stage.seed);
        assert!(spread(&png::decode(&reply.png).unwrap().1) > 4.0, "{view:?}");
    }
    let set = draw(Purpose::SetSheet { place: stage.place.clone() }, &stage.look, SMALL, stage.seed);
    assert!(spread(&png::decode(&set.png).unwrap().1) > 4.0);
    let noun = |noun: &str| png::decode(&sheet_cell(&SheetCell::Noun(noun.into()), SMALL).unwrap()).unwrap().1;
    assert!(difference(&noun("lighthouse"), &noun("qwzxv")) > 2.0);
    assert!(difference(&noun("detective"), &noun("qwzxv")) > 2.0);
}

#[test]
fn a_picture_that_cannot_be_is_refused_with_words() {
    let stage = Stage::new(PlaceKind::Meadow, Framing::Wide, 0);
    for size in [Size { width: 0, height: 90 }, Size { width: 9000, height: 90 }, Size { width: 2000, height: 100 }] {
        let request = ImageRequest {
            purpose: stage.purpose(),
            prompt: String::new(),
            look: Look::default(),
            size,
            seed: stage.seed,
            take: 0,
            references: Vec::new(),
            pictures: Vec::new(),
        };
        let failure = block(Illustrator::new().draw(request, Job::unwatched())).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Invalid);
        assert!(failure.message.contains(&size.to_string()), "{failure}");
    }
    let job = Job::unwatched();
    job.token().cancel();
    let request = ImageRequest {
        purpose: stage.purpose(),
        prompt: String::new(),
        look: Look::default(),
        size: SMALL,
        seed: stage.seed,
        take: 0,
        references: Vec::new(),
        pictures: Vec::new(),
    };
    assert_eq!(block(Illustrator::new().draw(request, job)).unwrap_err().kind, FailureKind::Cancelled);
}
