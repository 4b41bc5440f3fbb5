//! What can be short: something of this machine, or what a provider takes.

use std::time::Duration;

use crate::{CallOrder, Limits, Line, Provider, Resource};

/// How long what was taken of a rate stays taken. A little over a minute, because a provider counts from when a call
/// comes in, not from when it leaves.
const MINUTE: Duration = Duration::from_millis(60_500);

/// Who takes calls: a provider, or one kind of its calls.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Taker {
    provider: Provider,
    /// `None` is all of its calls together.
    kind: Option<String>,
}

impl Taker {
    pub(super) fn new(provider: &Provider, kind: Option<&str>) -> Self {
        Self { provider: provider.clone(), kind: kind.map(ToOwned::to_owned) }
    }

    /// Everybody who takes a call.
    fn of(order: &CallOrder) -> [Self; 2] {
        [None, Some(order.kind.as_str())].map(|kind| Self::new(&order.provider, kind))
    }
}

/// One thing that there is only so much of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ware {
    Local(Resource),
    /// Calls in flight.
    AtOnce(Taker),
    /// Calls in any minute.
    Calls(Taker),
    /// Tokens in any minute.
    Tokens(Taker),
}

impl Ware {
    /// How long it stays taken after it is given back.
    pub(super) fn lingers(&self) -> Option<Duration> {
        match self {
            Self::Local(_) | Self::AtOnce(_) => None,
            Self::Calls(_) | Self::Tokens(_) => Some(MINUTE),
        }
    }

    /// What is said of somebody who waits for it.
    pub(super) fn line(&self) -> Line {
        match self {
            Self::Local(resource) => Line::Resource(resource.0.to_owned()),
            Self::AtOnce(taker) | Self::Calls(taker) | Self::Tokens(taker) => Line::Provider(taker.provider.clone()),
        }
    }

    /// What a call takes, from its sending to its end.
    pub(super) fn of_call(order: &CallOrder) -> Vec<(Self, u32)> {
        let of = |taker: Taker| {
            [(Self::AtOnce(taker.clone()), 1), (Self::Calls(taker.clone()), 1), (Self::Tokens(taker), order.tokens)]
        };
        Taker::of(order).into_iter().flat_map(of).collect()
    }

    /// What a call takes that was sent before and is only followed to its end.
    pub(super) fn of_followed(order: &CallOrder) -> Vec<(Self, u32)> {
        Taker::of(order).into_iter().map(|taker| (Self::AtOnce(taker), 1)).collect()
    }

    /// What limits mean.
    pub(super) fn limits(taker: &Taker, limits: Limits) -> [(Self, Option<u32>); 3] {
        [
            (Self::AtOnce(taker.clone()), limits.at_once),
            (Self::Calls(taker.clone()), limits.per_minute),
            (Self::Tokens(taker.clone()), limits.tokens_per_minute),
        ]
    }
}
