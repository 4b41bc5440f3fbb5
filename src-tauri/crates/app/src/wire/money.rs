//! Money: what was paid for, and how much may be. Amounts are millionths of a US dollar.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Which cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Cap {
    /// Of a run.
    Run,
    /// Of a project.
    Project,
    /// Of a day, in all projects.
    Day,
}

/// One call that was paid for, or cost nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerRow {
    /// When, in seconds since 1970.
    pub at_s: u32,
    /// For whom.
    pub agent: String,
    /// For what.
    pub slot: String,
    /// The same for a person; may be empty.
    pub title: String,
    /// Who was called.
    pub provider: String,
    /// Which model.
    pub model: String,
    /// "chat", "image", "video" or "speech".
    pub kind: String,
    /// What it used, in words.
    pub units: String,
    /// What it cost.
    pub micros: u32,
    /// In which run.
    pub run: String,
}

/// What a model cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ModelSpend {
    /// Who was called.
    pub provider: String,
    /// Which model.
    pub model: String,
    /// How many calls.
    pub calls: u32,
    /// What they cost.
    pub micros: u32,
    /// What was reserved for them before.
    pub estimated_micros: u32,
}

/// How much may be spent; none is no limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CapsView {
    /// In a run.
    pub run_micros: Option<u32>,
    /// In the project.
    pub project_micros: Option<u32>,
    /// On a day, in all projects.
    pub day_micros: Option<u32>,
}

/// The account of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LedgerView {
    /// The newest 1,000, newest first.
    pub rows: Vec<LedgerRow>,
    /// What was spent.
    pub total_micros: u32,
    /// What is kept for calls under way.
    pub reserved_micros: u32,
    /// What may have been spent on calls of which nobody knows.
    pub unknown_micros: u32,
    /// What was spent today, in all projects.
    pub today_micros: u32,
    /// By model.
    pub by_model: Vec<ModelSpend>,
    /// What may be spent.
    pub caps: CapsView,
    /// What a language model cost today that talks and reads what is said, in all projects.
    pub talk_micros: u32,
    /// What it may cost on a day.
    pub talk_cap_micros: u32,
}
