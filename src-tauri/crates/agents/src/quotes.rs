//! What a task's calls will cost, before it runs. What is built in makes no calls.

use engine::{Micros, Provider, Quote};
use models::{CallKind, ModelIdentity, Price, Unit, VideoModel};

use crate::Crew;

/// Calls of one kind: from and to how many, and what one takes at least and at most.
pub(crate) fn quote(
    (identity, price): (&ModelIdentity, &Price),
    kind: CallKind,
    (least, most): (u32, u32),
    units: impl Fn(Unit) -> (u64, u64),
) -> Vec<Quote> {
    let of = |which: fn((u64, u64)) -> u64| {
        let taken: Vec<(Unit, u64)> = Unit::ALL.into_iter().map(|unit| (unit, which(units(unit)))).collect();
        // A price that nobody said counts as nothing here; the plan shows the calls all the same.
        Micros(price.most(&taken).unwrap_or_default())
    };
    vec![Quote {
        provider: Provider(identity.provider.clone()),
        model: identity.model.clone(),
        kind: kind.as_str().to_owned(),
        least,
        most,
        each_least: of(|(least, _)| least),
        each_most: of(|(_, most)| most),
    }]
}

/// One picture, drawn by looking at up to so many references.
pub(crate) fn picture(crew: &Crew, references: usize) -> Vec<Quote> {
    if !crew.remote.image {
        return Vec::new();
    }
    let model = crew.image.as_ref();
    let seen = references as u64;
    quote((&model.identity(), &model.price()), CallKind::Image, (1, 1), |unit| match unit {
        Unit::Calls | Unit::Images => (1, 1),
        Unit::InputTokens => (100, 1_000 + 2_000 * seen),
        Unit::OutputTokens => (1_000, 8_000),
        Unit::Seconds | Unit::Characters => (0, 0),
    })
}

/// One clip of from and to so many milliseconds.
pub(crate) fn clip(model: &dyn VideoModel, (least_ms, most_ms): (u32, u32)) -> Vec<Quote> {
    let seconds = |ms: u32| u64::from(ms.div_ceil(1000));
    quote((&model.identity(), &model.price()), CallKind::Video, (1, 1), |unit| match unit {
        Unit::Calls => (1, 1),
        Unit::Seconds => (seconds(least_ms), seconds(most_ms)),
        _ => (0, 0),
    })
}

/// One spoken line of from and to so many characters.
pub(crate) fn line(identity: &ModelIdentity, crew: &Crew, (least, most): (u64, u64)) -> Vec<Quote> {
    if !crew.remote.speech {
        return Vec::new();
    }
    quote((identity, &crew.speech.price()), CallKind::Speech, (1, 1), |unit| match unit {
        Unit::Calls => (1, 1),
        Unit::Characters => (least, most),
        Unit::InputTokens => (least / 4, most),
        _ => (0, 0),
    })
}

/// One answer, asked for up to three times when the first ones cannot be used.
pub(crate) fn answer(model: &dyn models::ChatModel, asked: (u64, u64), written: (u64, u64)) -> Vec<Quote> {
    quote((&model.identity(), &model.price()), CallKind::Chat, (1, 3), |unit| match unit {
        Unit::Calls => (1, 1),
        Unit::InputTokens => asked,
        Unit::OutputTokens => written,
        _ => (0, 0),
    })
}
