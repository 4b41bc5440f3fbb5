//! What is true of every ambience.

use story::{PlaceKind, Seed, TimeOfDay, Weather};

use super::{AmbienceSection, AmbienceSheet, write};

fn sheet(sections: Vec<AmbienceSection>, duration_ms: u32, seed: u32) -> AmbienceSheet {
    AmbienceSheet { duration_ms, sections, seed: Seed::new(seed) }
}

fn section(start_ms: u32, place: PlaceKind, time: TimeOfDay, weather: Weather) -> AmbienceSection {
    AmbienceSection { start_ms, place, time, weather }
}

fn played(sheet: &AmbienceSheet) -> Vec<f32> {
    let mut wav = Vec::new();
    write(sheet, &mut wav).unwrap();
    wav[44..].chunks_exact(2).map(|s| f32::from(i16::from_le_bytes([s[0], s[1]])) / 32_768.0).collect()
}

fn rms(sound: &[f32]) -> f32 {
    (sound.iter().map(|s| s * s).sum::<f32>() / sound.len().max(1) as f32).sqrt()
}

#[test]
fn every_place_is_heard_at_every_hour_and_never_clips_or_jumps_at_its_ends() {
    for &place in PlaceKind::ALL {
        for (time, weather) in [(TimeOfDay::Day, Weather::Clear), (TimeOfDay::Night, Weather::Storm)] {
            let sound = played(&sheet(vec![section(0, place, time, weather)], 4000, 5));
            assert_eq!(sound.len(), 4 * 48_000 * 2);
            assert!(rms(&sound) > 0.0008, "{place:?} {time:?} is silent: {}", rms(&sound));
            assert!(sound.iter().all(|s| s.abs() < 0.95), "{place:?} {time:?}");
            let end = &sound[sound.len() - 200..];
            assert!(sound[..200].iter().chain(end).all(|s| s.abs() < 0.002), "{place:?} {time:?}");
        }
    }
}

#[test]
fn the_same_order_sounds_the_same_and_another_seed_does_not() {
    let at = |seed| played(&sheet(vec![section(0, PlaceKind::Forest, TimeOfDay::Day, Weather::Clear)], 2000, seed));
    assert_eq!(at(1), at(1));
    assert_ne!(at(1), at(2));
}

#[test]
fn rain_is_louder_than_a_room_and_one_makes_way_for_the_other() {
    let (indoors, rain) = (PlaceKind::Studio, PlaceKind::Street);
    let sections =
        vec![section(0, indoors, TimeOfDay::Day, Weather::Clear), section(4000, rain, TimeOfDay::Day, Weather::Rain)];
    let sound = played(&sheet(sections, 8000, 3));
    let part = |from: usize, to: usize| rms(&sound[from * 96..to * 96]);
    assert!(part(5500, 7000) > 3.0 * part(1000, 3500), "{} {}", part(5500, 7000), part(1000, 3500));
    let rising: Vec<f32> = (0..8).map(|i| part(4000 + i * 125, 4125 + i * 125)).collect();
    assert!(rising.windows(2).all(|w| w[1] < w[0] * 2.6 + 0.002), "it does not start at once: {rising:?}");
}

#[test]
fn an_order_of_nothing_is_silence() {
    assert!(played(&sheet(vec![], 300, 1)).iter().all(|s| *s == 0.0));
    assert!(played(&sheet(vec![], 0, 1)).is_empty());
}
