//! What can be short: something of this machine, or what a provider takes.

use std::time::Duration;

use crate::{Limits, Line, Provider, Resource};

/// How long what was taken of a rate stays taken. A little over a minute, because a provider counts from when a call
/// comes in, not from when it leaves.
const MINUTE: Duration = Duration::from_millis(60_500);

/// One thing that there is only so much of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ware {
    Local(Resource),
    /// Calls in flight.
    AtOnce(Provider),
    /// Calls in any minute.
    Calls(Provider),
    /// Tokens in any minute.
    Tokens(Provider),
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
            Self::AtOnce(provider) | Self::Calls(provider) | Self::Tokens(provider) => Line::Provider(provider.clone()),
        }
    }

    /// What a call takes, from its sending to its end.
    pub(super) fn of_call(provider: &Provider, tokens: u32) -> Vec<(Self, u32)> {
        vec![
            (Self::AtOnce(provider.clone()), 1),
            (Self::Calls(provider.clone()), 1),
            (Self::Tokens(provider.clone()), tokens),
        ]
    }

    /// What a provider's limits mean.
    pub(super) fn limits(provider: &Provider, limits: Limits) -> [(Self, Option<u32>); 3] {
        [
            (Self::AtOnce(provider.clone()), limits.at_once),
            (Self::Calls(provider.clone()), limits.per_minute),
            (Self::Tokens(provider.clone()), limits.tokens_per_minute),
        ]
    }
}
